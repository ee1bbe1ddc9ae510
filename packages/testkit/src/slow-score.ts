/**
 * Raw events → every number of score.md 4, one account and one day at a time, by loops over days. Nothing of `domain` is used: where this
 * and the product agree, two readings of the text agree. It knows the default model alone.
 */
import { slowLog10Beta } from './slow-beta.ts';

/** One event as it is known: money in cents, negative for a return; `day` counts whole days since 1970-01-01. */
export type SlowEvent = { readonly id: string; readonly account: string; readonly day: number; readonly cents: number };
/** `used`: days with a positive event. `cents`: the net of each day. */
export type SlowHistory = { readonly used: ReadonlySet<number>; readonly cents: ReadonlyMap<number, number> };
export type SlowRow = ReturnType<typeof rowOf>;
export type SlowDay = { readonly k: number; readonly vbar: number; readonly clock: number; readonly rows: ReadonlyMap<string, SlowRow> };

const clip = (v: number): number => Math.min(1, Math.max(0, v));

/** The first event under an id counts, whatever comes under it later. */
export const slowHistories = (events: readonly SlowEvent[]): Map<string, SlowHistory> => {
  const seen = new Set<string>();
  const all = new Map<string, { used: Set<number>; cents: Map<number, number> }>();
  for (const { id, account, day, cents } of events) {
    if (seen.has(id)) continue;
    seen.add(id);
    const own = all.get(account) ?? { used: new Set(), cents: new Map() };
    all.set(account, own);
    if (cents > 0) own.used.add(day);
    own.cents.set(day, (own.cents.get(day) ?? 0) + cents);
  }
  return all;
};

/** Every account on day `t`; `k` is given where an earlier close on the same grid day fixed it. */
export const slowDay = (histories: ReadonlyMap<string, SlowHistory>, t: number, fixedK: number | null): SlowDay => {
  const K = clockOf(histories, t);
  const k = fixedK ?? regularityOf(histories, K, slowGrid(histories, t));
  const own = new Map([...histories].filter(([, h]) => Math.min(...h.cents.keys()) <= t).map(([name, h]) => [name, windowsOf(h, K, t)]));
  const peers = [...own.values()].filter(({ a182 }) => a182 > 0);
  const values = peers.flatMap(({ r364, a364 }) => (r364 > 0 ? [r364 / a364] : [])).sort((a, b) => a - b);
  const vbar = values.length === 0 ? 0 : ((values[Math.floor((values.length - 1) / 2)] ?? 0) + (values[Math.floor(values.length / 2)] ?? 0)) / 2;
  const year = peers.map(({ r364 }) => r364);
  const rows = new Map(
    [...own].map(([name, w]) => {
      const V = w.f === null ? 0 : peers.length < 10 ? 50 : midRank(year, w.r364);
      return [name, rowOf(w, { k, vbar, V, onb: onboardingOf(histories, w, t) })];
    }),
  );
  return { k, vbar, clock: K(t), rows };
};

const firstUse = (histories: ReadonlyMap<string, SlowHistory>): number => Math.min(...[...histories.values()].flatMap(({ used }) => [...used]));

/** The day k is taken on: the last of every 28th since the workspace's first usage day. */
export const slowGrid = (histories: ReadonlyMap<string, SlowHistory>, t: number): number => t - ((t - firstUse(histories)) % 28);

const midRank = (group: readonly number[], value: number): number =>
  (100 * (group.filter((v) => v < value).length + group.filter((v) => v === value).length / 2)) / group.length;

/** K(d) of 4.2, for the days up to t. */
const clockOf = (histories: ReadonlyMap<string, SlowHistory>, t: number): ((d: number) => number) => {
  const first = firstUse(histories);
  const active: number[] = [];
  const K: number[] = [];
  for (let d = first; d <= t; d++) {
    active.push([...histories.values()].filter(({ used }) => used.has(d)).length);
    const month = active.slice(-28);
    const mean = month.reduce((a, b) => a + b, 0) / month.length;
    K.push((K.at(-1) ?? 0) + Math.min(2, ((active.at(-1) ?? 0) + 5) / (mean + 5)));
  }
  return (d) => K[d - first] ?? Number.NaN;
};

const regularityOf = (histories: ReadonlyMap<string, SlowHistory>, K: (d: number) => number, g: number): number => {
  const shares: number[] = [];
  for (const { used } of histories.values()) {
    const at = [...used].filter((d) => d > g - 364 && d <= g).sort((a, b) => b - a);
    for (let pair = 0; pair < 6 && at.length >= 3 && 2 * pair + 2 < at.length; pair++) {
      const [end, middle, start] = at.slice(2 * pair, 2 * pair + 3).map(K) as [number, number, number];
      shares.push((end - middle) / (end - start));
    }
  }
  if (shares.length < 200) return 1;
  const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
  const s2 = Math.max(0.001, shares.reduce((a, b) => a + (b - mean) ** 2, 0) / shares.length);
  return Math.min(3, Math.max(1, (1 - 4 * s2) / (8 * s2) - 1));
};

