import { isStorable } from '@tideline/contracts/ingest-properties';
import type { StatedAccount } from '@tideline/db/write/import-account';
import { isDay } from '@tideline/domain/calendar';
import { type Fields, isFields } from './step.ts';

const MAX_FIELDS = 100;
const OWN = new Set(['name', 'industry', 'plan', 'region', 'createdAt', 'created_at']);

const label = (value: unknown): string | null => {
  const text = typeof value === 'string' && isStorable(value) ? value.trim().slice(0, 100) : '';
  return text === '' || !isStorable(text) ? null : text;
};

const dayFrom = (value: unknown): StatedAccount['createdDay'] => {
  const day = typeof value === 'string' ? value.slice(0, 10) : '';
  return isDay(day) && day >= '1970-01-01' ? day : null;
};

type Scalar = string | number | boolean;
const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && value.length <= 1_000 && isStorable(value));

/** Texts, numbers and truth values as they are; those one object further down under `outer.inner`. The rest is left out. */
const fieldsFrom = (traits: Fields): Record<string, Scalar> => {
  const pairs = Object.entries(traits).flatMap(([name, value]) =>
    isFields(value) ? Object.entries(value).map(([inner, one]) => [`${name}.${inner}`, one] as const) : [[name, value] as const],
  );
  const kept = pairs.filter((pair): pair is readonly [string, Scalar] => {
    const [name, value] = pair;
    return !OWN.has(name) && name.length > 0 && name.length <= 100 && isStorable(name) && isScalar(value);
  });
  return Object.fromEntries(kept.slice(0, MAX_FIELDS));
};

/** An account as the traits of a group state it: the names every account has, the rest among its fields. */
export const accountOf = (externalId: string, traits: Fields): StatedAccount => ({
  externalId,
  name: label(traits.name),
  ownerId: null,
  status: null,
  industry: label(traits.industry),
  plan: label(traits.plan),
  region: label(traits.region),
  contractStart: null,
  createdDay: dayFrom(traits.createdAt ?? traits.created_at),
  fields: fieldsFrom(traits),
});

/** What is said later stands, and adds to what was said before. */
export const mergedAccount = (before: StatedAccount | undefined, later: StatedAccount): StatedAccount => {
  if (!before) return later;
  const said = Object.fromEntries(Object.entries(later).filter(([, value]) => value !== null)) as StatedAccount;
  return { ...before, ...said, fields: { ...before.fields, ...later.fields } };
};
