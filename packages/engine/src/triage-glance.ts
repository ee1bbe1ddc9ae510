import { Problem } from '@tideline/contracts/problem';
import type { ReplyOf } from '@tideline/contracts/operation';
import type { triageOperations } from '@tideline/contracts/triage';
import { triageFacts } from '@tideline/db/read/triage-facts';
import { currentCommitments } from '@tideline/db/read/triage-facts';
import { alertDays, currentComponents, dailyValues, happenings, judgedDays, tasksOf, type Happening, type JudgedDay } from '@tideline/db/read/triage-glance';
import { withWorkspace } from '@tideline/db/workspace';
import { burnDown } from '@tideline/domain/commitment';
import type { Weights } from '@tideline/domain/health';
import { decimal, ratio, toText } from '@tideline/domain/money';
import { movedBy, type Kept } from '@tideline/domain/moved';
import { segments } from '@tideline/domain/segment';
import { knownWeeks, normalWeek, SPARK_WEEKS } from '@tideline/domain/spark';
import type { Deps, Who } from './deps.ts';
import { settingOf } from './triage-query.ts';
import { rowsOf, tenureOn } from './triage-row.ts';

const DAYS = SPARK_WEEKS * 7;
const MONTH = 28;
/** The own normal is drawn as a band this wide around it. */
const BAND = 0.15;
const LATELY = 6;

type Reply = ReplyOf<(typeof triageOperations)['triageGlance']>;

/** What the side panel shows of one account. `not-found` when it is not in this person's triage. */
export const glance = (deps: Deps, who: Who, id: string): Promise<Reply> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const setting = await settingOf(tx, deps, who);
    const { view, priced } = setting;
    const [row] = await rowsOf(tx, setting, [id]);
    const [facts] = await triageFacts(tx, view, [id]);
    if (!row || !facts) throw new Problem('not-found', 'There is no such account in triage');
    const closed = view.closed ?? view.today;
    const judgedBefore = await judgedDays(tx, id, closed, MONTH + 1);
    const days = await dailyValues(tx, id, closed, DAYS, priced);
    const commitment = (await currentCommitments(tx, view.closed, [id])).get(id);
    const first = judgedBefore[0];
    const grown = row.runRate === null || !first?.runRate ? null : ratio(decimal(row.runRate), decimal(first.runRate));
    return {
      row,
      pSilent: facts.pSilent,
      runRateChange28: grown === null ? null : grown - 1,
      commitmentPace: commitment ? burnDown(commitment, commitment.consumed, '0', closed).pace : null,
      usage: { days, normal: normalOf(days, tenureOn(facts.firstDay, view.closed)), alerts: await alertDays(tx, id, closed, DAYS) },
      moved: movedSince(judgedBefore, await currentComponents(tx, id)),
      tasks: await tasksOf(tx, id, view.today),
      lately: (await happenings(tx, id, LATELY)).map(said),
    };
  });

/** The own normal per day as a band, from the same weeks as the sparkline's. */
const normalOf = (days: readonly { value: string }[], tenure: number): Reply['usage']['normal'] => {
  const weeks = Array.from({ length: SPARK_WEEKS }, (_, week) => days.slice(week * 7, week * 7 + 7).reduce((total, { value }) => total + Number(value), 0));
  const normal = normalWeek(weeks, knownWeeks(tenure)) / 7;
  return normal <= 0 ? null : { low: toText(decimal(normal * (1 - BAND)).toDecimalPlaces(6)), high: toText(decimal(normal * (1 + BAND)).toDecimalPlaces(6)) };
};

const kept = (day: Omit<JudgedDay, 'day' | 'runRate'>): Kept | null => {
  const { health, cadence, silence, standing, momentum } = day;
  if (health === null || cadence === null || silence === null || standing === null || momentum === null) return null;
  return { health, cadence, silence, standing, momentum };
};

/** Since the best close of the last 28 days where health has fallen, since the worst where it has risen. */
const movedSince = (days: readonly JudgedDay[], now: Awaited<ReturnType<typeof currentComponents>>): Reply['moved'] => {
  const present = now && kept(now);
  if (!present || !now) return null;
  const first = days.find((day) => kept(day) !== null);
  const falling = (first?.health ?? 0) >= present.health;
  const from = days
    .filter((day) => kept(day) !== null)
    .reduce<JudgedDay | null>((best, day) => (best === null || (falling ? day.health! >= best.health! : day.health! <= best.health!) ? day : best), null);
  const then = from && kept(from);
  if (!from || !then) return null;
  const parts = movedBy(then, present, weightsIn(now.config));
  return parts.length === 0 ? null : { day: from.day, from: then.health, to: present.health, parts };
};

const weightsIn = (config: unknown): Weights => {
  const { weights } = config as { weights?: Weights };
  return weights ?? {};
};

const said = ({ kind, text, day }: Happening) => ({
  kind,
  text: kind === 'segment' && text in segments ? `Became ${segments[text as keyof typeof segments].label.toLowerCase()}` : text,
  day,
});
