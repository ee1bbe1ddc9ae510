'use client';
import type { Measures } from '@tideline/domain/measure';
import { asksSomething, type ProfileRule, TRAITS } from '@tideline/domain/profile';
import { useState } from 'react';
import { AskDialog } from '../../../../ui/ask-dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { FormError } from '../../../../ui/form-error.tsx';
import { Input } from '../../../../ui/input.tsx';
import { type EditProfile, reachWords } from './profiles.ts';

type Rule = EditProfile['rule'];
type Props = {
  profile: EditProfile | null;
  names: readonly string[];
  /** Those that are asked first. */
  before: readonly EditProfile[];
  accounts: readonly Measures[] | null;
  onClose: () => void;
  onSave: (name: string, rule: Rule) => void;
};

const labels = { plan: 'Plan', industry: 'Industry', region: 'Region' } as const;
const several = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

/** Asks whom a profile is for. */
export const ProfileDialog = ({ profile, names, before, accounts, onClose, onSave }: Props) => {
  const [name, setName] = useState(profile?.name ?? '');
  const [tenure, setTenure] = useState(String(profile?.rule.tenureBelow ?? ''));
  const [traits, setTraits] = useState(
    () => Object.fromEntries(TRAITS.map((trait) => [trait, (profile?.rule[trait] ?? []).join(', ')])) as Record<(typeof TRAITS)[number], string>,
  );
  const [tried, setTried] = useState(false);
  const days = tenure.trim() === '' ? null : Number(tenure);
  const rule: Rule = {
    ...(days === null ? {} : { tenureBelow: days }),
    ...Object.fromEntries(TRAITS.flatMap((trait) => (several(traits[trait]).length > 0 ? [[trait, several(traits[trait])]] : []))),
  };
  const wrong = {
    name: name.trim() === '' ? 'Give the profile a name' : names.includes(name.trim()) ? 'There is a profile of this name' : undefined,
    tenure: days !== null && !(Number.isInteger(days) && days >= 1 && days <= 3_650) ? 'Write days, 1 to 3,650' : undefined,
    rule: asksSomething(rule as ProfileRule)
      ? undefined
      : 'Say which accounts it is for: days in use, plan, industry or region. Without one it would take all of them.',
  };
  const submit = () => {
    setTried(true);
    if (!wrong.name && !wrong.tenure && !wrong.rule) onSave(name.trim(), rule);
  };
  return (
    <AskDialog
      title={profile ? `Whom ${profile.name} is for` : 'A profile'}
      description="All that is asked must hold. The first profile in the list that fits judges an account; nothing changes before you publish."
      action={profile ? 'Keep it so' : 'Add the profile'}
      onClose={onClose}
      onSubmit={submit}
    >
      <FormError>{tried && !wrong.tenure ? wrong.rule : undefined}</FormError>
      <Field label="Name" error={tried ? wrong.name : undefined}>
        {(control) => <Input {...control} value={name} maxLength={60} placeholder="Onboarding" onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label="In use for less than, days" optional error={tried ? wrong.tenure : undefined}>
        {(control) => <Input {...control} inputMode="numeric" value={tenure} onChange={(event) => setTenure(event.target.value)} />}
      </Field>
      {TRAITS.map((trait) => (
        <Field
          key={trait}
          label={labels[trait]}
          optional
          help={trait === 'plan' ? 'As it stands on the account; several with commas between them.' : undefined}
        >
          {(control) => <Input {...control} value={traits[trait]} onChange={(event) => setTraits((before) => ({ ...before, [trait]: event.target.value }))} />}
        </Field>
      ))}
      <p role="status" className="min-h-4 text-12 text-text-2">
        {accounts && !wrong.rule && !wrong.tenure && reachWords(rule as ProfileRule, before, accounts)}
      </p>
    </AskDialog>
  );
};
