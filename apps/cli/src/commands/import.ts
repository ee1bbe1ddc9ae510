import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { MappingFile, type RowKind } from '@tideline/contracts/import';
import { Problem } from '@tideline/contracts/problem';
import { atCommandLine } from '@tideline/engine/command-line';
import type { Deps, Who } from '@tideline/engine/deps';
import * as imports from '@tideline/engine/import';
import { runImport, startBackfill } from '@tideline/engine/import-run';
import { flushWakes } from '@tideline/engine/wake';
import * as workspace from '@tideline/engine/workspace';
import { isDay, type Day } from '@tideline/domain/calendar';
import type { Register } from '../command.ts';

type Options = { workspace: string; mapping: string; source?: string; dryRun?: boolean; asOf?: string };

const readMapping = async (path: string, kind: RowKind): Promise<MappingFile> => {
  let written: unknown;
  try {
    written = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Problem('invalid-request', `The mapping ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = MappingFile.safeParse(typeof written === 'object' && written !== null ? { kind, ...written } : written);
  if (!parsed.success)
    throw new Problem(
      'invalid-request',
      `The mapping ${path} is not in the expected form:\n${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n')}`,
    );
  if (parsed.data.kind !== kind) throw new Problem('invalid-request', `The mapping ${path} is for ${parsed.data.kind}, not for ${kind}`);
  return parsed.data;
};

const prepare = async (deps: Deps, who: Who, mapping: MappingFile): Promise<void> => {
  const settings = await workspace.settings(deps, who);
  if (mapping.currency && mapping.currency !== settings.currency) await workspace.change(deps, who, { currency: mapping.currency });
  await imports.applyMetering(deps, who, mapping);
};

/** The day `--as-of` names: a day, or `newest` for the last day of the file. */
const asOfDay = (asOf: string, newest: Day | null): Day => {
  if (asOf === 'newest' && newest) return newest;
  if (!isDay(asOf)) throw new Problem('invalid-request', `--as-of takes a day as YYYY-MM-DD, or newest; "${asOf}" is neither`);
  return asOf;
};

const count = new Intl.NumberFormat('en-GB');
const line = (label: string, rows: number): string => `${label.padEnd(12)}${count.format(rows).padStart(12)}\n`;

const report = (result: Awaited<ReturnType<typeof imports.get>>, offers: boolean): string =>
  [
    line('rows', result.rowsRead),
    line(result.dryRun ? 'would accept' : 'accepted', result.accepted),
    line('duplicates', result.duplicates),
    line('conflicts', result.conflicts),
    line('rejected', result.rejected),
    ...result.reasons.map(({ words, rows }) => `  ${count.format(rows)} × ${words}\n`),
    offers && result.offerAsOf
      ? `The newest fact is of ${result.offerAsOf}. To judge the workspace as on that day, run again with --as-of ${result.offerAsOf}\n`
      : '',
  ].join('');

const run = async (deps: Deps, kind: RowKind, file: string, options: Options): Promise<number> => {
  const who = await atCommandLine(deps, options.workspace);
  const mapping = await readMapping(options.mapping, kind);
  const dryRun = options.dryRun ?? false;
  if (options.asOf && options.asOf !== 'newest') asOfDay(options.asOf, null);
  if (!dryRun) await prepare(deps, who, mapping);
  const source = options.source ?? mapping.source ?? basename(file);
  const importId = await imports.record(deps, who, { path: resolve(file), name: basename(file), source, dryRun }, mapping);
  const onProgress = ({ rowsRead }: { rowsRead: number }): void => void process.stderr.write(`\r${count.format(rowsRead)} rows`);
  await runImport(deps, { workspaceId: who.workspaceId, importId }, { onProgress, backfill: !options.asOf });
  process.stderr.write('\n');
  const result = await imports.get(deps, who, importId);
  process.stdout.write(report(result, options.asOf === undefined));
  if (options.asOf && !dryRun && result.state === 'done') {
    await workspace.change(deps, who, { asOfPin: asOfDay(options.asOf, result.newestDay) });
    await startBackfill(deps, who.workspaceId);
  }
  await flushWakes(deps);
  if (result.state === 'done') return 0;
  process.stderr.write(`${result.error ?? `The import ended as ${result.state}`}\n`);
  return 1;
};

const rows = {
  usage: 'fact',
  accounts: 'account, owners by e-mail',
  contacts: 'contact, by its own key',
  tickets: 'ticket, by its own key',
  touches: 'call, mail, meeting or note, by its own key',
  contracts: 'term with its commitment, by its own key',
  invoices: 'invoice with the days it is due and was paid, by its own key',
} as const satisfies Record<RowKind, string>;

/** Takes a CSV file in, gzip or not; the same rows as through the browser, by the same path. */
export const importFile: Register = (program, inDeps) => {
  const command = program.command('import').description('take a CSV file in, gzip or not');
  for (const [kind, what] of Object.entries(rows) as [RowKind, string][]) {
    const own = command
      .command(`${kind} <file>`)
      .description(`${kind}: one row is one ${what}`)
      .requiredOption('-w, --workspace <name>', 'the workspace, by the name in its address')
      .requiredOption('-m, --mapping <file>', 'JSON file: which column is what, and the meters that measure it')
      .option('-s, --source <name>', 'where the file comes from; equal rows of two sources are two facts')
      .option('--dry-run', 'read and check everything, store nothing');
    if (kind === 'usage') own.option('--as-of <day>', 'judge the workspace as on this day from now on; newest = the last day of the file');
    own.action((file: string, options: Options) => inDeps((deps) => run(deps, kind, file, options)));
  }
};
