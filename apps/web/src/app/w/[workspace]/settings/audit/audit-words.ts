/** Past tense of the verbs that actions end with; others are shown as they are. */
const verbs: Record<string, string> = {
  create: 'created',
  change: 'changed',
  update: 'changed',
  remove: 'removed',
  delete: 'deleted',
  revoke: 'revoked',
  publish: 'published',
  archive: 'archived',
  withdraw: 'withdrew',
  join: 'joined as',
  role: 'changed the role of',
  'reset-link': 'made a reset link for',
};

/** `member.remove` → "removed member". */
export const wordsOf = (action: string): string => {
  const dot = action.lastIndexOf('.');
  const [target, verb] = [action.slice(0, Math.max(0, dot)).replaceAll(/[-.]/g, ' '), action.slice(dot + 1)];
  return `${verbs[verb] ?? verb.replaceAll('-', ' ')} ${target}`.trim();
};

const text = (value: unknown): string => {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
/** Words of the code that people write otherwise. */
const spelled: Record<string, string> = { slug: 'address', nrr: 'NRR', csm: 'CSM', url: 'URL' };
/** `nrrTarget` → "NRR target", `meterId` → "meter". */
const named = (field: string): string =>
  field
    .replace(/(?<=[a-z])Id$/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .replaceAll(/[a-z]+/g, (word) => spelled[word] ?? word);

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Long values are cut for the screen; the log keeps them whole. */
const short = (value: unknown, names: Readonly<Record<string, string>>): string => {
  const whole = text(value).replaceAll(ID, (id) => names[id] ?? id);
  return whole.length > 120 ? `${whole.slice(0, 120)}…` : whole;
};

export type FieldChange = { field: string; from: string | null; to: string };

/** What differs between before and after; `from` null for what is new. `names`: of what is told of by its id. */
export const changesIn = (
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
  names: Readonly<Record<string, string>> = {},
): FieldChange[] => {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .filter((field) => text(before?.[field]) !== text(after?.[field]) || !before || !after)
    .map((field) => ({
      field: named(field),
      from: before && field in before ? short(before[field], names) : null,
      to: after && field in after ? short(after[field], names) : '',
    }));
};
