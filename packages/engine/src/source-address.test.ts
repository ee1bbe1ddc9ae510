import { expect, test } from 'vitest';
import { checkRanges, isWithin } from './source-address.ts';

test.each([
  ['10.1.2.3', ['10.0.0.0/8'], true],
  ['11.1.2.3', ['10.0.0.0/8', '11.1.2.3'], true],
  ['11.1.2.4', ['10.0.0.0/8', '11.1.2.3'], false],
  ['::ffff:10.1.2.3', ['10.0.0.0/8'], true],
  ['2001:db8::1', ['2001:db8::/32'], true],
  ['2001:db9::1', ['2001:db8::/32', '0.0.0.0/0'], false],
  ['unknown', ['0.0.0.0/0', '::/0'], false],
])('%s in %j: %s', (address, ranges, within) => expect(isWithin(address, ranges)).toBe(within));

test.each(['', '10.0.0', '10.0.0.256', '10.0.0.0/33', '2001:db8::/129', 'example.com', '0x7f000001'])('"%s" is no range', (text) => {
  expect(() => checkRanges(['10.0.0.0/8', text])).toThrow(/is not an address/);
});
