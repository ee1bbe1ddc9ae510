import { describe, expect, it } from 'vitest';
import { leadWords } from './lead-words.ts';

const lead = { stops: 120, alarmed: 100, before: 16, within28: 40, within56: 80, medianDaysAfter: 33 as number | null, alarms: 200, right: 90 };

describe('how early alarms were, in words', () => {
  it.each([
    [33, '33 days after it'],
    [1, '1 day after it'],
    [0, 'on the very day'],
    [-5, '5 days before it'],
  ])('a median of %i days', (medianDaysAfter, words) => {
    expect(leadWords({ ...lead, medianDaysAfter })).toBe(`16 of 100 alarms came before the last usage; the median one ${words}.`);
  });
  it('says when nobody stopped, and when nobody was alarmed', () => {
    expect(leadWords({ ...lead, stops: 0, alarmed: 0, medianDaysAfter: null })).toMatch(/^No account with a rhythm stopped/);
    expect(leadWords({ ...lead, stops: 3, alarmed: 0, medianDaysAfter: null })).toMatch(/^3 accounts stopped, and none/);
  });
});
