/**
 * What the operating system knows about a process: alive, since when, which command, who listens on a port.
 * Linux answers from /proc (a bare container has no `ps`); elsewhere `ps` and `lsof` answer.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const linux = process.platform === 'linux';

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined; // the process may end between two looks: "no longer there" is an answer, not a fault
  }
};

/** The fields of /proc/PID/stat after the command name, which may itself contain blanks and brackets. */
const statFields = (pid: number): string[] | undefined => {
  const text = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
};

/** Whether a process runs. A zombie does not: where process 1 reaps nobody, ended orphans stay listed for ever. */
export const isAlive = (pid: number): boolean => {
  if (linux) {
    const state = statFields(pid)?.[0];
    return state !== undefined && state !== 'Z' && state !== 'X';
  }
  return attempt(() => process.kill(pid, 0)) ?? false;
};

/** A mark that differs when a process id was given to another process since; undefined when nothing runs under it. */
export const startMark = (pid: number): string | undefined => {
  if (!isAlive(pid)) return undefined;
  if (linux) return statFields(pid)?.[19];
  return attempt(() => execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim());
};

/** The command line, blanks between arguments; undefined when the process is gone or hidden from us. */
export const commandOf = (pid: number): string | undefined =>
  linux
    ? attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim())
    : attempt(() => execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim());

/** Parent process id, or undefined (also where there is no /proc). */
export const parentOf = (pid: number): number | undefined => {
  const field = linux ? statFields(pid)?.[1] : undefined;
  return field === undefined ? undefined : Number(field);
};

/** Every process id we may see; empty where there is no /proc. */
export const allProcesses = (): number[] => (linux ? readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : [])) : []);

/** Proportional memory in bytes (shared pages divided among their users, so that sums make sense); 0 when it cannot be read. */
export const memoryOf = (pid: number): number => {
  const text = attempt(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  return Number(/^Pss:\s+(\d+) kB/m.exec(text ?? '')?.[1] ?? 0) * 1024;
};

const LISTEN = '0A';

const listeningInodes = (port: number): Set<string> => {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => (attempt(() => readFileSync(file, 'utf8')) ?? '').split('\n').slice(1));
  const fields = lines.map((line) => line.trim().split(/\s+/));
  return new Set(fields.filter((f) => f[1]?.endsWith(wanted) && f[3] === LISTEN).map((f) => `socket:[${f[9]}]`));
};

const holdsSocket = (pid: number, sockets: Set<string>): boolean =>
  (attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? []).some((fd) => sockets.has(attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? ''));

/** The process that listens on a TCP port, when we are allowed to see it. */
export const listenerOn = (port: number): { pid: number; command: string } | undefined => {
  let pid: number | undefined;
  if (linux) {
    const sockets = listeningInodes(port);
    pid = sockets.size === 0 ? undefined : allProcesses().find((candidate) => holdsSocket(candidate, sockets));
  } else {
    pid = Number(attempt(() => execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], { encoding: 'utf8' }).split('\n')[0])) || undefined;
  }
  return pid === undefined ? undefined : { pid, command: commandOf(pid) ?? 'unknown command' };
};

/** Waits until a process is gone; false when it still runs after `ms`. */
export const waitUntilGone = async (pid: number, ms: number): Promise<boolean> => {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((wake) => setTimeout(wake, 20))) if (!isAlive(pid)) return true;
  return !isAlive(pid);
};
