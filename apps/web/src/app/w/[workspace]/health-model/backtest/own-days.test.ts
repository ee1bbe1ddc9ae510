import { describe, expect, it } from 'vitest';
import { ownDays } from './own-days.ts';

describe('days a person wrote', () => {
  it('parts them by whatever stands between, once each, in order', () => {
    expect(ownDays(' 2026-03-31,2026-01-31\n2026-03-31; 2026-02-28 ')).toEqual({ days: ['2026-01-31', '2026-02-28', '2026-03-31'] });
  });
  it('names the one that is no day', () => {
    expect(ownDays('2026-01-31 2026-02-30')).toEqual({ problem: expect.stringContaining('“2026-02-30” is not a day') });
  });
  it('asks for one where there is none', () => {
    expect(ownDays(' , ')).toEqual({ problem: expect.stringContaining('at least one day') });
  });
});
