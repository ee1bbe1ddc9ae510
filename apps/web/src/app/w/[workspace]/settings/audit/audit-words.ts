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
/** `nrrTarget` → "nrr target". */
const named = (field: string): string =>
  field
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
/** Long values are cut for the screen; the log keeps them whole. */
const short = (value: unknown): string => {
  const whole = text(value);
  return whole.length > 120 ? `${whole.slice(0, 120)}…` : whole;
};

export type FieldChange = { field: string; from: string | null; to: string };

/** What differs between before and after; `from` null for what is new. */
export const changesIn = (before: Record<string, unknown> | null, after: Record<string, unknown> | null): FieldChange[] => {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .filter((field) => text(before?.[field]) !== text(after?.[field]) || !before || !after)
    .map((field) => ({
      field: named(field),
      from: before && field in before ? short(before[field]) : null,
      to: after && field in after ? short(after[field]) : '',
    }));
};
