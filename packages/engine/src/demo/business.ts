import { addDays, startOfDay, type Day } from '@tideline/domain/calendar';
import { demoAccounts, type BusinessShape, type DemoAccount } from './company.ts';
import { randomFrom, seedOf } from './random.ts';
import { usageOn } from './usage.ts';

/** Everybody in the demo signs in with this; it is printed at start and works on demo workspaces only. */
export const DEMO_PASSWORD = 'tideline-demo';

type DemoMeter = {
  key: string;
  name: string;
  unit: string;
  event: string;
  aggregation: 'SUM' | 'LAST';
  /** Decimal places of a quantity. */
  places: number;
  level: number;
  unitPrice: string;
  adoption: number;
};
export type DemoPerson = { name: string; email: string; role: 'ADMIN' | 'LEADER' | 'CSM' | 'VIEWER' };
export type DemoBusiness = {
  slug: string;
  name: string;
  timezone: string;
  currency: string;
  accounts: number;
  months: number;
  /** Judged as on a day in the past, which can be moved on by hand or by `pnpm simulate --fast`. */
  pinned: boolean;
  meters: readonly DemoMeter[];
  people: readonly DemoPerson[];
  firstValue: { name: string; meter: string; threshold: string };
};

/** The two workspaces of the demo. The first is the one a stranger meets; the second proves the wall between them. */
export const businesses = [
  {
    slug: 'lumenforge',
    name: 'Lumenforge',
    timezone: 'America/New_York',
    currency: 'USD',
    accounts: 400,
    months: 36,
    pinned: false,
    meters: [
      {
        key: 'api_calls',
        name: 'API calls',
        unit: 'calls',
        event: 'api.calls',
        aggregation: 'SUM',
        places: 0,
        level: 120_000,
        unitPrice: '0.0004',
        adoption: 1,
      },
      {
        key: 'job_minutes',
        name: 'Job minutes',
        unit: 'minutes',
        event: 'job.finished',
        aggregation: 'SUM',
        places: 1,
        level: 2_600,
        unitPrice: '0.012',
        adoption: 0.7,
      },
      { key: 'storage', name: 'Storage', unit: 'GB', event: 'storage.level', aggregation: 'LAST', places: 1, level: 900, unitPrice: '0.08', adoption: 0.6 },
    ],
    people: [
      { name: 'Mara Oyelund', email: 'mara@lumenforge.example', role: 'CSM' },
      { name: 'Teo Brandvik', email: 'teo@lumenforge.example', role: 'CSM' },
      { name: 'Priya Ansel', email: 'priya@lumenforge.example', role: 'CSM' },
      { name: 'Jonas Wherrett', email: 'jonas@lumenforge.example', role: 'CSM' },
      { name: 'Sunniva Achebe', email: 'sunniva@lumenforge.example', role: 'LEADER' },
      { name: 'Ada Lindqvist', email: 'ada@lumenforge.example', role: 'ADMIN' },
    ],
    firstValue: { name: 'First production job', meter: 'job_minutes', threshold: '500' },
  },
  {
    slug: 'tidepool',
    name: 'Tidepool Messaging',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    accounts: 60,
    months: 20,
    pinned: true,
    meters: [
      {
        key: 'messages',
        name: 'Messages',
        unit: 'messages',
        event: 'message.sent',
        aggregation: 'SUM',
        places: 0,
        level: 9_000,
        unitPrice: '0.006',
        adoption: 1,
      },
      {
        key: 'numbers',
        name: 'Phone numbers',
        unit: 'numbers',
        event: 'numbers.level',
        aggregation: 'LAST',
        places: 0,
        level: 40,
        unitPrice: '1.10',
        adoption: 0.5,
      },
    ],
    people: [
      { name: 'Lena Vogt', email: 'lena@tidepool.example', role: 'CSM' },
      { name: 'Ada Lindqvist', email: 'ada@lumenforge.example', role: 'ADMIN' },
    ],
    firstValue: { name: 'First 1,000 messages', meter: 'messages', threshold: '1000' },
  },
] as const satisfies readonly DemoBusiness[];

const shapeOf = (business: DemoBusiness): BusinessShape => ({
  key: business.slug.slice(0, 3),
  accounts: business.accounts,
  owners: business.people.filter((person) => person.role === 'CSM').length,
  months: business.months,
  meters: business.meters.map((meter) => ({
    level: meter.level,
    unitPrice: Number(meter.unitPrice),
    adoption: meter.adoption,
    gauge: meter.aggregation === 'LAST',
  })),
});

/** The accounts of a business whose story is told up to `anchor`, the last complete day when the demo was made. */
export const accountsOf = (business: DemoBusiness, anchor: Day): DemoAccount[] => demoAccounts(shapeOf(business), anchor);

export type DemoEvent = { id: string; account: string; event: string; timestamp: string; value: string };

/** All usage of one day as events, with ids that are the same however often the day is written. */
export const eventsOn = (business: DemoBusiness, accounts: readonly DemoAccount[], at: Day, anchor: Day): DemoEvent[] => {
  const gauges = business.meters.map((meter) => meter.aggregation === 'LAST');
  const dayStart = startOfDay(at, business.timezone).getTime();
  return accounts.flatMap((account) => {
    const usage = usageOn(account, at, anchor, gauges);
    if (!usage) return [];
    const random = randomFrom(seedOf(`${account.externalId}/${at}`));
    return business.meters.flatMap((meter, m) => {
      const value = usage[m] ?? 0;
      const time = new Date(dayStart + Math.floor(random.between(0.3, 0.95) * 82_800_000)).toISOString();
      if (value <= 0) return [];
      return [
        {
          id: `${account.externalId}/${meter.key}/${at}`,
          account: account.externalId,
          event: meter.event,
          timestamp: time,
          value: value.toFixed(meter.places),
        },
      ];
    });
  });
};

/** The first day on which any account may have usage. */
export const firstDayOf = (business: DemoBusiness, anchor: Day): Day => addDays(anchor, -business.months * 30);
