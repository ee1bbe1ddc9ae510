import type { Triage } from '@tideline/contracts/triage';
import { triageGroups, triageMatching, triagePage, type TriageCursor, type TriageGroup, type TriageList } from '@tideline/db/read/triage';
import { withWorkspace } from '@tideline/db/workspace';
import { sum, toText } from '@tideline/domain/money';
import type { Deps, Who } from './deps.ts';
import { cursorOf, cursorText, listOf, settingOf } from './triage-query.ts';
import { headingOf, rowsOf } from './triage-row.ts';

/** A page of the list. The first page brings the groups and the sums of the whole list; later ones say 0 and the caller keeps what it has. */
export const list = (deps: Deps, who: Who, query: Triage['Query']) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const setting = await settingOf(tx, deps, who);
    const wanted = listOf(who, query);
    const after = cursorOf(query.cursor);
    const groups = after === null ? await triageGroups(tx, setting.view, wanted) : [];
    const first = after === null && wanted.grouped ? { groups: firstGroups(groups, wanted, query.limit) } : {};
    const { ids, next } = await triagePage(tx, setting.view, wanted, { after, limit: query.limit, ...first });
    return {
      items: await rowsOf(tx, setting, ids),
      next: cursorText(next),
      groups: wanted.grouped ? groups.map((group) => ({ ...group, heading: headingOf(group.why) })) : [],
      accounts: groups.reduce((total, group) => total + group.accounts, 0),
      stake: toText(sum(groups.map((group) => group.stake))),
    };
  });

/** The groups that hold the first `limit` rows and the one after them, which says that there is more. */
const firstGroups = (groups: readonly TriageGroup[], { folded }: TriageList, limit: number): string[] => {
  const whys: string[] = [];
  let held = 0;
  for (const { why, accounts } of groups) {
    if (folded.includes(why)) continue;
    whys.push(why);
    held += accounts;
    if (held > limit) break;
  }
  return whys;
};

/** Some rows as they are now, whatever list they are in, and which of them the described list holds. */
export const rows = (deps: Deps, who: Who, query: Triage['RowsQuery']) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const setting = await settingOf(tx, deps, who);
    const items = await rowsOf(tx, setting, query.ids);
    return { items, matching: await triageMatching(tx, setting.view, listOf(who, query), query.ids, cursorOf(query.before)) };
  });

const EXPORT_PAGE = 2_000;

/** The whole list page by page, each read through a door of its own, so that an export of any size holds no transaction open. */
export async function* everyRow(deps: Deps, who: Who, query: Triage['Ordered']) {
  let after: TriageCursor | null = null;
  do {
    const page: { rows: Awaited<ReturnType<typeof rowsOf>>; next: TriageCursor | null } = await pageOf(deps, who, query, after);
    yield page.rows;
    after = page.next;
  } while (after !== null);
}

const pageOf = (deps: Deps, who: Who, query: Triage['Ordered'], after: TriageCursor | null) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const setting = await settingOf(tx, deps, who);
    const { ids, next } = await triagePage(tx, setting.view, { ...listOf(who, query), folded: [] }, { after, limit: EXPORT_PAGE });
    return { rows: await rowsOf(tx, setting, ids), next };
  });
