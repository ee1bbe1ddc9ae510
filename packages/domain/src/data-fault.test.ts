import { expect, test } from 'vitest';
import { day } from './calendar.ts';
import { faultWords, heldWords } from './data-fault.ts';

const found = { since: day('2026-11-13'), active: 26, usual: 240, accounts: 1_210 };

test('says what fell silent since when, how many that is, and what is held', () => {
  expect(faultWords({ ...found, scope: 'workspace', name: null })).toEqual({
    title: 'Hardly any usage has arrived since Fri 13 Nov',
    evidence: '214 of 240 accounts usually active on a Friday were silent',
    held: 'Scores are held as of 12 Nov',
  });
  expect(faultWords({ ...found, active: 0, scope: 'meter', name: 'Tokens' })).toEqual({
    title: 'No usage has arrived on the meter “Tokens” since Fri 13 Nov',
    evidence: '240 of 240 accounts usually active on a Friday were silent',
    held: 'The scores of 1,210 accounts are held as of 12 Nov',
  });
  expect(faultWords({ ...found, accounts: 1, scope: 'key', name: 'EU' }).held).toBe('The scores of one account are held as of 12 Nov');
});

test('says on the page of an account since when its score stands still, and why', () => {
  expect(heldWords({ ...found, active: 0, scope: 'source', name: 'Warehouse' })).toEqual({
    stamp: 'Score held as of 12 Nov',
    because: 'no usage has arrived from the source “Warehouse” since Fri 13 Nov',
  });
  expect(heldWords({ ...found, scope: 'workspace', name: null }).because).toBe('hardly any usage has arrived since Fri 13 Nov');
});
