import { entryOperations, type EntryName, type EntryOperations } from '@tideline/contracts/entry';
import type { GotOf } from '@tideline/contracts/operation';
import type { Arguments } from './api.ts';
import { send, type Parts } from './request.ts';

/** Calls what happens before a workspace is known: `await entryApi('askReset', { body: { email } })`. */
export const entryApi = async <N extends EntryName>(name: N, ...parts: Arguments<EntryOperations[N]>): Promise<GotOf<EntryOperations[N]>> =>
  (await send('/api/v1/entry', entryOperations[name], (parts[0] ?? {}) as Parts)) as GotOf<EntryOperations[N]>;
