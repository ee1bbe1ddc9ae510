import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JudgedDaySilence, referenceDays, silenceOf, silences, waitsFrom } from './pipeline-silence.ts';

describe('a day among its weekdays', () => {
  const usual = [60, 58, 62, 61, 55, 64, 60, 59];

  test('is silent where nothing came, and flows where a public holiday left a third', () => {
    expect(silenceOf(0, usual)).toBe('silent');
    expect(silenceOf(14, usual)).toBe('silent');
    expect(silenceOf(20, usual)).toBe('flowing');
  });

  test('says nothing with little past or few accounts', () => {
    expect(silenceOf(0, [60, 60, 60])).toBe('unknown');
    expect(silenceOf(0, [4, 4, 4, 4, 4, 4, 4, 4])).toBe('unknown');
    expect(silenceOf(0, [5, 5, 5, 5])).toBe('silent');
    expect(silenceOf(0, [0, 0, 0, 0, 0, 40])).toBe('unknown'); // a Saturday on which hardly anybody ever works
  });

  test('one quiet day among them hides nothing, two of them make quiet days usual', () => {
    expect(silenceOf(0, [0, ...usual.slice(1)])).toBe('silent');
    expect(silenceOf(2, [3, 3, ...usual.slice(2)])).toBe('flowing');
    expect(silenceOf(0, [0, 0, ...usual.slice(2)])).toBe('flowing');
  });

  test('never is silent when a quarter came, always when nothing did of five at least, and more usage is never more silent', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 4, maxLength: 8 });
    fc.assert(
      fc.property(counts, fc.nat(1_000), fc.nat(1_000), (references, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        if (silenceOf(more, references) === 'silent') expect(silenceOf(less, references)).toBe('silent');
        if (less >= Math.max(...references) / 4) expect(silenceOf(less, references)).not.toBe('silent');
        if (Math.min(...references) >= 5) expect(silenceOf(0, references)).toBe('silent');
      }),
    );
  });

  test('does not depend on the order of the weeks', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 8 }), fc.nat(50), (references, active) => {
        expect(silenceOf(active, references)).toBe(silenceOf(active, references.toReversed()));
      }),
    );
  });
});

describe('days one after the other', () => {
  test('a stop of any length is silent from its first day on, and its days are no measure of those after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 5, max: 300 }), (length, accounts) => {
        const counts = { active: (on: number) => (on < 100 ? accounts : 0), isMeasure: (on: number) => on >= 40 };
        const judged = silences(
          counts,
          Array.from({ length }, (_, i) => 100 + i),
        );
        expect(judged[0]).toMatchObject({ silence: 'silent', usual: accounts, active: 0 });
        expect(judged.every(({ silence }) => silence !== 'flowing')).toBe(true);
        expect(waitsFrom(judged)).toBe(100);
      }),
    );
  });

  test('closing waits from the first silent day after the last that flowed', () => {
    const silence = fc.constantFrom('silent', 'flowing', 'unknown');
    fc.assert(
      fc.property(fc.array(silence, { maxLength: 20 }), (words) => {
        const days = words.map((word, day): JudgedDaySilence => ({ day, silence: word as JudgedDaySilence['silence'] }));
        const after = words.lastIndexOf('flowing') + 1;
        const found = words.indexOf('silent', after);
        expect(waitsFrom(days)).toBe(found === -1 ? null : found);
      }),
    );
  });

  test('a day is compared with its own weekday alone', () => {
    expect(referenceDays(100).map((on) => (100 - on) % 7)).toEqual(Array(8).fill(0));
    expect(Math.min(...referenceDays(100))).toBe(44);
  });
});
