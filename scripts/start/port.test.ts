import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort } from '../free-port.ts';
import { demandPort } from './port.ts';

it('lets a free port pass', async () => {
  await expect(demandPort(await freePort(), '127.0.0.1')).resolves.toBeUndefined();
});

it('says who holds a taken port and which one to choose', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const refusal = demandPort(port, '127.0.0.1');
  await expect(refusal).rejects.toThrow(new RegExp(`Port ${port} is taken by process ${process.pid}`));
  await expect(refusal).rejects.toThrow(/PORT=\d+ pnpm start/);
  server.close();
});
