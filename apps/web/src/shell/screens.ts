import {
  BellRing,
  Bell,
  ChartPie,
  Code,
  Database,
  Flag,
  Gauge,
  Inbox,
  KeyRound,
  ScrollText,
  Settings,
  Tag,
  TrendingUp,
  UserRound,
  Users,
  Webhook,
  type LucideIcon,
} from 'lucide-react';

type Screen = {
  label: string;
  /** After `/w/{workspace}`. */ path: string;
  icon: LucideIcon;
  part: 'work' | 'setup';
  /** The letter after `g`. */ go?: string;
  /** More words it is found by. */ also?: string;
};

/** Every screen that has a place in the rail and the palette; the one table both, and the `g` keys, are made from. */
export const screens = {
  triage: { label: 'Triage', path: '/triage', icon: Inbox, part: 'work', go: 't', also: 'home today book' },
  alert: { label: 'Alerts and tasks', path: '/alert', icon: Bell, part: 'work', go: 'l', also: 'inbox todo' },
  account: { label: 'Accounts', path: '/account', icon: Users, part: 'work', go: 'a', also: 'customers companies' },
  revenue: { label: 'Revenue', path: '/revenue', icon: TrendingUp, part: 'work', go: 'r', also: 'nrr grr retention forecast bridge cohorts' },
  portfolio: { label: 'Portfolio', path: '/portfolio', icon: ChartPie, part: 'work', go: 'p', also: 'segments owners distribution' },
  healthModel: { label: 'Health model', path: '/health-model', icon: Gauge, part: 'setup', go: 'h', also: 'weights thresholds score bands backtest' },
  meters: { label: 'Meters and prices', path: '/settings/meters', icon: Tag, part: 'setup', go: 'm', also: 'usage units rating' },
  milestones: { label: 'Milestones', path: '/settings/milestones', icon: Flag, part: 'setup', also: 'first value ttfv onboarding' },
  alertRules: { label: 'Alert rules', path: '/settings/alert-rules', icon: BellRing, part: 'setup', also: 'playbooks plays triggers' },
  webhooks: { label: 'Webhooks', path: '/settings/webhooks', icon: Webhook, part: 'setup', also: 'channels slack mail notify' },
  data: {
    label: 'Data',
    path: '/settings/data',
    icon: Database,
    part: 'setup',
    go: 'd',
    also: 'import csv events rejected refused sources corrections merges duplicates',
  },
  members: { label: 'Members', path: '/settings/members', icon: UserRound, part: 'setup', also: 'people roles invite' },
  keys: { label: 'API keys', path: '/settings/keys', icon: KeyRound, part: 'setup', also: 'tokens secrets' },
  workspace: { label: 'Workspace', path: '/settings/workspace', icon: Settings, part: 'setup', also: 'name time zone currency' },
  audit: { label: 'Audit log', path: '/settings/audit', icon: ScrollText, part: 'setup', also: 'history changes who' },
  developers: { label: 'Developers', path: '/developers', icon: Code, part: 'setup', also: 'api quickstart reference debugger' },
} as const satisfies Record<string, Screen>;
export type ScreenKey = keyof typeof screens;

/** Address of a screen in a workspace. */
export const hrefOf = (workspace: string, key: ScreenKey): string => `/w/${workspace}${screens[key].path}`;

/** All screens but those hidden from this role, in the order of the rail. */
export const screenList = (hidden: readonly ScreenKey[] = []): ({ key: ScreenKey } & Screen)[] =>
  Object.entries(screens)
    .map(([key, screen]) => ({ key: key as ScreenKey, ...screen }))
    .filter(({ key }) => !hidden.includes(key));

/** Whether an address is this screen or a page under it. */
export const isCurrent = (pathname: string, href: string): boolean => pathname === href || pathname.startsWith(`${href}/`);
