import { customSignals } from '@tideline/db/read/custom-signal';
import { connectedOthers, otherReadings, type OtherScope } from '@tideline/db/read/other-signal';
import { type Scoring, scoringOf } from '@tideline/db/read/scoring';
import { workspaceSettings } from '@tideline/db/read/workspace';
import type { StatementTx, WorkspaceTx } from '@tideline/db/workspace';
import { markRescore } from '@tideline/db/write/rescore';
import { asOfDay } from '@tideline/domain/as-of';
import { addDays, type Day } from '@tideline/domain/calendar';
import type { CustomKey, OtherKey } from '@tideline/domain/component';
import { OTHER_KEYS, type OtherReadings } from '@tideline/domain/other-signal';
import { otherSignals } from '@tideline/domain/signal';
import { offeredPoints, weighedOthers } from '@tideline/domain/weight';

/** What was read of each account beside its usage; null: nothing that the model weighs. */
export type OthersOf = ((accountId: string) => OtherReadings) | null;

/** What the model in force weighs beside usage, as of a complete day; `known`: what happened through this day counts at once. */
export const othersOn = (
  tx: StatementTx,
  { timezone, model }: Pick<Scoring, 'timezone' | 'model'>,
  day: Day,
  { known = day, accountIds = null }: Partial<Pick<OtherScope, 'known' | 'accountIds'>> = {},
): Promise<OthersOf> => otherReadings(tx, { keys: weighedOthers(model.config), day, known, accountIds, timezone });

/**
 * Notes that accounts are to be judged again because of what was said beside their usage; nothing is owed where the model weighs nothing
 * else, or no day is closed yet. Call `wakeScoring` once the transaction stands.
 */
export const noteOthers = async (tx: WorkspaceTx, accountIds: Iterable<string>, at: Date): Promise<void> => {
  const { closedThrough } = await workspaceSettings(tx);
  if (closedThrough === null || weighedOthers((await scoringOf(tx)).model.config).length === 0) return;
  const from = addDays(closedThrough as Day, 1); // usage did not change: there is nothing to rate
  await markRescore(tx, new Map([...accountIds].map((id) => [id, from])), at);
};

/** Everything that can be read of a day beside usage, whatever the model weighs: what a draft may weigh. */
export const everyOther = async (tx: WorkspaceTx, day: Day): Promise<OthersOf> => {
  const own = (await customSignals(tx)).map(({ id }): CustomKey => `custom:${id}`);
  const { timezone } = await scoringOf(tx);
  return otherReadings(tx, { keys: [...OTHER_KEYS, ...own], day, known: day, accountIds: null, timezone });
};

/** What may be weighed beside usage, whether its data is there, and with how many points it is offered. */
export const othersOffered = async (tx: WorkspaceTx, now: Date) => {
  const { timezone, asOfPin } = await scoringOf(tx);
  const connected = await connectedOthers(tx, { known: addDays(asOfDay({ asOfPin, timezone }, now), 1), timezone });
  const families = (Object.keys(otherSignals) as OtherKey[]).map((key) => {
    const { label, hint, connect } = otherSignals[key];
    return { key: key as string, label, hint, connect, connected: connected.has(key), offered: offeredPoints[key] };
  });
  const own = (await customSignals(tx)).map(({ id, name }) => ({
    key: `custom:${id}`,
    label: name,
    hint: 'defined by an admin',
    connect: '',
    connected: true,
    offered: 0,
  }));
  return [...families, ...own];
};
