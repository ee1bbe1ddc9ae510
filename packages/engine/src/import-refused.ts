import { type RowFault, rowRemedies } from '@tideline/contracts/import';
import { rejects } from '@tideline/db/read/import';
import { withWorkspace } from '@tideline/db/workspace';
import { parse } from 'csv-parse/sync';
import type { Deps, Who } from './deps.ts';
import { importIn } from './import.ts';
import { MAX_RAW } from './import-report.ts';

type Mapping = Readonly<Record<string, unknown>>;
type Problem = { readonly reason: string; readonly message: string };

const TIMES = ['time', 'arrival', 'at', 'openedAt', 'closedAt', 'startDay', 'endDay', 'dueDay', 'paidDay'];
/** The parts of a mapping that a fault can lie in; of those not named here, in any. */
const partsAt: Partial<Record<RowFault, readonly string[]>> = {
  'invalid-id': ['id'],
  'invalid-account': ['account'],
  'invalid-event': ['event'],
  'invalid-timestamp': ['time'],
  'timestamp-out-of-range': ['time'],
  'clock-ahead': ['time'],
  'invalid-value': ['value'],
  'value-out-of-range': ['value'],
  'unknown-account': ['account'],
  'out-of-retention': ['time'],
  'no-account': ['account'],
  'no-event': ['event'],
  'no-time': ['time'],
  'bad-time': TIMES,
  'bad-number': ['value', 'amount', 'commitment'],
  'wrong-columns': [],
  'bad-day': ['contractStart', 'createdDay'],
  'bad-status': ['status'],
  'owner-not-a-member': ['owner'],
  'no-parent': ['parent'],
  'no-key': ['externalId'],
  'no-such-account': ['account'],
  'unknown-contact': ['contact'],
  'other-account': ['account'],
  'by-not-a-member': ['by'],
  'parent-refused': ['parent'],
};

const columnsOf = (part: unknown): string[] => {
  if (typeof part !== 'object' || part === null) return [];
  if ('column' in part) return [String(part.column)];
  return 'product' in part && Array.isArray(part.product) ? part.product.map(String) : [];
};

/** The column of the file a fault lies in; null: the whole row, or it cannot be told. */
export const columnAtFault = ({ reason, message }: Problem, mapping: Mapping, columns: readonly string[], cells: readonly string[]): string | null => {
  const [, named] = /^(\w+): /.exec(message) ?? [];
  const [own] = named === undefined ? [] : columnsOf(mapping[named]);
  if (own !== undefined) return own;
  const parts = partsAt[reason as RowFault] ?? Object.keys(mapping);
  const possible = [...new Set(parts.flatMap((part) => columnsOf(mapping[part])))];
  const [, quoted] = /^"(.*)" is /s.exec(message) ?? [];
  if (quoted === undefined) return possible.length === 1 ? (possible[0] ?? null) : null;
  const said = (column: string) => (cells[columns.indexOf(column)] ?? '').trim().slice(0, 40).toLowerCase(); // as much as a message quotes
  return possible.find((column) => said(column) === quoted.toLowerCase()) ?? null;
};

/** The first rows of a file that were refused, as a person puts them right; row 1 is the first below the header. */
export const firstRefused = async (deps: Deps, who: Who, id: string, most: number) => {
  const { row } = await importIn(deps, who, id);
  const { columns, map } = row.mapping as { columns: string[]; map: Mapping };
  const found = await withWorkspace(deps.db, who.workspaceId, (tx) => rejects(tx, id, 0n, most));
  return found.map(({ rowNumber, reason, message, raw }) => {
    const whole = raw.length < MAX_RAW; // what was cut off may end inside quotes
    const [cells = []] = whole ? (parse(raw, { relax_column_count: true }) as string[][]) : [];
    return { row: Number(rowNumber), column: columnAtFault({ reason, message }, map, columns, cells), message, remedy: rowRemedies[reason as RowFault] };
  });
};
export type RefusedRow = Awaited<ReturnType<typeof firstRefused>>[number];
