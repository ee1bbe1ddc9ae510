import { demoAccounts, demoContacts, demoTasks } from '@tideline/db/read/demo';
import { withWorkspace } from '@tideline/db/workspace';
import { closeDemoTasks, insertDemoTouches } from '@tideline/db/write/demo';
import { addDays, dayOf, daysFromTo, startOfDay, weekday, type Day } from '@tideline/domain/calendar';
import type { Deps } from '../deps.ts';
import type { DemoBusiness } from './business.ts';
import { randomFrom, seedOf, type Random } from './random.ts';

const TOUCHES = [
  { kind: 'call', body: 'Walked through last month’s usage with the platform lead. No open questions.' },
  { kind: 'call', body: 'Asked about the new region. They plan a test in the coming weeks.' },
  { kind: 'email', body: 'Sent the usage summary and the two jobs that cost most.' },
  { kind: 'email', body: 'Asked for a date to review the commitment before it renews.' },
  { kind: 'meeting', body: 'Quarterly review. Budget holder attended; wants a forecast by meter.' },
  { kind: 'note', body: 'New engineering manager since this month; introduction planned.' },
] as const;

const ANSWERS = [
  {
    kind: 'call',
    body: 'Called about the drop. A batch pipeline was moved off for a migration; back next month.',
    outcome: 'Known migration, back next month',
  },
  { kind: 'call', body: 'Called, no answer; left a message.', outcome: 'No answer, left a message' },
  { kind: 'email', body: 'Mailed the technical contact with the last day that looked normal.', outcome: 'Mailed the technical contact' },
  {
    kind: 'meeting',
    body: 'Met the team: cost was the reason. Showed them the cheaper job profile.',
    outcome: 'Cost was the reason; moving to the cheaper profile',
  },
] as const;

/** A moment in working hours of a day. */
const momentOn = (business: DemoBusiness, at: Day, share: number): Date =>
  new Date(startOfDay(at, business.timezone).getTime() + Math.floor((9 + 8 * share) * 3_600_000));

/**
 * What the demo's CSMs did on these days: they answer part of the tasks that alerts opened, and log touches with
 * some of the other accounts. The same days always hold the same deeds.
 */
export const actOn = (deps: Deps, workspaceId: string, business: DemoBusiness, span: { from: Day; to: Day }): Promise<void> =>
  withWorkspace(deps.db, workspaceId, async (tx) => {
    const accounts = (await demoAccounts(tx)).filter((account) => account.ownerId !== null);
    const people = Map.groupBy(await demoContacts(tx), ({ accountId }) => accountId);
    /** With whom it was: most touches are with one who was there then, the first of them more often than not. */
    const withWhom = (accountId: string, at: Day, random: Random): string | null => {
      const there = (people.get(accountId) ?? []).filter(({ leftOn }) => leftOn === null || leftOn.toISOString().slice(0, 10) > at);
      if (there.length === 0 || random.chance(0.2)) return null;
      return (random.chance(0.6) ? there[0] : random.pick(there))?.id ?? null;
    };
    const touches = accounts.flatMap((account) =>
      daysFromTo(span.from, span.to).flatMap((at) => {
        const random = randomFrom(seedOf(`${account.externalId}/talk/${at}`));
        if (weekday(at) === 0 || weekday(at) === 6 || !random.chance(0.022)) return [];
        const touch = { accountId: account.id, byId: account.ownerId, day: at, at: momentOn(business, at, random.next()), ...random.pick(TOUCHES) };
        return [{ ...touch, contactId: touch.kind === 'note' ? null : withWhom(account.id, at, random) }];
      }),
    );
    const answered = (await demoTasks(tx)).flatMap((task) => {
      const random = randomFrom(seedOf(`${task.title}/${task.createdAt.toISOString()}`));
      const at = addDays(dayOf(task.createdAt, business.timezone), Math.floor(random.between(0, 5)));
      if (at < span.from || at > span.to || !random.chance(0.55)) return [];
      const answer = { task, at: momentOn(business, at, random.next()), day: at, ...random.pick(ANSWERS) };
      return [{ ...answer, contactId: withWhom(task.accountId, at, random) }];
    });
    await insertDemoTouches(tx, [
      ...touches,
      ...answered.map(({ task, kind, body, day, at, contactId }) => ({ accountId: task.accountId, byId: task.ownerId, contactId, kind, body, day, at })),
    ]);
    await closeDemoTasks(
      tx,
      answered.map(({ task, outcome, at }) => ({ id: task.id, by: task.ownerId, outcome, at })),
    );
  });
