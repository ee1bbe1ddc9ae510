import { addDays, type Day } from '@tideline/domain/calendar';
import { companyName } from './names.ts';
import { randomFrom, seedOf, type Random } from './random.ts';
import { stories, type Story, type StoryName } from './story.ts';

/** A customer of a demo workspace; usage.ts turns it into usage on any day. */
export type DemoAccount = {
  externalId: string;
  name: string;
  industry: string;
  region: string;
  plan: 'Starter' | 'Growth' | 'Enterprise';
  /** Which of the workspace's CSMs owns it; null: waits in Unassigned. */
  owner: number | null;
  start: Day;
  story: StoryName;
  own: number;
  seed: number;
  /** Ordinary daily quantity of each meter, 0 where it does not use it. */
  levels: number[];
  weekdaysOnly: boolean;
  /** Chance to be active on an ordinary working day. */
  presence: number;
  commitment: { start: Day; end: Day; amount: number } | null;
};

export type BusinessShape = {
  key: string;
  accounts: number;
  owners: number;
  months: number;
  /** Ordinary daily quantity of each meter for a middling account, and the money one unit earns. */
  meters: readonly { level: number; unitPrice: number; adoption: number; gauge: boolean }[];
};

const REGIONS = ['North America', 'Europe', 'Europe', 'Asia Pacific', 'Latin America', 'North America'];
const PLANS = [
  { plan: 'Starter', share: 0.45, size: 0.12, presence: [0.12, 0.6] },
  { plan: 'Growth', share: 0.38, size: 1, presence: [0.55, 0.97] },
  { plan: 'Enterprise', share: 0.17, size: 7, presence: [0.9, 1] },
] as const;

const drawByShare = <T extends { share: number }>(random: Random, list: readonly T[]): T => {
  let left = random.next() * list.reduce((total, item) => total + item.share, 0);
  for (const item of list) {
    left -= item.share;
    if (left < 0) return item;
  }
  return list.at(-1) as T;
};

/** All accounts of a demo business that ends on `last`: the same for the same arguments. */
export const demoAccounts = (shape: BusinessShape, last: Day): DemoAccount[] => {
  const taken = new Set<string>();
  return Array.from({ length: shape.accounts }, (_, i) => demoAccount(shape, last, i, taken));
};

const demoAccount = (shape: BusinessShape, last: Day, index: number, taken: Set<string>): DemoAccount => {
  const seed = seedOf(`${shape.key}/${index}`);
  const random = randomFrom(seed);
  const { name, industry } = companyName(random, taken);
  const story = drawByShare(
    random,
    Object.entries<Story>(stories).map(([key, value]) => ({ key: key as StoryName, share: value.share })),
  ).key;
  const plan = drawByShare(random, story === 'bigAndFlat' ? PLANS.slice(2) : PLANS);
  const size = plan.size * Math.exp(0.75 * random.normal());
  const within: readonly [number, number] = (stories[story] as Story).startsWithinDays ?? [100, shape.months * 30];
  // the square root favours the past: most customers of an old business are old
  const start = addDays(last, -Math.round(within[0] + (within[1] - within[0]) * Math.sqrt(random.next())));
  const levels = shape.meters.map((meter, m) => (m === 0 || random.chance(meter.adoption) ? meter.level * size * Math.exp(0.4 * random.normal()) : 0));
  const account = {
    externalId: `${shape.key}-${String(index + 1).padStart(4, '0')}`,
    name,
    industry,
    region: random.pick(REGIONS),
    plan: plan.plan,
    owner: random.chance(0.02) ? null : Math.floor(random.next() * shape.owners),
    start,
    story,
    own: random.next(),
    seed,
    levels,
    weekdaysOnly: random.chance(0.45),
    presence: random.between(plan.presence[0], plan.presence[1]),
  };
  return { ...account, commitment: plan.plan === 'Enterprise' && random.chance(0.75) ? commitmentOf(account, shape, last, random) : null };
};

/** A year's commitment near what the account would use, in round thousands; the running term holds today. */
const commitmentOf = (account: Pick<DemoAccount, 'levels' | 'start'>, shape: BusinessShape, last: Day, random: Random): DemoAccount['commitment'] => {
  const daily = account.levels.reduce((total, level, m) => {
    const meter = shape.meters[m];
    return meter ? total + (level * meter.unitPrice) / (meter.gauge ? 30.4 : 1) : total;
  }, 0);
  const amount = Math.max(5_000, Math.round((daily * 365 * random.between(0.8, 1.5)) / 1_000) * 1_000);
  const start = addDays(last, -Math.round(random.between(40, 330)));
  return { start: start < account.start ? account.start : start, end: addDays(start, 365), amount };
};
