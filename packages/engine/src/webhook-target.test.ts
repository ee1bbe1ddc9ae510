import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { postWebhook } from './webhook-post.ts';
import { checkedAddresses, isAllowed, RefusedTarget } from './webhook-target.ts';

describe('where a webhook may go', () => {
  test.each(['8.8.8.8', '93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8'])('%s: yes', (address) => {
    expect(isAllowed(address, [])).toBe(true);
  });

  test.each([
    '127.0.0.1',
    '127.9.9.9',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254', // cloud metadata
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1', // NAT64
    '2002:7f00:1::', // 6to4
  ])('%s: no', (address) => {
    expect(isAllowed(address, [])).toBe(false);
  });

  test('what the operator allows, by range and kind', () => {
    expect(isAllowed('10.1.2.3', ['10.1.0.0/16'])).toBe(true);
    expect(isAllowed('10.2.0.1', ['10.1.0.0/16'])).toBe(false);
    expect(isAllowed('::1', ['127.0.0.0/8'])).toBe(false);
    expect(isAllowed('::ffff:10.1.2.3', ['10.1.0.0/16'])).toBe(true);
  });
});

describe('the addresses of a name', () => {
  const leadsTo =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const url = (text: string) => new URL(text);

  test('are all checked: one that is private refuses the name', async () => {
    await expect(checkedAddresses(url('https://example.com/'), [], leadsTo('8.8.8.8', '10.0.0.1'))).rejects.toThrow(
      'example.com leads to 10.0.0.1, which is a private or reserved address',
    );
    expect(await checkedAddresses(url('https://example.com/'), [], leadsTo('8.8.8.8', '2606:2800:220:1::1'))).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:2800:220:1::1', family: 6 },
    ]);
  });

  test.each(['http://127.0.0.1/', 'http://[::1]/', 'http://2130706433/', 'http://0x7f.1/', 'http://127.1/', 'http://[::ffff:127.0.0.1]:8080/'])(
    'however loopback is written: %s',
    async (text) => {
      await expect(checkedAddresses(url(text), [])).rejects.toThrow(RefusedTarget);
    },
  );

  test.each(['ftp://example.com/', 'file:///etc/passwd', 'https://user:secret@example.com/'])('not at all for %s', async (text) => {
    await expect(checkedAddresses(url(text), [], leadsTo('8.8.8.8'))).rejects.toThrow(RefusedTarget);
  });

  test('a name without addresses is refused', async () => {
    await expect(checkedAddresses(url('https://example.com/'), [], leadsTo())).rejects.toThrow('example.com has no address');
  });
});

test('an answer that does not come is given up after the time limit, also when it only drips', async () => {
  const slow = createServer((_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(drip));
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const { port } = slow.address() as AddressInfo;
  const message = { id: 'one', url: `http://localhost:${port}/`, secret: 'whsec_c2VjcmV0', payload: {} };
  await expect(postWebhook(message, new Date(), ['127.0.0.0/8', '::1/128'], 200)).rejects.toMatchObject({ name: 'AbortError' });
  slow.closeAllConnections();
  slow.close();
});
