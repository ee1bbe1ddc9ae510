import { hash } from 'node:crypto';
import type { Fault } from '@tideline/contracts/ingest';
import { AccountMapping, isStatedName, mildFaults, rowFaults, type StatedName, statedMappings, UsageMapping } from '@tideline/contracts/import';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import type { RunProgress } from '@tideline/db/write/source';
import type { Fact } from '@tideline/db/write/ingest';
import type { Deps } from './deps.ts';
import { takeAccounts } from './import-accounts.ts';
import { createParents, type Parents } from './import-parents.ts';
import { noteFeed } from './feed.ts';
import { csvLine } from './import-file.ts';
import { accountReader, type MappedUsage, type RowProblem, type RowReader, usageReader } from './import-map.ts';
import { takeStated } from './import-stated.ts';
import { statedReader } from './import-stated-map.ts';
import { acceptFacts, factOf, faultOf, keyOf } from './ingest.ts';
import { keepRows, type RefusedFact, refusedRow } from './refusal.ts';

/** A row as its source writes it; `place` says where, for people. */
export type PulledRow = { readonly fields: readonly string[]; readonly place: string };
export type Mapping = { kind: 'usage'; map: UsageMapping } | { kind: 'accounts'; map: AccountMapping } | { kind: StatedName; map: object };
export type Unnamed = { readonly row: PulledRow; readonly event: MappedUsage['event'] };
/** Names rows that have no id of their own: 32 hex digits each, the same whenever they are read again. */
export type Naming = (rows: readonly Unnamed[]) => Promise<string[]>;

const MAX_SAMPLES = 20;
const MAX_RAW = 2_000;

export const mappingOf = (kind: string, map: unknown): Mapping => {
  if (isStatedName(kind)) return { kind, map: statedMappings[kind].parse(map) };
  return kind === 'accounts' ? { kind, map: AccountMapping.parse(map) } : { kind: 'usage', map: UsageMapping.parse(map) };
};

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

/** What is read: of which source, and how. */
type Reading = { workspaceId: string; sourceId: string; mapping: Mapping; progress: RunProgress };

/** Compiles a mapping for some columns. Throws `rule-violated` when it does not fit them. */
export const takerOf = async (deps: Deps, { workspaceId, sourceId, mapping, progress }: Reading, columns: readonly string[]): Promise<Taker> => {
  if (mapping.kind === 'accounts') {
    const read = accountReader(mapping.map, columns);
    const parents = createParents(deps, workspaceId, ({ child, parent }, problem) => refuse(progress, { fields: [child, parent], place: child }, problem));
    return { take: (rows) => takeAccountPage(deps, workspaceId, rows, read, progress, parents), end: async () => void (await parents.end()) };
  }
  const { timezone } = await withWorkspace(deps.db, workspaceId, workspaceSettings);
  if (mapping.kind !== 'usage') {
    const { kind } = mapping;
    const read = statedReader(kind, mapping.map as never, columns, timezone);
    const take: Taker['take'] = async (rows) => {
      const { page, report } = asFile(rows, progress);
      await takeStated(deps, { workspaceId, kind, dryRun: false }, page, read, report);
    };
    return { take, end: async () => undefined };
  }
  const known = mapping.map.historical ? 'as-it-happened' : 'on-receipt';
  const read = usageReader(mapping.map, columns, timezone, deps.now().getTime());
  const origin = { client: 'source', originId: sourceId } as const;
  const take: Taker['take'] = async (rows, naming) => {
    const receivedMs = deps.now().getTime();
    const { taken, unfit } = readPage(rows, read, progress);
    const names = mapping.map.id || taken.length === 0 ? [] : await naming(taken);
    const named = taken.map((one, i) => ({ ...one, key: one.id === null ? (names[i] ?? '') : keyOf(one.id) }));
    const facts = named.flatMap(({ event, arrivalMs, key, ahead }): Fact[] =>
      ahead ? [] : [factOf(event, { receivedMs, known: arrivalMs ?? known, via: 'import', key })],
    );
    const outcomes = (facts.length > 0 ? await acceptFacts(deps, workspaceId, facts) : []).values();
    noteFeed(
      deps,
      workspaceId,
      { senderId: sourceId, kind: 'source' },
      facts.map(({ account }) => account),
    );
    for (const { row, key, ahead, ...mapped } of named) {
      const outcome = ahead ? null : (outcomes.next().value ?? 'conflict');
      const fault = ahead ?? (outcome && faultOf(outcome));
      if (fault) unfit.push(refusedRow(mapped, fault, { identity: key, historical: mapping.map.historical }));
      if (outcome === 'unknown-account' || outcome === 'out-of-retention') refuse(progress, row, { reason: outcome, message: rowFaults[outcome] });
      else if (outcome) progress[COUNTED[outcome]] += 1;
    }
    await keepRows(deps, workspaceId, unfit, origin);
  };
  return { take, end: async () => undefined };
};

/** `ahead`: refused for its time alone; it is named all the same, for its replay. */
type Taken = MappedUsage & { row: PulledRow; ahead: Fault | null };

/** The rows of a page that are facts, or will be, and what of the others could be read as events. */
const readPage = (rows: readonly PulledRow[], read: RowReader<MappedUsage>, progress: RunProgress): { taken: Taken[]; unfit: RefusedFact[] } => {
  const taken: Taken[] = [];
  const unfit: RefusedFact[] = [];
  for (const row of rows) {
    progress.rowsRead += 1;
    progress.place = row.place;
    const mapped = read(row.fields);
    if (mapped === 'filtered') continue;
    if (!('refused' in mapped)) {
      taken.push({ ...mapped, row, ahead: null });
      continue;
    }
    refuse(progress, row, mapped.refused);
    if (mapped.sent && mapped.mapped) taken.push({ ...mapped.mapped, row, ahead: mapped.sent.fault });
    else if (mapped.sent) unfit.push({ sent: mapped.sent.event, fault: mapped.sent.fault, identity: null, historical: true, knownMs: null });
  }
  return { taken, unfit };
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
  const { page, report } = asFile(rows, progress);
  await takeAccounts(deps, workspaceId, { dryRun: false }, page, read, report, parents);
};

/** A page of rows as a file that is read, and its report, which tells each row by its place. */
const asFile = (rows: readonly PulledRow[], progress: RunProgress) => {
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
  return { page, report };
};
