import type { auditOperations } from '@tideline/contracts/audit';
import type { QueryOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { auditChoices, auditPage, type AuditCursor, type AuditRow, namesBehind } from '@tideline/db/read/audit';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { addDays, startOfDay } from '@tideline/domain/calendar';
import type { Deps, Who } from './deps.ts';

type Query = QueryOf<(typeof auditOperations)['listAudit']>;
const CURSOR = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z)~([0-9a-f-]{36})$/;

const cursorFrom = (text: string | undefined): AuditCursor | null => {
  if (text === undefined) return null;
  const [, exactAt, id] = CURSOR.exec(text) ?? [];
  if (!exactAt || !id) throw new Problem('invalid-request', 'This cursor is none of ours: start again without it');
  return { exactAt, id };
};

/** A page of the audit log, the newest first; days are days of the workspace's zone, both included. */
export const page = (deps: Deps, who: Who, query: Query) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { timezone } = await workspaceSettings(tx);
    const filter = {
      actorId: query.actor,
      target: query.target,
      from: query.from && startOfDay(query.from, timezone),
      until: query.to && startOfDay(addDays(query.to, 1), timezone),
    };
    const rows = await auditPage(tx, filter, cursorFrom(query.cursor), query.limit + 1);
    const items = rows.slice(0, query.limit);
    const last = items.at(-1);
    return { items, next: rows.length > query.limit && last ? `${last.exactAt}~${last.id}` : null };
  });

const IDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Names of what the entries tell of by its id, as it is called now; what is gone has none. */
export const names = (deps: Deps, who: Who, entries: readonly Pick<AuditRow, 'before' | 'after'>[]): Promise<Record<string, string>> => {
  const ids = new Set(entries.flatMap(({ before, after }) => JSON.stringify([before, after]).match(IDS) ?? []));
  return withWorkspace(deps.db, who.workspaceId, (tx) => namesBehind(tx, [...ids]));
};

/** The people and things the log can be narrowed to. */
export const choices = (deps: Deps, who: Who) => withWorkspace(deps.db, who.workspaceId, auditChoices);
