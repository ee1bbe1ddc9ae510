import type { Overrides } from '@tideline/contracts/override';
import { expect, it } from 'vitest';
import { tallyWords } from './tally.ts';

const item = (verdict: Overrides['Item']['verdict']): Overrides['Item'] => ({
  id: 'a',
  accountId: 'b',
  account: 'Acme',
  band: 'healthy',
  reason: 'They signed',
  from: '2026-05-01',
  until: '2026-06-01',
  endedOn: null,
  by: 'Mara',
  modelHealth: 40,
  modelBand: 'at_risk',
  verdict,
});

it('counts who was right, and where it mattered', () => {
  expect(tallyWords([item(null)])).toMatch(/^None is 90 days old/);
  const [people, model, both] = [
    { trouble: false, person: true, model: false },
    { trouble: true, person: false, model: true },
    { trouble: false, person: true, model: true },
  ];
  expect(tallyWords([item(people), item(model), item(people), item(null)])).toBe(
    'Of 3 judgements whose 90 days are over, people were right in 2; of 3 cases in which they and the model parted, they were right in 2.',
  );
  expect(tallyWords([item(both)])).toBe('Of 1 judgement whose 90 days are over, people were right in 1; the model would have said the same of each.');
});
