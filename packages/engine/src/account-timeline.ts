import { Problem } from '@tideline/contracts/problem';
import type { QueryOf } from '@tideline/contracts/operation';
import type { accountPageOperations } from '@tideline/contracts/account-page';
import { accountById } from '@tideline/db/read/account-page';
import { timelinePage, type TimelinePlace, type TimelineRow } from '@tideline/db/read/account-timeline';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { segments } from '@tideline/domain/segment';
import { say, type Sentence } from '@tideline/domain/sentence';
import type { Deps, Who } from './deps.ts';

type Query = QueryOf<(typeof accountPageOperations)['accountTimeline']>;
const CURSOR = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z)~([\w:-]{1,100})$/;

const placeFrom = (text: string | undefined): TimelinePlace | null => {
  if (text === undefined) return null;
  const [, exactAt, id] = CURSOR.exec(text) ?? [];
  if (!exactAt || !id) throw new Problem('invalid-request', 'This cursor is none of ours: start again without it');
  return { exactAt, id };
};

/** What happened to an account, the newest first. */
export const timeline = (deps: Deps, who: Who, id: string, query: Query) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (!(await accountById(tx, id, who.ownAccountsOf))) throw new Problem('not-found', 'There is no such account');
    const { timezone } = await workspaceSettings(tx);
    const kinds = query.kind && query.kind.length > 0 ? query.kind : null;
    const rows = await timelinePage(tx, id, timezone, kinds, placeFrom(query.cursor), query.limit + 1);
    const items = rows.slice(0, query.limit);
    const last = items.at(-1);
    return { items: items.map((row) => shown(row, who)), next: rows.length > query.limit && last ? `${last.exactAt}~${last.id}` : null };
  });

const shown = (row: TimelineRow, who: Who) => ({
  id: row.id,
  kind: row.kind,
  touch: row.kind === 'touch' || row.kind === 'note' ? row.extra : null,
  day: row.day,
  at: row.at.toISOString(),
  text: words(row).map((part) => ({ ...part })),
  by: row.byId === null ? null : { id: row.byId, name: row.byName ?? 'somebody who left' },
  remark: remarkOf(row),
  own: (row.kind === 'touch' || row.kind === 'note') && row.byId !== null && row.byId === who.userId,
});

const label = (code: string | null): string => (code !== null && code in segments ? segments[code as keyof typeof segments].label : (code ?? ''));
const touches = { call: 'Call', email: 'Mail', meeting: 'Meeting' } as const;

const words = ({ kind, extra, text, remark }: TimelineRow): Sentence => {
  if (kind === 'alert') return [...say`Alert ${extra ?? ''}`, { text: `: ${text}` }];
  if (kind === 'segment') return say`Segment ${label(extra)} to ${label(text)}`;
  if (kind === 'touch')
    return [
      ...say`${touches[extra as keyof typeof touches] ?? 'Touch'}`,
      ...(remark ? [{ text: ` with ${remark}` }] : []),
      ...(text ? [{ text: `: ${text}` }] : []),
    ];
  if (kind === 'task') return [{ text: extra === 'dismissed' ? 'Task dismissed: ' : 'Task done: ' }, { text, strong: true }];
  return kind === 'milestone' ? say`Reached ${text}` : [{ text }];
};

const alertStates: Readonly<Record<string, string>> = { open: 'Open', acknowledged: 'Acknowledged', snoozed: 'Snoozed', resolved: 'Resolved' };

const remarkOf = ({ kind, remark }: TimelineRow): string | null => {
  if (remark === null || remark === '' || kind === 'touch' || kind === 'note') return null;
  if (kind === 'alert') return alertStates[remark] ?? remark;
  return kind === 'segment' ? `Health ${Math.round(Number(remark))}` : remark;
};
