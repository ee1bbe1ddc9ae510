import { describe, expect, it } from 'vitest';
import { addDays, day } from './calendar.ts';
import { OVERRIDE_DAYS, overrideProblem, verdictOf } from './override.ts';

const today = day('2026-11-23');

describe('an override', () => {
  it('needs a reason and a day to come that is not too far away', () => {
    expect(overrideProblem(addDays(today, 30), 'New contract is signed', today)).toBeNull();
    expect(overrideProblem(addDays(today, 30), '  ', today)).toMatch(/Say why/);
    expect(overrideProblem(today, 'New contract', today)).toMatch(/after today/);
    expect(overrideProblem(addDays(today, OVERRIDE_DAYS), 'New contract', today)).toBeNull();
    expect(overrideProblem(addDays(today, OVERRIDE_DAYS + 1), 'New contract', today)).toMatch(/within the next 184 days/);
  });

  it('is right when it foretold what came, and so is the model', () => {
    expect(verdictOf('healthy', 'at_risk', false)).toEqual({ trouble: false, person: true, model: false });
    expect(verdictOf('healthy', 'at_risk', true)).toEqual({ trouble: true, person: false, model: true });
    expect(verdictOf('at_risk', 'healthy', true)).toEqual({ trouble: true, person: true, model: false });
    expect(verdictOf('watch', null, false)).toEqual({ trouble: false, person: true, model: null });
  });
});
