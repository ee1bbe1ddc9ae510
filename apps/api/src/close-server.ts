import type { Server } from 'node:http';

/** How long requests under way may take to end, less than whoever stops us waits. */
const GRACE_MS = 5_000;

/** Takes no new requests, lets those under way end, then cuts what is left. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
