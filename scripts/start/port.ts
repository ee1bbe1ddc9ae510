/** Whether the address we are to serve is free, and whose it is when not. */
import { freePort, isPortFree } from '../free-port.ts';
import { listenerOn } from '../process-table.ts';

const nextFree = async (port: number, host: string): Promise<number> => {
  for (let candidate = port + 1; candidate < port + 20; candidate++) if (await isPortFree(candidate, host)) return candidate;
  return freePort();
};

/** Throws, saying who holds the port and which one is free, unless it can be listened on. */
export const demandPort = async (port: number, host: string): Promise<void> => {
  // localhost may mean ::1 to a browser: a stranger there would be shown instead of us
  if ((await isPortFree(port, host)) && (await isPortFree(port, '::1'))) return;
  const holder = listenerOn(port);
  const who = holder ? `process ${holder.pid} (${holder.command.slice(0, 80)})` : 'another process';
  throw new Error(`Port ${port} is taken by ${who}. Stop it, or choose another port: PORT=${await nextFree(port, host)} pnpm start`);
};
