/**
 * How an account's usage goes over its life. `level(t)` multiplies its ordinary usage, `presence(t)` its chance
 * to be active; `age` and `toEnd` are days since its start and until the last day of the demo.
 */
export type Story = { share: number; startsWithinDays?: readonly [number, number]; level(at: Moment): number; presence(at: Moment): number };
export type Moment = { age: number; toEnd: number; /** 0 to 1, the account's own draw: when and how strongly its story happens. */ own: number };

const clip = (x: number): number => Math.min(1, Math.max(0, x));
/** 1 before `from` days to the end, falling to `floor` over `over` days. */
const decline = (toEnd: number, from: number, over: number, floor: number): number => 1 - (1 - floor) * clip((from - toEnd) / over);
const always = (): number => 1;

export const stories = {
  steady: { share: 0.3, level: ({ age, own }) => 1 + ((0.25 * own - 0.05) * age) / 365, presence: always },
  bigAndFlat: { share: 0.07, level: always, presence: always },
  growing: { share: 0.11, level: ({ age, own }) => (1 + 0.35 + 0.6 * own) ** (Math.min(age, 900) / 365), presence: always },
  surging: {
    share: 0.05,
    level: ({ age, toEnd, own }) => (1 + 0.2 * own) ** (age / 365) * (1 + (0.9 + own) * clip((110 - toEnd) / 100)),
    presence: always,
  },
  slowDeath: {
    share: 0.08,
    level: ({ toEnd, own }) => decline(toEnd, 70 + 200 * own, 150, 0.08),
    presence: ({ toEnd, own }) => decline(toEnd, 40 + 160 * own, 160, 0.15),
  },
  suddenStop: { share: 0.06, level: always, presence: ({ toEnd, own }) => (toEnd < 3 + 60 * own * own ? 0 : 1) },
  optimiser: { share: 0.05, level: ({ toEnd, own }) => decline(toEnd, 25 + 60 * own, 20, 0.42), presence: always },
  seasonal: { share: 0.06, level: ({ toEnd, own }) => 1 + 0.55 * Math.sin((2 * Math.PI * (toEnd + 365 * own)) / 365), presence: always },
  pausedAndBack: {
    share: 0.04,
    level: always,
    presence: ({ toEnd, own }) => (toEnd < 190 + 150 * own && toEnd > 120 + 120 * own ? 0 : 1),
  },
  leftLongAgo: {
    share: 0.08,
    level: ({ toEnd, own }) => decline(toEnd, 260 + 420 * own, 60, 0.1),
    presence: ({ toEnd, own }) => (toEnd < 200 + 420 * own ? 0 : 1),
  },
  newAndWell: { share: 0.05, startsWithinDays: [12, 80], level: ({ age }) => 0.2 + 0.8 * clip(age / 45), presence: always },
  newAndStalled: {
    share: 0.05,
    startsWithinDays: [10, 58],
    level: () => 0.06,
    presence: ({ age, own }) => (age < 2 + 6 * own ? 1 : 0.02),
  },
} as const satisfies Record<string, Story>;

export type StoryName = keyof typeof stories;

const QUIET_DAYS = 32;

/**
 * Life after the last told day, when a demo is started again later: each account falls silent, or saves, for some weeks about
 * once a year, so that there is always something new to see. What is told up to that day does not change.
 */
export const afterwards = ({ toEnd, own }: Moment): { level: number; presence: number } => {
  const [when, how] = [(own * 7_919) % 1, (own * 104_729) % 1];
  const place = -toEnd - 400 * when;
  if (toEnd >= 0 || place < 0 || place % 400 >= QUIET_DAYS) return { level: 1, presence: 1 };
  return how < 0.6 ? { level: 1, presence: 0 } : { level: 0.35, presence: 0.8 };
};
