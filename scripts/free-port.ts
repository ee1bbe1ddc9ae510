/** Which TCP ports of this machine are free. */
import { createServer } from 'node:net';

const listenOnce = (port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('a TCP server without a port'))));
    });
  });

/** A port nobody listens on, chosen by the system. */
export const freePort = (): Promise<number> => listenOnce(0, '127.0.0.1');

/** Whether `port` can be listened on at `host`. An address family the machine lacks does not count against it. */
export const isPortFree = async (port: number, host: string): Promise<boolean> => {
  try {
    await listenOnce(port, host);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return true;
    if (code === 'EADDRINUSE') return false;
    throw error;
  }
};
