import { hash } from 'node:crypto';
import type { Fault } from '@tideline/contracts/ingest';
import { rowFaults, type UsageMapping } from '@tideline/contracts/import';
import type { ImportRow } from '@tideline/db/read/import';
import { knownAccounts, storedContents } from '@tideline/db/read/event-key';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { countRows } from '@tideline/db/write/import';
import type { Fact, Outcome } from '@tideline/db/write/ingest';
import { dayReader } from '@tideline/domain/calendar';
import type { Deps } from './deps.ts';
import type { Rows } from './import-file.ts';
import type { MappedUsage, RowReader } from './import-map.ts';
import type { Report } from './import-report.ts';
import { acceptFacts, factOf, faultOf, keyOf } from './ingest.ts';
import { keepRows, type RefusedFact, refusedRow } from './refusal.ts';

const BATCH = 5_000;
const IN_FLIGHT = 2;

type Context = { workspaceId: string; row: ImportRow; claim: string; mapping: UsageMapping; timezone: string };
/** `ahead`: refused for its time alone; it is identified all the same, for its replay. */
type Taken = { number: number; fields: readonly string[]; mapped: MappedUsage; ahead: Fault | null };
type Batch = { rows: Taken[]; /** Read as events, and never to be facts. */ unfit: RefusedFact[] };
const emptyBatch = (): Batch => ({ rows: [], unfit: [] });

/** Feeds the rows of a file to the same path that requests take, in batches, two of them in flight. */
export const takeUsage = async (deps: Deps, context: Context, rows: Rows, read: RowReader<MappedUsage>, report: Report): Promise<void> => {
  const flying = new Set<Promise<void>>();
  const failed: unknown[] = [];
  let batch = emptyBatch();
  const launch = async (): Promise<void> => {
    while (flying.size >= IN_FLIGHT) await Promise.race(flying);
    if (failed.length > 0) throw failed[0];
    const taken = batch;
    batch = emptyBatch();
    const flight: Promise<void> = takeBatch(deps, context, taken, report)
      .catch((error: unknown) => void failed.push(error))
      .finally(() => flying.delete(flight));
    flying.add(flight);
  };
  try {
    for await (const fields of rows) {
      const number = ++report.progress.rowsRead;
      const mapped = read(fields);
      if (mapped !== 'filtered') {
        if ('refused' in mapped) {
          report.refuse(number, fields, mapped.refused);
          if (mapped.sent && mapped.mapped) batch.rows.push({ number, fields, mapped: mapped.mapped, ahead: mapped.sent.fault });
          else if (mapped.sent) batch.unfit.push({ sent: mapped.sent.event, fault: mapped.sent.fault, identity: null, historical: true, knownMs: null });
        } else batch.rows.push({ number, fields, mapped, ahead: null });
      }
      if (batch.rows.length + batch.unfit.length >= BATCH) await launch();
      if (number % BATCH === 0) await report.step(rows.bytesRead());
    }
    if (batch.rows.length + batch.unfit.length > 0) await launch();
  } finally {
    await Promise.all(flying);
  }
  if (failed.length > 0) throw failed[0];
  report.progress.bytesRead = rows.bytesRead();
};

const takeBatch = async (deps: Deps, context: Context, { rows: batch, unfit }: Batch, report: Report): Promise<void> => {
  const { row, workspaceId, mapping } = context;
  const identified = (await identify(deps, context, batch)).map((fact, i) => ({ fact, ...(batch[i] ?? unreachable()) }));
  const facts = identified.flatMap(({ fact, ahead }) => (ahead ? [] : [fact]));
  const outcomes = (row.dryRun ? await foresee(deps, context, facts) : await acceptFacts(deps, workspaceId, facts)).values();
  const dayAt = dayReader(context.timezone);
  const refused = [...unfit];
  for (const { fact, number, fields, mapped, ahead } of identified) {
    const outcome = ahead ? null : (outcomes.next().value ?? 'conflict');
    const fault = ahead ?? (outcome && faultOf(outcome));
    if (fault) refused.push(refusedRow(mapped, fault, { identity: fact.key, historical: mapping.historical }));
    if (outcome === 'unknown-account' || outcome === 'out-of-retention') report.refuse(number, fields, { reason: outcome, message: rowFaults[outcome] });
    else if (outcome) report.progress[COUNTED[outcome]] += 1;
    if (outcome && mapped.event.timeMs !== null) report.newest(dayAt(mapped.event.timeMs));
  }
  if (!row.dryRun) await keepRows(deps, workspaceId, refused, { client: 'import', originId: row.id });
};
const unreachable = (): never => {
  throw new Error('a fact without its row');
};
const COUNTED = { accepted: 'accepted', duplicate: 'duplicates', conflict: 'conflicts' } as const satisfies Record<
  Exclude<Outcome, 'unknown-account' | 'out-of-retention'>,
  keyof Report['progress']
>;

/**
 * Gives every row its identity: the file's own id, else the hash of what the row says and of its source, with the
 * number of times such a row has stood in the file. So equal rows are separate facts, and the same file again, or
 * with rows added or moved, adds only what is new.
 */
const identify = async (deps: Deps, { workspaceId, row, claim, mapping }: Context, batch: readonly Taken[]): Promise<Fact[]> => {
  const receivedMs = deps.now().getTime();
  const facts = batch.map(({ mapped: { event, arrivalMs } }) =>
    factOf(event, { receivedMs, known: arrivalMs ?? (mapping.historical ? 'as-it-happened' : 'on-receipt'), via: 'import' }),
  );
  const said = batch.map(({ mapped: { id, event } }) =>
    id === null
      ? hash('sha256', `${row.source}\0${event.account}\0${event.event}\0${event.timeMs}\0${event.value ?? ''}\0${event.canonical ?? ''}`, 'hex').slice(0, 32)
      : keyOf(id),
  );
  if (mapping.id && !row.dryRun) return facts.map((fact, i) => ({ ...fact, key: said[i] ?? '' }));
  const counts = new Map<string, number>();
  for (const name of said) counts.set(name, (counts.get(name) ?? 0) + 1);
  const seen = await withWorkspace(deps.db, workspaceId, (tx) => countRows(tx, row.id, claim, counts));
  return facts.map((fact, i) => {
    const name = said[i] ?? '';
    const left = (counts.get(name) ?? 1) - 1;
    counts.set(name, left);
    const nth = (seen.get(name) ?? 1) - left;
    // A dry run stores nothing: a further row with the same id is told by its number alone.
    if (mapping.id) return { ...fact, key: nth === 1 ? name : REPEATED };
    return { ...fact, key: nth === 1 ? name : hash('sha256', `${name}:${nth}`, 'hex').slice(0, 32) };
  });
};
const REPEATED = '';

/** What storing the facts would answer. */
const foresee = (deps: Deps, { workspaceId }: Context, facts: readonly Fact[]): Promise<Outcome[]> =>
  withWorkspace(deps.db, workspaceId, async (tx) => {
    const { unknownAccounts } = await workspaceSettings(tx);
    const accounts = unknownAccounts === 'refuse' ? await knownAccounts(tx, [...new Set(facts.map(({ account }) => account))]) : null;
    const stored = await storedContents(
      tx,
      facts.flatMap(({ key }) => (key === REPEATED ? [] : [key])),
    );
    return facts.map(({ key, account, content }): Outcome => {
      if (accounts && !accounts.has(account)) return 'unknown-account';
      if (key === REPEATED) return 'duplicate';
      const found = stored.get(key);
      return found === undefined ? 'accepted' : found === content ? 'duplicate' : 'conflict';
    });
  });
