/** The product as `pnpm start --empty` brings it up, built, on a free port; for browser tests and for benches in a browser. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../free-port.ts';
import { childEnv, root } from '../paths.ts';

export type Product = { child: ChildProcess; address: string; setupLink: string };

/** Resolves when start says it is ready; rejects with everything it said when it ends before. `databaseUrl`: '' for its own PostgreSQL. */
export const startProduct = async (folder: string, databaseUrl = ''): Promise<Product> => {
  const port = String(await freePort());
  const env = childEnv({
    PORT: port,
    TIDELINE_DATA: folder,
    DATABASE_URL: databaseUrl,
    REDIS_URL: '',
    NEXTAUTH_URL: `http://localhost:${port}`,
    HOST: '127.0.0.1',
    WEBHOOK_RANGES: '127.0.0.0/8', // the tests receive webhooks on this machine
  });
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts'), '--empty'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  const speaks = new Promise<string>((resolve, reject) => {
    const hear = (line: string) => {
      said.push(line);
      const link = /link works once\): (\S+)/.exec(line)?.[1];
      if (link) resolve(link);
    };
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', hear);
    child.once('close', (code) => reject(new Error(`pnpm start --empty ended with code ${code} before it was ready:\n${said.join('\n')}`)));
  });
  return { child, address: `http://localhost:${port}`, setupLink: await speaks };
};
