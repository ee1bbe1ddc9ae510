import { engagementSums } from '@tideline/db/read/engagement';
import { noSupport, supportSums } from '@tideline/db/read/support';
import { withWorkspace } from '@tideline/db/workspace';
import { addDays, day, type Day, dayOf, daysBetween, startOfDay } from '@tideline/domain/calendar';
import { CONTACT_ROLES, contactRoles } from '@tideline/domain/contact';
import { type EngagementSums, engagementScore } from '@tideline/domain/engagement';
import { type SupportSums, supportScore } from '@tideline/domain/support';
import { TICKET_SEVERITIES } from '@tideline/domain/ticket';
import { anAccount, aRow, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDeps, testDeps } from './deps.fixture.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

const ZONE = 'Europe/London'; // its clocks change on 29 March 2026
const FIRST = day('2026-01-10');
const DAYS = [day('2026-03-20'), day('2026-03-28'), day('2026-03-29'), day('2026-04-15')];
const instant = fc.integer({ min: 0, max: 100 * 24 }).map((hours) => new Date(Date.parse(`${FIRST}T00:00:00Z`) + hours * 3_600_000));
const accounts = fc.nat(1);

type Ticket = { account: number; severity: (typeof TICKET_SEVERITIES)[number]; opened: Date; hours: number | null };
const ticketOf = fc.record({
  account: accounts,
  severity: fc.constantFrom(...TICKET_SEVERITIES),
  opened: instant,
  hours: fc.option(fc.nat(60 * 24)),
});
const closedOf = ({ opened, hours }: Ticket): Date | null => (hours === null ? null : new Date(opened.getTime() + hours * 3_600_000));

/** Ticket by ticket, as the definition says it. */
const slowSupport = (tickets: readonly Ticket[], on: Day): SupportSums => {
  const ended = startOfDay(addDays(on, 1), ZONE);
  const aged = { urgent: 0, high: 0, normal: 0, low: 0 };
  for (const ticket of tickets) {
    const closed = closedOf(ticket);
    if (ticket.opened >= ended || (closed !== null && closed < ended)) continue;
    aged[ticket.severity] += Math.min(1, (ended.getTime() - ticket.opened.getTime()) / 86_400_000 / 14);
  }
  const openedIn = (span: number) => tickets.filter(({ opened }) => dayOf(opened, ZONE) > addDays(on, -span) && dayOf(opened, ZONE) <= on).length;
  const open = tickets.filter((one) => one.opened < ended && !(closedOf(one) !== null && closedOf(one)! < ended)).length;
  return { open, aged, opened14: openedIn(14), opened84: openedIn(84) };
};

test('any tickets: the sums of every day are those of a slow count, and the score with them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(ticketOf, { maxLength: 15 }), async (tickets) => {
      const workspaceId = await aWorkspace(world.arrange, { timezone: ZONE });
      const ids = [await anAccount(world.arrange, workspaceId), await anAccount(world.arrange, workspaceId)];
      for (const [n, ticket] of tickets.entries()) {
        const row = { subject: 's', severity: ticket.severity, opened_at: ticket.opened, closed_at: closedOf(ticket) };
        await aRow(world.arrange, 'ticket', { workspace_id: workspaceId, account_id: ids[ticket.account], external_id: `t${n}`, ...row });
      }
      const rows = await withWorkspace(deps.db, workspaceId, (tx) => supportSums(tx, ids, DAYS, ZONE));
      for (const [n, id] of ids.entries())
        for (const on of DAYS) {
          const found = rows.find((row) => row.accountId === id && row.day === on) ?? noSupport;
          const slow = slowSupport(
            tickets.filter(({ account }) => account === n),
            on,
          );
          expect({ ...found, accountId: id, day: on, aged: slow.aged }).toEqual({ ...slow, accountId: id, day: on });
          for (const severity of TICKET_SEVERITIES) expect(found.aged[severity]).toBeCloseTo(slow.aged[severity], 9);
          expect(supportScore(found)).toBeCloseTo(supportScore(slow), 9);
        }
    }),
    { numRuns: 25 },
  );
}, 120_000);

type Contact = { account: number; role: (typeof CONTACT_ROLES)[number]; known: Date; left: number | null };
type Touch = { contact: number | null; account: number; kind: string; after: number };
const contactOf = fc.record({ account: accounts, role: fc.constantFrom(...CONTACT_ROLES), known: instant, left: fc.option(fc.nat(110)) });
const touchOf = fc.record({ contact: fc.option(fc.nat(3)), account: accounts, kind: fc.constantFrom('call', 'meeting', 'note'), after: fc.nat(100) });

const slowEngagement = (account: number, contacts: readonly Contact[], touches: readonly Touch[], on: Day): EngagementSums => {
  const speaks = (contact: Contact | undefined) => contact !== undefined && contactRoles[contact.role].speaks;
  const known = contacts.filter(
    (one) => one.account === account && speaks(one) && dayOf(one.known, ZONE) <= on && (one.left === null || addDays(FIRST, one.left) > on),
  );
  const spoken = touches
    .filter(({ contact, kind }) => contact !== null && kind !== 'note' && speaks(contacts[contact]) && contacts[contact]?.account === account)
    .map(({ after }) => addDays(FIRST, after))
    .filter((when) => when <= on)
    .toSorted()
    .at(-1);
  const first = known.map((one) => dayOf(one.known, ZONE)).toSorted()[0];
  return { speakers: known.length, silentDays: first && spoken ? daysBetween(spoken, on) : null, knownDays: first ? daysBetween(first, on) : 0 };
};

test('any contacts and touches: who speaks for an account and when somebody last spoke with one is what a slow search says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(contactOf, { maxLength: 4 }), fc.array(touchOf, { maxLength: 10 }), async (contacts, touches) => {
      const workspaceId = await aWorkspace(world.arrange, { timezone: ZONE });
      const ids = [await anAccount(world.arrange, workspaceId), await anAccount(world.arrange, workspaceId)];
      const people: string[] = [];
      for (const [n, { account, role, known, left }] of contacts.entries()) {
        const row = { name: 'n', role, created_at: known, left_on: left === null ? null : addDays(FIRST, left) };
        people.push(await aRow(world.arrange, 'contact', { workspace_id: workspaceId, account_id: ids[account], external_id: `c${n}`, ...row }));
      }
      for (const { contact, account, kind, after } of touches) {
        const person = contact === null ? undefined : contacts[contact];
        const where = ids[person?.account ?? account];
        const when = addDays(FIRST, after);
        const row = { kind, body: 'b', day: when, at: `${when}T12:00:00Z`, contact_id: person ? people[contact ?? 0] : null };
        await aRow(world.arrange, 'touch', { workspace_id: workspaceId, account_id: where, ...row });
      }
      const rows = await withWorkspace(deps.db, workspaceId, (tx) => engagementSums(tx, ids, DAYS, ZONE));
      for (const [n, id] of ids.entries())
        for (const on of DAYS) {
          const slow = slowEngagement(n, contacts, touches, on);
          const found = rows.find((row) => row.accountId === id && row.day === on);
          if (!found) expect(slow.speakers).toBe(0);
          else expect(found).toEqual({ accountId: id, day: on, ...slow });
          expect(found ? engagementScore(found) : null).toBe(engagementScore(slow));
        }
    }),
    { numRuns: 25 },
  );
}, 120_000);
