import type { AccountPages } from '@tideline/contracts/account-page';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf, EditForm, valuesOf } from './edit-shape.ts';

const account = {
  name: 'Northwind',
  status: 'live',
  industry: 'Robotics',
  plan: null,
  region: null,
  contractStart: '2025-03-01',
  fields: { seats: 12, trial: false, note: 'calls on Mondays', nested: { kept: true } },
} as unknown as AccountPages['Page'];
const before = valuesOf(account, 'mara@example.com');

describe('editing an account', () => {
  it('changes nothing where nothing was changed', () => expect(changeOf(account, before, before)).toBeNull());
  it('sends what differs, empties what was emptied', () => {
    expect(changeOf(account, before, { ...before, industry: '', plan: 'Scale', owner: '', status: 'internal', contractStart: '' })).toEqual({
      industry: null,
      plan: 'Scale',
      owner: null,
      status: 'internal',
      contractStart: null,
    });
  });
  it('keeps the kind of a field, drops the ones taken out and leaves alone what it cannot show', () => {
    const fields = [
      { key: 'seats', value: '14' },
      { key: 'trial', value: 'true' },
      { key: 'tier', value: '2' },
    ];
    expect(changeOf(account, before, { ...before, fields })).toEqual({ fields: { seats: 14, trial: true, tier: '2', note: null } });
    expect(changeOf(account, before, { ...before, fields: [{ key: 'seats', value: 'many' }] })).toMatchObject({ fields: { seats: 'many' } });
  });
  it('applied to the account gives what the form says', () => {
    const text = fc.constantFrom('', 'a', 'b');
    fc.assert(
      fc.property(
        fc.record({
          industry: text,
          plan: text,
          region: text,
          fields: fc.uniqueArray(fc.record({ key: fc.constantFrom('seats', 'x', 'y'), value: fc.constantFrom('q', '7') }), { selector: ({ key }) => key }),
        }),
        (said) => {
          const after = { ...before, ...said };
          const body = changeOf(account, before, after) ?? {};
          const stored = { ...account.fields, ...body.fields };
          const merged = {
            ...account,
            ...body,
            fields: Object.fromEntries(Object.entries(stored).filter(([, value]) => value !== null)),
          } as AccountPages['Page'];
          const shown = valuesOf(merged, before.owner);
          const sorted = (pairs: { key: string; value: string }[]) => pairs.toSorted((a, b) => (a.key < b.key ? -1 : 1));
          expect({ ...shown, fields: sorted(shown.fields) }).toEqual({ ...after, fields: sorted(after.fields) });
        },
      ),
    );
  });
  it('refuses two fields of one name, and a day that is none', () => {
    expect(
      EditForm.safeParse({
        ...before,
        fields: [
          { key: 'a', value: '1' },
          { key: ' a', value: '2' },
        ],
      }).success,
    ).toBe(false);
    expect(EditForm.safeParse({ ...before, contractStart: '2026-02-30' }).success).toBe(false);
    expect(EditForm.safeParse({ ...before, name: ' ' }).success).toBe(false);
  });
});
