import type { Month } from '@tideline/domain/calendar';
import { expect, it } from 'vitest';
import { hrefOf, readAddress, type Door } from './address.ts';

const read = (href: string) => readAddress(Object.fromEntries(new URLSearchParams(href)));

it('reads back what it wrote, the door and the filter included', () => {
  const start = readAddress({ window: 'quarter', by: 'plan', owner: 'none', industry: 'Ports & ships' });
  const door: Door = { of: 'movement', kind: 'churn', window: 'month', month: '2026-10' as Month };
  const address = read(hrefOf(start, { door }));
  expect(address).toMatchObject({ window: 'quarter', by: 'plan', and: 'owner', scope: { owner: 'none', industry: 'Ports & ships' }, door });
  expect(read(hrefOf(address)).door).toBeNull();
  expect(read(hrefOf(address, { scope: {} })).scope).toEqual({});
});

it('opens nothing for an address it does not understand', () => {
  expect(readAddress({ window: 'decade', by: 'moon', of: 'gold' })).toMatchObject({ window: undefined, by: 'segment', door: null });
  expect(readAddress({ of: 'closing', at: '2026-13' }).door).toBeNull();
  expect(readAddress({ of: ['closing', 'opening'] }).door).toMatchObject({ of: 'closing', window: 'month' });
});
