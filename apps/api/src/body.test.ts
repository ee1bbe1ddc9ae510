import { expect, test } from 'vitest';
import { readBody } from './body.ts';

const MB = 1024 * 1024;
/** A body of unknown length that goes on when it is told to. */
const slow = (bytes: number) => {
  let end: () => void = () => undefined;
  let gone = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes).fill(0x20));
      end = () => {
        if (gone) return;
        controller.enqueue(new TextEncoder().encode('{}'));
        controller.close();
      };
    },
    cancel: () => void (gone = true),
  });
  return { request: new Request('http://localhost/', { method: 'POST', body, duplex: 'half' } as RequestInit), end: () => end() };
};

test('past what may be read at once a request is sent away with a time, and small ones of unknown length are never counted as large', async () => {
  const small = Array.from({ length: 500 }, () => slow(1_000));
  const reading = small.map(({ request }) => readBody(request));
  const large = Array.from({ length: 13 }, () => slow(7.9 * MB));
  const outcomes = large.map(({ request }) =>
    readBody(request).then(
      () => 'read',
      (error: { code?: string; retryAfterS?: number }) => `${error.code} ${error.retryAfterS}`,
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (const { end } of [...small, ...large]) end();
  expect((await Promise.all(reading)).length).toBe(500);
  expect((await Promise.all(outcomes)).toSorted().at(-1)).toBe('unavailable 1');
  // What was let go is free again.
  const next = slow(7 * MB);
  const again = readBody(next.request);
  next.end();
  expect(await again).toEqual({});
});
