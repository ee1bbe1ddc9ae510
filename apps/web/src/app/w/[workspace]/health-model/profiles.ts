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
