import { placeAll } from '@tideline/domain/family';
import type { Day } from '@tideline/domain/calendar';
import { expect, it } from 'vitest';
import { accountsOf, businesses } from './business.ts';
import { demoFamilies } from './families.ts';

it('tells of a few families that bear one name, one of them with a grandchild', () => {
  const accounts = accountsOf(businesses[0], '2026-11-21' as Day);
  const names = new Map(accounts.map(({ externalId, name }) => [externalId, name.split(' ')[0]]));
  const links = demoFamilies(accounts);
  expect(new Set(links.map(({ child }) => names.get(child))).size).toBe(3);
  for (const { child, parent } of links) expect(names.get(child)).toBe(names.get(parent));
  const { refused } = placeAll(
    [],
    links.map(({ child, parent }) => ({ id: child, parent })),
  );
  expect(refused).toEqual([]);
  const children = new Set(links.map(({ child }) => child));
  expect(links.some(({ parent }) => children.has(parent))).toBe(true);
});
