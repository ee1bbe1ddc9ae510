/**
 * `pnpm test [--only pure|db|e2e|lint] [path …]`: everything, cheapest first. The last line is `N passed, N failed`; nothing
 * is skipped in silence, and a skipped test counts as failed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from './generate.ts';
import { browserTests } from './test/browser.ts';
import { countVitest, type Outcome } from './test/outcome.ts';
import { check, runTool, since } from './test/run-tool.ts';
import { provideSystemPrograms } from './test/system-programs.ts';

const kinds = ['lint', 'pure', 'db', 'e2e'] as const;
type Kind = (typeof kinds)[number];

const lint = async (): Promise<Outcome[]> => {
  const style = async () => [
    await check('lint', ['oxlint', '--type-aware']),
    await check('format', ['oxfmt', '--check', '.']),
    await check('package boundaries', ['turbo', 'boundaries']),
  ];
  const types = async () => [
    await check('types of packages and apps', ['turbo', 'run', 'typecheck', '--output-logs=errors-only']),
    await check('types of scripts', ['tsc', '-p', '.']),
  ];
  return (await Promise.all([style(), types()])).flat(); // two lanes for two cores
};

const vitest = async (projects: readonly string[], paths: readonly string[]): Promise<Outcome> => {
  const from = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'tideline-vitest-'));
  const report = join(folder, 'report.json');
  const flags = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...projects.flatMap((project) => ['--project', project])];
  const { code } = await runTool(['vitest', 'run', ...flags, ...paths], { show: true });
  const outcome = { name: `${projects.join(' and ')} tests`, seconds: since(from), ...countVitest(report, code) };
  rmSync(folder, { recursive: true, force: true });
  return outcome;
};

const programs = (): Outcome[] => {
  const missing = provideSystemPrograms((line) => console.log(line));
  return missing.map((why) => ({ name: 'needed program', passed: 0, failed: 1, seconds: 0, why }));
};

const prepared = (): Outcome[] => {
  const from = performance.now();
  try {
    generate();
    return [];
  } catch (error) {
    return [{ name: 'database client', passed: 0, failed: 1, seconds: since(from), why: error instanceof Error ? error.message : String(error) }];
  }
};

/** Which kinds to run, and the paths that narrow them down. */
const chosen = (): { wanted: ReadonlySet<Kind>; paths: string[]; specs: string[] } => {
  const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
  const only = kinds.find((kind) => kind === values.only);
  if (values.only && !only) throw new Error(`--only knows ${kinds.join(', ')}`);
  const isSpec = (path: string) => path.includes('e2e') || path.endsWith('.spec.ts');
  const [specs, paths] = [positionals.filter(isSpec), positionals.filter((path) => !isSpec(path))];
  if (only) return { wanted: new Set([only]), paths, specs };
  if (positionals.length === 0) return { wanted: new Set(kinds), paths, specs };
  return { wanted: new Set<Kind>([...(paths.length > 0 ? (['pure', 'db'] as const) : []), ...(specs.length > 0 ? (['e2e'] as const) : [])]), paths, specs };
};

const tell = (outcomes: readonly Outcome[]): number => {
  console.log('');
  for (const { name, passed, failed, seconds, why } of outcomes) {
    console.log(
      `${failed > 0 ? 'FAILED' : 'ok    '} ${name.padEnd(30)} ${String(passed).padStart(5)} passed ${String(failed).padStart(3)} failed ${seconds.toFixed(1).padStart(6)} s`,
    );
    if (why) console.log(`       ${why.replaceAll('\n', '\n       ')}`);
  }
  const sum = (pick: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  const [passed, failed] = [sum((outcome) => outcome.passed), sum((outcome) => outcome.failed)];
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
};

const main = async (): Promise<number> => {
  const { wanted, paths, specs } = chosen();
  const outcomes: Outcome[] = [];
  if (wanted.has('db') || wanted.has('e2e')) outcomes.push(...programs());
  outcomes.push(...prepared());
  if (wanted.has('lint')) outcomes.push(...(await lint()));
  const projects = (['pure', 'db'] as const).filter((kind) => wanted.has(kind));
  if (projects.length > 0) outcomes.push(await vitest(projects, paths));
  if (wanted.has('e2e')) outcomes.push(...(await browserTests(specs)));
  return tell(outcomes);
};

process.exit(await main());
