import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Components, componentsOf, rhythmGate } from './component.ts';
import { exampleMeasures, exampleRelative } from './example.ts';
import { defaultHealthModel, prepareModel, scoreHealth } from './health.ts';
import { type ClosedDay, movedCauses, openClosed, type Opened, openNow } from './moved.ts';

const ordinary = componentsOf(exampleMeasures, exampleRelative);
const score = fc.double({ min: 0, max: 100, noNaN: true });
/** Components as measures can make them: the gate follows the silence, and what fades has no momentum left. */
const anyComponents = fc
  .record({
    scores: fc.record({ cadence: score, silence: score, standing: score, momentum: score }),
    log10p: fc.double({ min: -12, max: 0, noNaN: true }),
    fade: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    engaged: fc.boolean(),
  })
  .map(({ scores, log10p, fade, engaged }): Components => ({
    ...ordinary,
    scores: fade === null ? scores : { ...scores, momentum: 0 },
    log10p,
    gate: rhythmGate(log10p),
    fade: fade ?? 1,
    quiet: log10p < -2,
    engaged,
  }));
const anyModel = fc
  .record({ cadence: fc.integer({ min: 1, max: 80 }), silence: score, standing: score, momentum: score, k: fc.double({ min: 1, max: 3, noNaN: true }) })
  .map(({ k, ...weights }) => prepareModel({ ...defaultHealthModel, weights }, k));
const between = (then: Opened, now: Opened) => movedCauses([[then, now]], Number(now.health.toFixed(1)) - Number(then.health.toFixed(1)));
const close = (c: Components, model: ReturnType<typeof prepareModel>): ClosedDay => {
  const { shown, raw } = scoreHealth(c, model);
  return { ...c.scores, health: shown, raw, log10p: c.log10p };
};

describe('what moved health', () => {
  it('adds up to the change as it is printed, every cause by its name, whatever models made both ends', () => {
    fc.assert(
      fc.property(anyComponents, anyComponents, anyModel, anyModel, fc.boolean(), (before, after, old, young, isNew) => {
        const [then, now] = [openClosed(close(before, old), old, 1)!, openNow(after, isNew ? young : old, isNew ? 2 : 1)!];
        const causes = between(then, now);
        const sum = causes.reduce((total, { points }) => total + points, 0);
        expect(sum).toBeCloseTo(Number(now.health.toFixed(1)) - Number(then.health.toFixed(1)), 6);
        expect(causes.every(({ points }) => points !== 0)).toBe(true);
        // Rounding may leave a tenth here or there, never a point without a name.
        expect(Math.abs(causes.find(({ key }) => key === 'rest')?.points ?? 0)).toBeLessThan(0.2);
      }),
    );
  });
  it('opens a closed day into what the breakdown says of the same day', () => {
    fc.assert(
      fc.property(anyComponents, anyModel, (c, model) => {
        const [kept, now] = [openClosed(close(c, model), model, 1)!, openNow(c, model, 1)!];
        expect(between(kept, now)).toEqual([]);
        expect(kept.removed.gate).toBeCloseTo(now.removed.gate, 6);
      }),
    );
  });
  it('speaks of new weights only where the model is another, and says what took most first', () => {
    const quiet: Components = { ...ordinary, log10p: -4, gate: rhythmGate(-4), quiet: true, scores: { ...ordinary.scores, silence: 0 } };
    const [v1, v2] = [
      prepareModel(defaultHealthModel, 1),
      prepareModel({ ...defaultHealthModel, weights: { cadence: 20, silence: 40, standing: 20, momentum: 20 } }, 1),
    ];
    const then = openClosed(close(ordinary, v1), v1, 1)!;
    const fell = between(then, openNow(quiet, v1, 1)!);
    expect(fell.map(({ key }) => key)).not.toContain('weights');
    expect(fell[0]!.points).toBe(Math.min(...fell.map(({ points }) => points)));
    expect(fell.find(({ key }) => key === 'gate')?.label).toBe('Silence far outside its rhythm');
    expect(between(then, openNow(ordinary, v2, 2)!).map(({ key }) => key)).toEqual(['weights']);
  });
  it('has nothing to say of a day without a score', () => {
    expect(
      openClosed(
        { health: null, raw: null, log10p: null, cadence: null, silence: null, standing: null, momentum: null },
        prepareModel(defaultHealthModel, 1),
        1,
      ),
    ).toBeNull();
  });
});
