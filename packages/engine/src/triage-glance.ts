import { Problem } from '@tideline/contracts/problem';
import type { ReplyOf } from '@tideline/contracts/operation';
import type { triageOperations } from '@tideline/contracts/triage';
import { triageFacts } from '@tideline/db/read/triage-facts';
import { currentCommitments } from '@tideline/db/read/triage-facts';
import { alertDays, dailyValues, happenings, runRateOn, tasksOf, type Happening } from '@tideline/db/read/triage-glance';
import { measuredOf } from '@tideline/db/read/account-moved';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { addDays, type Day } from '@tideline/domain/calendar';
import { burnDown } from '@tideline/domain/commitment';
import { decimal, ratio, toText } from '@tideline/domain/money';
import { movedLines } from '@tideline/domain/moved-split';
import { segments } from '@tideline/domain/segment';
import { knownWeeks, normalWeek, SPARK_WEEKS } from '@tideline/domain/spark';
import type { Deps, Who } from './deps.ts';
import { movedOver } from './moved-health.ts';
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
    const days = await dailyValues(tx, id, closed, DAYS, priced);
    const commitment = (await currentCommitments(tx, view.closed, [id])).get(id);
    const first = await runRateOn(tx, id, addDays(closed, -MONTH));
    const grown = row.runRate === null || first === null ? null : ratio(decimal(row.runRate), decimal(first));
    return {
      row,
      pSilent: facts.pSilent,
      runRateChange28: grown === null ? null : grown - 1,
      commitmentPace: commitment ? burnDown(commitment, commitment.consumed, '0', closed).pace : null,
      usage: { days, normal: normalOf(days, tenureOn(facts.firstDay, view.closed)), alerts: await alertDays(tx, id, closed, DAYS) },
      moved: await movedInMonth(tx, id, closed),
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

/** As the account's page says it. */
const movedInMonth = async (tx: WorkspaceTx, id: string, closed: Day): Promise<Reply['moved']> => {
  const judged = await measuredOf(tx, id);
  const [moved] = judged ? await movedOver(tx, id, closed, judged, [MONTH]) : [];
  const parts = moved ? movedLines(moved.causes, moved.to.health < moved.from.health) : [];
  return moved && parts.length > 0 ? { day: moved.from.day, from: moved.from.health, to: moved.to.health, parts } : null;
};

const said = ({ kind, text, day }: Happening) => ({
  kind,
  text: kind === 'segment' && text in segments ? `Became ${segments[text as keyof typeof segments].label.toLowerCase()}` : text,
  day,
});
