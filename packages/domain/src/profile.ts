import type { BandThresholds, Weights } from './health.ts';
import type { Measures } from './measure.ts';
import type { ModelConfig } from './model-config.ts';

/** What is known of an account that a profile can ask for. */
export type Traits = { readonly plan: string | null; readonly industry: string | null; readonly region: string | null };
export const TRAITS = ['plan', 'industry', 'region'] as const satisfies readonly (keyof Traits)[];

/** Whom a profile is for: all that is asked must hold. `tenureBelow`: days since first use, of an account never used its age. */
export type ProfileRule = { readonly tenureBelow?: number } & { readonly [K in keyof Traits]?: readonly string[] };

/** Weights and bands of their own for some accounts; everything else is the model's. */
export type Profile = {
  /** Kept with every judgement it made; never given to another. */
  readonly key: string;
  readonly name: string;
  readonly rule: ProfileRule;
  readonly weights: Weights;
  readonly bands: BandThresholds;
};

const plain = (text: string): string => text.trim().toLowerCase();

/** Whether a rule asks for anything: one that does not would take every account. */
export const asksSomething = (rule: ProfileRule): boolean => rule.tenureBelow !== undefined || TRAITS.some((trait) => (rule[trait]?.length ?? 0) > 0);

/** Whether a profile is for an account. */
export const fits = ({ rule }: Pick<Profile, 'rule'>, m: Pick<Measures, 'asOf' | 'firstDay' | 'ageDays' | 'traits'>): boolean => {
  if (!asksSomething(rule)) return false;
  const tenure = m.firstDay === null ? m.ageDays : m.asOf - m.firstDay + 1;
  if (rule.tenureBelow !== undefined && tenure >= rule.tenureBelow) return false;
  return TRAITS.every((trait) => {
    const wanted = rule[trait] ?? [];
    const has = m.traits?.[trait];
    return wanted.length === 0 || (typeof has === 'string' && wanted.some((one) => plain(one) === plain(has)));
  });
};

/** How many accounts a profile fits, and how many it judges: those that no profile before it fits. */
export type Reach = { readonly fits: number; readonly judges: number };
type Fitted = Parameters<typeof fits>[1];

/** The reach of profiles in their order; the accounts that none fits are left to the model itself. */
export const reachOf = (
  profiles: readonly Pick<Profile, 'rule'>[],
  accounts: readonly Fitted[],
): { readonly profiles: readonly Reach[]; readonly rest: number } => {
  const reach = profiles.map(() => ({ fits: 0, judges: 0 }));
  let rest = 0;
  for (const account of accounts) {
    let taken = false;
    profiles.forEach((profile, i) => {
      const own = reach[i];
      if (!own || !fits(profile, account)) return;
      own.fits += 1;
      if (!taken) own.judges += 1;
      taken = true;
    });
    if (!taken) rest += 1;
  }
  return { profiles: reach, rest };
};

/** What keeps a rule from fitting anybody: one thing it asks for that no account has, or null where only the whole is too much. */
export const hindranceIn = (rule: ProfileRule, accounts: readonly Fitted[]): ProfileRule | null => {
  const asked: ProfileRule[] = [
    ...TRAITS.flatMap((trait) => (rule[trait] ? [{ [trait]: rule[trait] }] : [])),
    ...(rule.tenureBelow === undefined ? [] : [{ tenureBelow: rule.tenureBelow }]),
  ];
  return asked.find((one) => asksSomething(one) && !accounts.some((account) => fits({ rule: one }, account))) ?? null;
};

/** The model as an account was judged by it: with the weights and bands of its profile. */
export const profiled = (config: ModelConfig, key: string | null): ModelConfig => {
  const profile = key === null ? undefined : config.profiles?.find((one) => one.key === key);
  return profile ? { ...config, weights: profile.weights, bands: profile.bands, profiles: [] } : config;
};

const traitWords = { plan: 'plan', industry: 'industry', region: 'region' } as const;
/** Whom it is for, as a person would say it. */
export const profileWords = (rule: ProfileRule): string => {
  const asked = TRAITS.flatMap((trait) => {
    const wanted = rule[trait] ?? [];
    return wanted.length === 0 ? [] : [`${traitWords[trait]} ${wanted.join(' or ')}`];
  });
  return [...(rule.tenureBelow === undefined ? [] : [`in use for less than ${rule.tenureBelow} days`]), ...asked].join(', ');
};
