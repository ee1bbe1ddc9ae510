import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { callerAddress, noteCallerAddress } from './caller-address.ts';

const arriving = (headers: Record<string, string>): IncomingMessage => {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: '192.0.2.1' });
  const request = new IncomingMessage(socket);
  for (const [name, value] of Object.entries(headers)) {
    request.headers[name] = value;
    request.rawHeaders.push(name, value);
  }
  return request;
};
const noted = (headers: Record<string, string>, proxies: number): [string | undefined, string] => {
  const request = arriving(headers);
  noteCallerAddress(request, proxies);
  const pairs = Array.from(
    { length: request.rawHeaders.length / 2 },
    (_, i) => [request.rawHeaders[2 * i] ?? '', request.rawHeaders[2 * i + 1] ?? ''] as [string, string],
  );
  return [request.headers['x-tideline-address'] as string, callerAddress(new Headers(pairs))];
};

describe('the caller’s address', () => {
  test.each([
    ['is who connects, whatever they claim', { 'x-forwarded-for': '10.0.0.1', 'x-tideline-address': '10.0.0.2' }, 0, '192.0.2.1'],
    ['is what one trusted proxy saw', { 'x-forwarded-for': '10.9.9.9, 203.0.113.7' }, 1, '203.0.113.7'],
    ['is what the outer of two trusted proxies saw', { 'x-forwarded-for': '10.9.9.9, 203.0.113.7, 10.0.0.5' }, 2, '203.0.113.7'],
    ['is who connects when the proxy says nothing', {}, 1, '192.0.2.1'],
  ] as const)('%s', (_, headers, proxies, address) => {
    expect(noted(headers, proxies)).toEqual([address, address]);
  });

  test('is unknown where nobody noted it', () => {
    expect(callerAddress(new Headers())).toBe('unknown');
  });
});
