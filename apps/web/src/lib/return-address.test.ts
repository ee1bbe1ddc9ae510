import { expect, test } from 'vitest';
import { returnAddress, signInAddress } from './return-address.ts';

test.each(['/', '/w/acme/triage', '/w/acme/triage?owner=me&tab=all', '/invite/abc_def-1'])('%s leads back', (address) => {
  expect(returnAddress(address)).toBe(address);
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/w\\acme', '/\t/evil.example', '/ /x', '', null, undefined])(
  '%j could lead elsewhere',
  (address) => {
    expect(returnAddress(address)).toBeNull();
  },
);

test('sign-in keeps the way back in its address', () => {
  expect(signInAddress('/w/acme/triage?tab=all')).toBe('/sign-in?next=%2Fw%2Facme%2Ftriage%3Ftab%3Dall');
  expect(signInAddress('/')).toBe('/sign-in');
  expect(signInAddress(null)).toBe('/sign-in');
});
