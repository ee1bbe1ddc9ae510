import type { Measures } from '@tideline/domain/measure';
import { fits, hindranceIn, type ProfileRule, profileWords, type Reach, TRAITS } from '@tideline/domain/profile';
import { counted } from '../../../../ui/format.ts';
import type { Edit } from './edit.ts';

export type EditProfile = Edit['profiles'][number];

/** The model as accounts of a profile are judged by it; `key` null: as all others are. */
export const viewOf = (edit: Edit, key: string | null): Edit => {
  const profile = edit.profiles.find((one) => one.key === key);
  return profile ? { ...edit, weights: profile.weights, bands: profile.bands } : edit;
};

/** What was changed of a view, put where it belongs: a profile has weights and bands of its own and nothing else. */
export const withView = (edit: Edit, key: string | null, change: (view: Edit) => Edit): Edit => {
  const after = change(viewOf(edit, key));
  if (!edit.profiles.some((one) => one.key === key)) return after;
  const { weights, bands } = after;
  const profiles = edit.profiles.map((one) => (one.key === key ? { ...one, weights, bands } : one));
  return { ...edit, profiles };
};

/** A key that no profile of the edit has, made of the name. */
export const keyFor = (edit: Edit, name: string): string => {
  const base =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 30) || 'profile';
  const taken = new Set(edit.profiles.map(({ key }) => key));
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(key)) return key;
  }
};

/** Adds a profile behind the others, with the weights and bands of the model; or changes whom one is for. */
export const withProfile = (edit: Edit, { key, name, rule }: Pick<EditProfile, 'key' | 'name' | 'rule'>): Edit =>
  edit.profiles.some((one) => one.key === key)
    ? { ...edit, profiles: edit.profiles.map((one) => (one.key === key ? { ...one, name, rule } : one)) }
    : { ...edit, profiles: [...edit.profiles, { key, name, rule, weights: edit.weights, bands: edit.bands }] };

export const withoutProfile = (edit: Edit, key: string): Edit => ({ ...edit, profiles: edit.profiles.filter((one) => one.key !== key) });

/** One place earlier: the first profile that fits judges an account. */
export const withEarlier = (edit: Edit, key: string): Edit => {
  const at = edit.profiles.findIndex((one) => one.key === key);
  if (at < 1) return edit;
  const profiles = [...edit.profiles];
  const [moved] = profiles.splice(at, 1);
  if (moved) profiles.splice(at - 1, 0, moved);
  return { ...edit, profiles };
};

/** What is wrong with the view, under the names its forms know. */
export const problemsIn = (problems: ReadonlyMap<string, string>, edit: Edit, key: string | null): ReadonlyMap<string, string> => {
  const at = edit.profiles.findIndex((one) => one.key === key);
  if (at === -1) return problems;
  const prefix = `profiles.${at}.`;
  return new Map([...problems].flatMap(([path, message]) => (path.startsWith(prefix) ? [[path.slice(prefix.length), message] as const] : [])));
};

/** The first thing that keeps the edit from being saved, whose it is, and the control that puts it right. */
export type Fault = {
  /** The profile to be chosen before it is seen; null: everybody's. */
  readonly profile: string | null;
  readonly control: string;
  readonly words: string;
  readonly more: number;
};

/** The control that changes whom a profile is for. */
export const profileControl = (key: string): string => `profile.${key}`;

export const faultOf = (problems: ReadonlyMap<string, string>, edit: Edit): Fault | null => {
  const [first] = problems;
  if (!first) return null;
  const [path, message] = first;
  const [, at, own = ''] = /^profiles\.(\d+)\.(.+)$/.exec(path) ?? [];
  const profile = edit.profiles[Number(at)];
  const more = problems.size - 1;
  if (!profile) return { profile: null, control: path, words: message, more };
  const control = own === 'name' || own === 'rule' ? profileControl(profile.key) : own;
  return { profile: profile.key, control, words: `${profile.name}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`, more };
};

/** Values of a trait listed before the rest is counted. */
const LISTED = 5;
const valuesOf = (trait: (typeof TRAITS)[number], accounts: readonly Measures[]): string => {
  const values = [...new Set(accounts.flatMap(({ traits }) => traits?.[trait] ?? []))].toSorted();
  const rest = values.length - LISTED;
  return `${values.slice(0, LISTED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
};

/** Why a profile judges nobody today, as a person can put it right; null: it judges somebody. */
export const emptyWords = (rule: ProfileRule, reach: Reach | undefined, accounts: readonly Measures[]): string | null => {
  if (!reach || reach.judges > 0 || accounts.length === 0) return null;
  if (reach.fits > 0) return `Judges nobody: ${counted(reach.fits, 'account that fits is', 'accounts that fit are')} judged by a profile above it`;
  const hindrance = hindranceIn(rule, accounts);
  if (!hindrance) return 'No account fits all of it today';
  if (hindrance.tenureBelow !== undefined) return `No account is ${profileWords(hindrance)} today`;
  const trait = TRAITS.find((one) => hindrance[one]);
  const there = trait && valuesOf(trait, accounts);
  return `No account has ${profileWords(hindrance)} today: ${there ? `your accounts have ${there}` : `none has ${trait === 'industry' ? 'an' : 'a'} ${trait}`}`;
};

/** How many accounts a rule that is being written would judge, behind the profiles before it; null where it asks for nothing. */
export const reachWords = (rule: ProfileRule, before: readonly Pick<EditProfile, 'rule'>[], accounts: readonly Measures[]): string => {
  const fit = accounts.filter((account) => fits({ rule }, account));
  const judges = fit.filter((account) => !before.some((profile) => fits(profile as { rule: ProfileRule }, account))).length;
  const empty = emptyWords(rule, { fits: fit.length, judges }, accounts);
  if (empty) return `${empty}.`;
  const taken = fit.length - judges;
  return `Would judge ${counted(judges, 'account')} today.${taken > 0 ? ` ${counted(taken, 'more fits and is', 'more fit and are')} judged by a profile above it.` : ''}`;
};
