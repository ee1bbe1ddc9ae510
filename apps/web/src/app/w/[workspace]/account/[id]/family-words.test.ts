import { expect, it } from 'vitest';
import { familyTitle } from './family-words.ts';

it('says how many are at churn risk, of those that are judged', () => {
  expect(familyTitle({ accounts: 5, judged: 4, atRisk: 1 })).toBe('1 of 4 below it is at churn risk');
  expect(familyTitle({ accounts: 4, judged: 4, atRisk: 3 })).toBe('3 of 4 below it are at churn risk');
  expect(familyTitle({ accounts: 4, judged: 4, atRisk: 0 })).toBe('None of 4 below it is at churn risk');
  expect(familyTitle({ accounts: 2, judged: 1, atRisk: 1 })).toBe('The one account below it is at churn risk');
  expect(familyTitle({ accounts: 1, judged: 1, atRisk: 0 })).toBe('The one account below it is not at churn risk');
  expect(familyTitle({ accounts: 1, judged: 0, atRisk: 0 })).toBe('1 account below it, none judged yet');
});
