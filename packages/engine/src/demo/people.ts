import { insertDemoContacts } from '@tideline/db/write/demo';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { addDays, dayOf, daysFromTo, maxDay, startOfDay, type Day } from '@tideline/domain/calendar';
import type { ContactRole } from '@tideline/domain/contact';
import type { TicketSeverity } from '@tideline/domain/ticket';
import type { Deps } from '../deps.ts';
import { storeStated } from '../stated.ts';
import { ticketKind } from '../ticket.ts';
import { accountsOf, type DemoBusiness } from './business.ts';
import type { DemoAccount } from './company.ts';
import { randomFrom, seedOf, type Random } from './random.ts';

const GIVEN =
  'Ana Bashir Clara Diego Emeka Freya Gustav Hana Ilse Jonas Kavita Leif Maren Nadia Oskar Priya Quentin Rosa Sven Tomoko Ulla Viktor Wanjiru Yusuf'.split(' ');
const FAMILY =
  'Abara Brandt Castellan Dvorak Eriksen Farouk Grieve Halvorsen Ibarra Jansen Kowalski Lindqvist Moreau Nakamura Okafor Petrov Quist Rasmussen Sato Tamm Urbina Velez Weiss Zorn'.split(
    ' ',
  );
const TITLES: Record<ContactRole, readonly string[]> = {
  champion: ['Platform lead', 'Head of data', 'Engineering manager', 'Head of operations'],
  executive_sponsor: ['CTO', 'VP Engineering', 'COO', 'CFO'],
  user: ['Data engineer', 'Software engineer', 'Analyst', 'Operations engineer'],
  other: ['Procurement', 'Finance partner', 'Security officer'],
};
const PEOPLE = { Starter: 2, Growth: 3, Enterprise: 5 } as const satisfies Record<DemoAccount['plan'], number>;

const rolesOf = (random: Random, plan: DemoAccount['plan']): ContactRole[] => {
  const many = 1 + Math.floor(random.next() * PEOPLE[plan]);
  const first: ContactRole = random.chance(0.85) ? 'champion' : 'user';
  const sponsor: ContactRole[] = plan !== 'Starter' && random.chance(0.7) ? ['executive_sponsor'] : [];
  return [first, ...sponsor, ...Array.from({ length: many - 1 }, (): ContactRole => (random.chance(0.75) ? 'user' : 'other'))];
};

/** The people of an account, known since it became a customer; some have left since. */
const contactsOf = ({ externalId, name, plan, start }: DemoAccount, anchor: Day) => {
  const random = randomFrom(seedOf(`${externalId}/people`));
  const domain = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.example`;
  return rolesOf(random, plan).map((role, i) => {
    const [given, family] = [random.pick(GIVEN), random.pick(FAMILY)];
    const away = random.chance(0.08) ? maxDay(start, addDays(anchor, -Math.floor(random.between(5, 200)))) : null;
    const who = { name: `${given} ${family}`, email: `${given}.${family}@${domain}`.toLowerCase(), title: random.pick(TITLES[role]), role };
    return { ...who, externalId: `${externalId}-c${i + 1}`, account: externalId, leftOn: away, since: start };
  });
};

/** Gives the demo's accounts their people; those who are there stay as they are. */
export const peopleDemo = (tx: WorkspaceTx, accounts: readonly DemoAccount[], anchor: Day): Promise<void> =>
  insertDemoContacts(
    tx,
    accounts.flatMap((account) => contactsOf(account, anchor)),
  );

/** How often a customer of a plan asks on a day, and how long an answer takes at most. */
const RATES = { Starter: 0.003, Growth: 0.01, Enterprise: 0.028 } as const satisfies Record<DemoAccount['plan'], number>;
const SEVERITIES = [
  { severity: 'urgent', share: 0.06, days: 3 },
  { severity: 'high', share: 0.2, days: 9 },
  { severity: 'normal', share: 0.5, days: 21 },
  { severity: 'low', share: 1, days: 45 },
] as const satisfies readonly { severity: TicketSeverity; share: number; days: number }[];
const LONGEST_DAYS = 45;
const SUBJECTS = {
  urgent: ['All jobs fail since this morning', 'API answers 500 in production', 'Cannot sign in, everybody'],
  high: ['Throughput dropped by half', 'Export stops after 10,000 rows', 'Webhook deliveries arrive an hour late', 'Quota reached although usage is below it'],
  normal: ['How do we rotate keys without downtime?', 'Invoice shows another unit than the contract', 'Retry policy for batch jobs', 'Region of stored data'],
  low: ['Typo in the reference', 'Dark theme on the status page', 'Wish: a CSV of all keys', 'Rename a workspace'],
} as const satisfies Record<TicketSeverity, readonly string[]>;

const ticketOn = ({ externalId, plan, own }: DemoAccount, business: DemoBusiness, at: Day) => {
  const random = randomFrom(seedOf(`${externalId}/ticket/${at}`));
  if (!random.chance(RATES[plan] * (0.3 + 2.2 * own))) return null;
  const draw = random.next();
  const { severity, days } = SEVERITIES.find(({ share }) => draw < share) ?? SEVERITIES[2];
  const opened = new Date(startOfDay(at, business.timezone).getTime() + Math.floor(random.between(7, 21) * 3_600_000));
  const closed = new Date(opened.getTime() + Math.floor(days * random.between(0.03, 1) * 86_400_000));
  const subject = random.pick(SUBJECTS[severity]);
  const key = `${externalId}-${at.replaceAll('-', '')}`;
  return { externalId: key, account: externalId, subject, severity, opened, closed, url: `https://help.${business.slug}.example/tickets/${key}` };
};

/** The tickets that were opened or closed on these days, as they stood at the end of the last. The same days always hold the same. */
export const ticketDemo = async (deps: Deps, workspaceId: string, business: DemoBusiness, anchor: Day, span: { from: Day; to: Day }): Promise<void> => {
  const ended = startOfDay(addDays(span.to, 1), business.timezone);
  const items = accountsOf(business, anchor).flatMap((account) =>
    daysFromTo(maxDay(account.start, addDays(span.from, -LONGEST_DAYS)), span.to).flatMap((at) => {
      const ticket = ticketOn(account, business, at);
      if (!ticket) return [];
      const { opened, closed, ...said } = ticket;
      if (at < span.from && (closed >= ended || dayOf(closed, business.timezone) < span.from)) return []; // nothing became of it on these days
      return [{ ...said, openedAt: opened.toISOString(), closedAt: closed < ended ? closed.toISOString() : null }];
    }),
  );
  if (items.length > 0) await withWorkspace(deps.db, workspaceId, (tx) => storeStated(tx, ticketKind, items, { at: deps.now(), onlyOwner: null }));
};
