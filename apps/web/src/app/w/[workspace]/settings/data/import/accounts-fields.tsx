'use client';
import { MultiCombobox } from '../../../../../../ui/combobox.tsx';
import { Field } from '../../../../../../ui/field.tsx';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { ColumnField, optionsOf } from './column-field.tsx';
import type { AccountsDraft } from './draft.ts';
import type { Look } from './guess.ts';

/** The parts of an account a file may fill, in the words of the screen. */
const parts = {
  name: { label: 'Name', help: '' },
  owner: { label: 'Owner', help: 'E-mail of a member. Accounts without one wait in Unassigned.' },
  status: { label: 'Status', help: 'live, closed, internal or test' },
  industry: { label: 'Industry', help: '' },
  plan: { label: 'Plan', help: '' },
  region: { label: 'Region', help: '' },
  contractStart: { label: 'Contract start', help: 'As YYYY-MM-DD. Time to first value counts from it.' },
  createdDay: { label: 'Created', help: 'As YYYY-MM-DD' },
  parent: { label: 'Part of', help: 'Your key of the account it is part of, which may stand further down.' },
} as const satisfies Partial<Record<keyof AccountsDraft, { label: string; help: string }>>;
type Part = keyof typeof parts;

type Props = { look: Look; accounts: AccountsDraft; missing: { account?: string }; onChange: (next: AccountsDraft) => void };

const without = (accounts: AccountsDraft, key: keyof AccountsDraft): AccountsDraft =>
  Object.fromEntries(Object.entries(accounts).filter(([name]) => name !== key));

/** Which columns become which part of an account. */
export const AccountsFields = ({ look, accounts, missing, onChange }: Props) => {
  const set = (key: 'account' | Part, column: string | undefined) =>
    onChange(column === undefined ? without(accounts, key) : { ...accounts, [key]: { column } });
  return (
    <section className="flex flex-col gap-4">
      <SectionTitle title="Who they are" sub="empty cells change nothing" />
      <ColumnField
        look={look}
        label="Account"
        help="Your own key of it."
        value={accounts.account?.column}
        error={missing.account}
        onChange={(column) => set('account', column)}
      />
      {(Object.keys(parts) as Part[]).map((part) => (
        <ColumnField
          key={part}
          look={look}
          label={parts[part].label}
          help={parts[part].help}
          none="Not in the file"
          value={accounts[part]?.column}
          onChange={(column) => set(part, column)}
        />
      ))}
      <Field label="Own fields" help="Kept under the names of their columns." optional>
        {(control) => (
          <MultiCombobox
            {...control}
            label="Own fields"
            placeholder="None"
            options={optionsOf(look, ...(accounts.fields ?? []))}
            values={accounts.fields ?? []}
            onChange={(fields) => onChange({ ...accounts, fields })}
          />
        )}
      </Field>
    </section>
  );
};
