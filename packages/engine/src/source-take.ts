import { hash } from 'node:crypto';
import { AccountMapping, mildFaults, rowFaults, UsageMapping } from '@tideline/contracts/import';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import type { RunProgress } from '@tideline/db/write/source';
import type { Fact } from '@tideline/db/write/ingest';
import type { Deps } from './deps.ts';
import { takeAccounts } from './import-accounts.ts';
import { createParents, type Parents } from './import-parents.ts';
import { csvLine } from './import-file.ts';
import { accountReader, type MappedUsage, type RowProblem, usageReader } from './import-map.ts';
import { acceptFacts, factOf, keyOf } from './ingest.ts';

/** A row as its source writes it; `place` says where, for people. */
export type PulledRow = { readonly fields: readonly string[]; readonly place: string };
export type Mapping = { kind: 'usage'; map: UsageMapping } | { kind: 'accounts'; map: AccountMapping };
export type Unnamed = { readonly row: PulledRow; readonly event: MappedUsage['event'] };
/** Names rows that have no id of their own: 32 hex digits each, the same whenever they are read again. */
export type Naming = (rows: readonly Unnamed[]) => Promise<string[]>;

const MAX_SAMPLES = 20;
const MAX_RAW = 2_000;

export const mappingOf = (kind: string, map: unknown): Mapping =>
  kind === 'accounts' ? { kind, map: AccountMapping.parse(map) } : { kind: 'usage', map: UsageMapping.parse(map) };

export const emptyProgress = (): RunProgress => ({
  rowsRead: 0,
  accepted: 0,
  duplicates: 0,
  conflicts: 0,
  rejected: 0,
  rejectedBy: {},
  samples: [],
  place: null,
});

/** The identity of a row by what it says: the same text always gives the same. */
export const nameOf = (...said: readonly (string | number | null | undefined)[]): string =>
  hash('sha256', said.map((part) => part ?? '').join('\0'), 'hex').slice(0, 32);

const refuse = (progress: RunProgress, { fields, place }: PulledRow, { reason, message }: RowProblem): void => {
  if (!mildFaults.has(reason)) progress.rejected += 1;
  progress.rejectedBy[reason] = (progress.rejectedBy[reason] ?? 0) + 1;
  if (progress.samples.length >= MAX_SAMPLES) return;
  const clean = (text: string) => text.replaceAll('\0', '').toWellFormed();
  progress.samples = [...progress.samples, { place, message: clean(message), raw: clean(csvLine(fields)).slice(0, MAX_RAW) }];
};

/**
 * Takes pages of rows in by the path that requests and imports take; what a page did is durable when it resolves. `end`:
 * no row is left, what waited for a later one is done or refused.
 */
export type Taker = { take(rows: readonly PulledRow[], naming: Naming): Promise<void>; end(): Promise<void> };

/** Compiles a mapping for some columns. Throws `rule-violated` when it does not fit them. */
export const takerOf = async (deps: Deps, workspaceId: string, mapping: Mapping, columns: readonly string[], progress: RunProgress): Promise<Taker> => {
  if (mapping.kind === 'accounts') {
    const read = accountReader(mapping.map, columns);
    const parents = createParents(deps, workspaceId, ({ child, parent }, problem) => refuse(progress, { fields: [child, parent], place: child }, problem));
    return { take: (rows) => takeAccountPage(deps, workspaceId, rows, read, progress, parents), end: async () => void (await parents.end()) };
  }
  const { timezone } = await withWorkspace(deps.db, workspaceId, workspaceSettings);
  const known = mapping.map.historical ? 'as-it-happened' : 'on-receipt';
  const read = usageReader(mapping.map, columns, timezone, deps.now().getTime());
  const take: Taker['take'] = async (rows, naming) => {
    const receivedMs = deps.now().getTime();
    const taken: (MappedUsage & { row: PulledRow })[] = [];
    for (const row of rows) {
      progress.rowsRead += 1;
      progress.place = row.place;
      const mapped = read(row.fields);
      if (mapped === 'filtered') continue;
      if ('refused' in mapped) refuse(progress, row, mapped.refused);
      else taken.push({ ...mapped, row });
    }
    if (taken.length === 0) return;
    const names = mapping.map.id ? [] : await naming(taken);
    const facts = taken.map(({ event, id, arrivalMs }, i): Fact => ({
      ...factOf(event, { receivedMs, known: arrivalMs ?? known, via: 'import' }),
      key: id === null ? (names[i] ?? '') : keyOf(id),
    }));
    const outcomes = await acceptFacts(deps, workspaceId, facts);
    for (const [i, { row }] of taken.entries()) {
      const outcome = outcomes[i] ?? 'conflict';
      if (outcome === 'unknown-account' || outcome === 'out-of-retention') refuse(progress, row, { reason: outcome, message: rowFaults[outcome] });
      else progress[COUNTED[outcome]] += 1;
    }
  };
  return { take, end: async () => undefined };
};
const COUNTED = { accepted: 'accepted', duplicate: 'duplicates', conflict: 'conflicts' } as const;

const takeAccountPage = async (
  deps: Deps,
  workspaceId: string,
  rows: readonly PulledRow[],
  read: ReturnType<typeof accountReader>,
  progress: RunProgress,
  parents: Parents,
): Promise<void> => {
  const before = progress.rowsRead;
  const page = {
    columns: [],
    bytesRead: () => 0,
    [Symbol.asyncIterator]: async function* () {
      for (const { fields, place } of rows) {
        progress.place = place;
        yield [...fields];
      }
    },
  };
  const report = {
    progress: Object.assign(progress, { bytesRead: 0, newestDay: null }),
    refuse: (number: number, fields: readonly string[], problem: RowProblem) =>
      refuse(progress, { fields, place: rows[number - before - 1]?.place ?? '' }, problem),
    step: async () => undefined,
  };
  await takeAccounts(deps, workspaceId, { dryRun: false }, page, read, report, parents);
};
