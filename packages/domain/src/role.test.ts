import { expect, test } from 'vitest';
import { isRole, may, type Permission, permissions, ROLES } from './role.ts';

const allowed = (role: (typeof ROLES)[number]) => (Object.keys(permissions) as Permission[]).filter((one) => may(role, one));

test('an admin may do everything, a viewer only read', () => {
  expect(allowed('ADMIN')).toEqual(Object.keys(permissions));
  expect(allowed('VIEWER').every((one) => one.endsWith('.read'))).toBe(true);
  expect(may('VIEWER', 'account.read')).toBe(true);
});
test('a CSM acts on accounts but changes no settings', () => {
  expect(['account.act', 'task.write', 'revenue.read'].every((one) => may('CSM', one as Permission))).toBe(true);
  expect(['model.publish', 'meter.write', 'member.manage', 'account.assign', 'audit.read'].some((one) => may('CSM', one as Permission))).toBe(false);
});
test('each role may do at least what the next may', () => {
  for (const [i, role] of ROLES.entries()) for (const lesser of ROLES.slice(i + 1)) expect(allowed(role)).toEqual(expect.arrayContaining(allowed(lesser)));
});
test('roles are checked', () => {
  expect(isRole('CSM')).toBe(true);
  expect(isRole('csm')).toBe(false);
});
