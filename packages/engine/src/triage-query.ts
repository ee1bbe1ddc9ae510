import { Problem } from '@tideline/contracts/problem';
import type { Triage } from '@tideline/contracts/triage';
import type { TriageCursor, TriageFilter, TriageList, TriageView } from '@tideline/db/read/triage';
import { hasPrices, workspaceSettings } from '@tideline/db/read/workspace';
import { isUuid, type WorkspaceTx } from '@tideline/db/workspace';
import { todayOf } from '@tideline/domain/as-of';
import type { Day } from '@tideline/domain/calendar';
import type { Deps, Who } from './deps.ts';

/** What the address or a key asked for, as the database is asked: "me" has become an id, absent has become any. */
export const filterOf = (who: Who, query: Triage['Filter']): TriageFilter => {
  const me = query.owner?.includes('me') ? who.userId : null;
  if (query.owner?.includes('me') && me === null) throw new Problem('invalid-request', 'owner=me is for people; a key names owners by id');
  const named = query.owner?.filter((owner) => owner !== 'me' && owner !== 'unassigned') ?? [];
  return {
    owners: query.owner === undefined || query.owner.length === 0 ? null : [...named, ...(me === null ? [] : [me])],
    unassigned: query.owner?.includes('unassigned') ?? false,
    industries: some(query.industry),
    plans: some(query.plan),
    regions: some(query.region),
    bands: some(query.band),
    states: some(query.state),
    text: query.q || null,
  };
};

const some = <T>(values: T[] | undefined): T[] | null => (values === undefined || values.length === 0 ? null : values);

export const listOf = (who: Who, query: Triage['Ordered']): TriageList => ({
  ...filterOf(who, query),
  tab: query.tab,
  sort: query.sort,
  direction: query.direction ?? null,
  grouped: query.group === 'why',
  folded: query.fold ?? [],
});

/** What one look at triage needs to know of the workspace. */
export type Setting = { view: TriageView; timezone: string; currency: string; priced: boolean; mainMeterId: string | null };

export const settingOf = async (tx: WorkspaceTx, deps: Pick<Deps, 'now'>, who: Who): Promise<Setting> => {
  const { timezone, asOfPin, closedThrough, currency, mainMeterId } = await workspaceSettings(tx);
  const today = todayOf({ timezone, asOfPin: asOfPin as Day | null }, deps.now());
  return { view: { today, closed: closedThrough as Day | null, onlyOwner: who.ownAccountsOf }, timezone, currency, priced: await hasPrices(tx), mainMeterId };
};

/** A cursor is the last row's place in the list; callers only hand it back. */
export const cursorText = (cursor: TriageCursor | null): string | null =>
  cursor && Buffer.from([cursor.group, cursor.key, cursor.id, cursor.name].join(' ')).toString('base64url');

const CURSOR = /^(\d{1,4}) (-?(?:\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?|Infinity)) ([0-9a-f-]{36}) (.*)$/s;

export const cursorOf = (text: string | undefined): TriageCursor | null => {
  if (text === undefined) return null;
  const [, group, key, id = '', name] = CURSOR.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (group === undefined || key === undefined || name === undefined || !isUuid(id)) {
    throw new Problem('invalid-request', 'This cursor is none of ours: read the list from its start');
  }
  return { group: Number(group), key, id, name };
};
