/** What moved a score, as a waterfall lying down: from one level by causes to another. Pure. */
import { share, type Range } from './scale.ts';

export type Cause = { key: string; label: string; change: number; hint?: string; /** Opens under its cause, thinner. */ within?: string };
export type MovedRow = {
  key: string;
  label: string;
  hint?: string;
  kind: 'level' | 'cause' | 'part';
  value: number;
  left: number;
  width: number;
  tone: 'level' | 'gain' | 'loss';
};

/**
 * `from` and `to` are levels on 0 to 100. Parts run along inside their cause; causes run from `from` to `to`.
 * Causes that do not add up to the difference leave a visible gap, which is a bug upstream and should show.
 */
export const prepareMoved = (from: { label: string; value: number }, to: { label: string; value: number }, causes: readonly Cause[]): MovedRow[] => {
  const scale = reach(from.value, causes);
  const bar = (a: number, b: number) => ({ left: share(Math.min(a, b), scale), width: share(Math.abs(b - a), scale) });
  const level = (key: string, { label, value }: { label: string; value: number }): MovedRow => ({
    key,
    label,
    kind: 'level',
    value,
    tone: 'level',
    ...bar(0, value),
  });
  const rows: MovedRow[] = [level('from', from)];
  let at = from.value;
  for (const cause of causes.filter((c) => !c.within)) {
    rows.push({
      key: cause.key,
      label: cause.label,
      ...(cause.hint === undefined ? {} : { hint: cause.hint }),
      kind: 'cause',
      value: cause.change,
      tone: cause.change < 0 ? 'loss' : 'gain',
      ...bar(at, at + cause.change),
    });
    let inner = at;
    for (const part of causes.filter((c) => c.within === cause.key)) {
      rows.push({
        key: part.key,
        label: part.label,
        kind: 'part',
        value: part.change,
        tone: part.change < 0 ? 'loss' : 'gain',
        ...bar(inner, inner + part.change),
      });
      inner += part.change;
    }
    at += cause.change;
  }
  rows.push(level('to', to));
  return rows;
};

/** 0 to 100, or wider where causes run past an end on their way: late data may add to 87 what silence takes again. */
const reach = (from: number, causes: readonly Cause[]): Range => {
  let [low, high, at] = [0, 100, from];
  for (const cause of causes.filter((c) => !c.within)) {
    let inner = at;
    for (const part of causes.filter((c) => c.within === cause.key)) {
      inner += part.change;
      [low, high] = [Math.min(low, inner), Math.max(high, inner)];
    }
    at += cause.change;
    [low, high] = [Math.min(low, at), Math.max(high, at)];
  }
  return [low, high];
};