/** Days, money and clock of one account at t, windows (t - from, t - to]. */
const windowsOf = ({ used, cents }: SlowHistory, K: (d: number) => number, t: number) => {
  const days = [...used].filter((d) => d <= t).sort((a, b) => a - b);
  const net = (from: number, to = 0) => {
    let sum = 0;
    for (let d = t - from + 1; d <= t - to; d++) sum += cents.get(d) ?? 0;
    return sum / 100;
  };
  const a = (from: number, to = 0) => days.filter((d) => d > t - from && d <= t - to).length;
  const r = (from: number, to = 0) => Math.max(0, net(from, to));
  const f = days[0] ?? null;
  const l = days.at(-1) ?? null;
  const fw = days.find((d) => d > t - 364) ?? l;
  return {
    t,
    f,
    l,
    n: f === null ? 0 : t - f + 1,
    R: l === null ? t - Math.min(...cents.keys()) : t - l,
    age: t - Math.min(...cents.keys()),
    ever: days.length,
    a28: a(28),
    a84: a(84),
    a182: a(182),
    a364: a(364),
    aBefore: a(112, 28),
    r28: r(28),
    r84: r(84),
    r90: r(90),
    r364: r(364),
    rBefore: r(168, 84),
    silentTicks: l === null ? 0 : K(t) - K(l),
    spanTicks: l === null || fw === null ? 0 : K(l) - K(fw),
    weeks: Array.from({ length: 24 }, (_, i) => Math.max(0, net(7 * (24 - i), 7 * (23 - i)))),
  };
};
type Windows = ReturnType<typeof windowsOf>;

/** onb of 5: usage days by this age, among the accounts that started within a year and reached it. */
const onboardingOf = (histories: ReadonlyMap<string, SlowHistory>, { f, n, ever }: Windows, t: number): number => {
  if (f === null || n > 60) return 50;
  const others: number[] = [];
  for (const { used } of histories.values()) {
    const days = [...used].filter((d) => d <= t);
    const first = Math.min(...days);
    if (days.length === 0 || first <= t - 364 || t - first + 1 < n) continue;
    others.push(days.filter((d) => d <= first + n - 1).length);
  }
  return others.length < 20 ? 50 : midRank(others, ever);
};

const rowOf = (w: Windows, { k, vbar, V, onb }: { k: number; vbar: number; V: number; onb: number }) => {
  const { n, R, a84, a182, a364 } = w;
  if (w.f === null) return unused(w, onb);
  const w1 = n <= 84 ? 1 : n <= 182 ? 0.75 : n <= 364 ? 0.5 : 0;
  const x = a84 + 0.75 * (a182 - a84) + 0.5 * (a364 - a182) - w1;
  const E = Math.min(n, 84) + 0.75 * Math.min(Math.max(n - 84, 0), 98) + 0.5 * Math.min(Math.max(n - 182, 0), 182);
  const m = (90 * (x + 0.25)) / (E + 182);
  const C = 100 * clip(Math.log10(20 * m) / 3);
  const beta = 45 + w.spanTicks;
  const log10p = slowLog10Beta(beta / (beta + w.silentTicks), k * (1 + Math.max(a364 - 1, 0)), k);
  const S = 100 * clip(1 + log10p / 3);
  const u = Math.max(w.r364 / Math.max(a364, 1), 0.1 * vbar);
  const nb = (Math.min(Math.max(n, 56), 84) - 28) / 28;
  const g = n < 56 || vbar === 0 || a364 === 0 ? 0 : Math.log((w.r28 + 3 * u) / (Math.max(w.r84 - w.r28, 0) / nb + 3 * u));
  const M = (50 + 50 * Math.min(1, Math.max(-1, g / Math.log(4)))) * clip((168 - R) / 84);
  const q = (k - 1) / 2;
  const sum = (0.6 - 0.05 * q) * C + (0.15 + 0.1 * q) * S + (0.15 - 0.05 * q) * V + 0.1 * M;
  const H = a364 === 0 ? 0 : clip(1 + (log10p + 3) / 6) * clip((364 - R) / 182) * sum;
  const v = (w.r364 + vbar) / (a364 + 1);
  const growth = vbar === 0 ? 1 : (m * v + v) / (0.5772 * w.r90 + v);
  const X = a364 === 0 ? 0 : 80 * clip(0.5 + (0.5 * Math.log(growth)) / Math.log(4)) + 0.2 * C;
  const quiet = log10p < -2 && a364 >= 4 ? 49 : 100;
  const decline = a84 < 12 ? 100 : M <= 25 ? 45 + 0.56 * M : M < 45 ? 59 + 2.05 * (M - 25) : 100;
  const shown = Math.min(H, quiet, decline);
  const rate = Math.max(...([[w.r28, 28], [w.r84, 84], [w.r364, 364]] as const).map(([sold, days]) => sold / Math.min(days, Math.max(n, 14)))); // prettier-ignore
  const pSilent = 1 / (1 + Math.exp((Math.min(H, quiet) - 45) / 11));
  const stake = (90 * rate * 0.65) / (1 + Math.exp((shown - 58) / 10));
  return { ...w, onb, C, S, V, M, log10p, growth, X, H: H as number | null, shown: shown as number | null, pSilent: pSilent as number | null, stake };
};

/** 4.6: no score for 14 days, then 0. */
const unused = (w: Windows, onb: number) => {
  const waits = w.age < 14;
  const H = waits ? null : 0;
  const pSilent = waits ? null : 1 / (1 + Math.exp(-45 / 11));
  return { ...w, onb, C: 0, S: 0, V: 0, M: 0, log10p: 0, growth: 1, X: 0, H, shown: H, pSilent, stake: 0 };
};
