import type { GotOf, Operation, SentBodyOf, SentParamsOf, SentQueryOf } from '@tideline/contracts/operation';
import { operations, type OperationName, type Operations } from '@tideline/contracts/operations';
import { addressOf, send, type Parts } from './request.ts';

/** A part of a call: absent when the operation has none, optional when everything in it is. */
type Part<K extends string, T> = [T] extends [undefined] ? unknown : Partial<T> extends T ? { [P in K]?: T } : { [P in K]: T };
type FilePart<O extends Operation> = O extends { upload: readonly string[] } ? { file: Blob; type?: string } : unknown;
type CallOf<O extends Operation> = Part<'params', SentParamsOf<O>> & Part<'query', SentQueryOf<O>> & Part<'body', SentBodyOf<O>> & FilePart<O>;
/** The parts may be left out altogether when none of them is needed. */
export type Arguments<O extends Operation> = Partial<CallOf<O>> extends CallOf<O> ? [parts?: CallOf<O> & Stop] : [parts: CallOf<O> & Stop];
type Stop = { signal?: AbortSignal };

export type Api = {
  /** Runs an operation as the person who is signed in. Throws `ApiProblem`, whose message can be shown. */
  call<N extends OperationName>(name: N, ...parts: Arguments<Operations[N]>): Promise<GotOf<Operations[N]>>;
  /** The address of an operation, for a link that downloads. */
  href<N extends OperationName>(name: N, ...parts: Arguments<Operations[N]>): string;
};

/**
 * The browser's client of one workspace, derived from the operation records:
 * `await api('acme').call('saveView', { body: { name, screen, query } })`.
 */
export const api = (workspace: string): Api => {
  const base = `/api/v1/w/${encodeURIComponent(workspace)}`;
  return {
    call: async <N extends OperationName>(name: N, ...parts: Arguments<Operations[N]>) =>
      (await send(base, operations[name], (parts[0] ?? {}) as Parts)) as GotOf<Operations[N]>,
    href: (name, ...parts) => addressOf(base, operations[name], (parts[0] ?? {}) as Parts),
  };
};
