import { WorkspaceChange } from '@tideline/contracts/workspace';
import type { WorkspaceSettings } from '@tideline/db/read/workspace';
import { expect, test } from 'vitest';
import { changeFrom, formOf, SettingsShape } from './settings-shape.ts';

const kept: WorkspaceSettings = {
  id: 'w',
  slug: 'acme',
  name: 'Acme',
  timezone: 'Europe/London',
  currency: 'GBP',
  asOfPin: null,
  closedThrough: '2026-11-21',
  mainMeterId: null,
  unknownAccounts: 'create',
  csmScope: 'own',
  nrrDefinition: null,
  nrrTarget: '1.2',
  newLogoMonths: 12,
  retentionDays: null,
  rawFrom: null,
  eventsPerMinute: 3_000_000,
  demo: false,
};

test('what is kept is a form without faults and without changes', () => {
  const form = formOf(kept);
  expect(SettingsShape.safeParse(form).success).toBe(true);
  expect(changeFrom(kept, form)).toEqual({});
});

test('only what was touched is sent, in the terms of the contract', () => {
  const change = changeFrom(kept, { ...formOf(kept), nrrTargetPercent: '115.5', asOfPin: '2026-11-01', nrrDefinition: 'trailing_12', newLogoMonths: '6' });
  expect(change).toEqual({ nrrTarget: '1.155', asOfPin: '2026-11-01', nrrDefinition: 'trailing_12', newLogoMonths: 6 });
  expect(WorkspaceChange.safeParse(change).success).toBe(true);
});

test('emptied choices become none', () => {
  const set = { ...kept, asOfPin: '2026-11-01', nrrDefinition: 'trailing_12' };
  expect(changeFrom(set, { ...formOf(set), asOfPin: '', nrrDefinition: 'longest' })).toEqual({ asOfPin: null, nrrDefinition: null });
});

test.each(['', '-5', '1200', '12.345', 'abc'])('a target of %j percent is refused', (nrrTargetPercent) => {
  expect(SettingsShape.safeParse({ ...formOf(kept), nrrTargetPercent }).success).toBe(false);
});
