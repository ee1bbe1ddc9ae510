'use client';
import { KeyBody, keyScopes } from '@tideline/contracts/api-key';
import type { KeyScope } from '@tideline/contracts/operation';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Controller, FormProvider } from 'react-hook-form';
import { api } from '../../../../../lib/api.ts';
import { showProblem, useContractForm } from '../../../../../lib/form.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Checkbox } from '../../../../../ui/checkbox.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../../../../ui/field.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import { Input } from '../../../../../ui/input.tsx';
import { Secret } from '../../../../../ui/secret.tsx';
import { Select } from '../../../../../ui/select.tsx';
import { KeyRules } from './key-rules.tsx';

export const CreateKeyButton = ({ workspace }: { workspace: string }) => {
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState<string | null>(null);
  const show = (next: boolean) => {
    setOpen(next);
    if (next) setKey(null);
  };
  return (
    <>
      <Button look="primary" icon={<Plus aria-hidden />} onClick={() => show(true)}>
        Create a key
      </Button>
      <Dialog open={open} onOpenChange={show} title={key ? 'Your new key' : 'Create an API key'} width="sm">
        {key ? (
          <Secret value={key} label="API key" note="Shown once: copy it now. Only its hash is kept." />
        ) : (
          <KeyForm workspace={workspace} onCreated={setKey} />
        )}
      </Dialog>
    </>
  );
};

const scopes = Object.entries(keyScopes).map(([value, words]) => ({ value: value as KeyScope, words }));
const NEVER = 'never';
const lifetimes = [
  { value: NEVER, label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
];

type ScopeProps = { chosen: readonly KeyScope[]; onChange: (chosen: KeyScope[]) => void; error: string | undefined };

const ScopeField = ({ chosen, onChange, error }: ScopeProps) => (
  <fieldset>
    <legend className="mb-1 text-12 text-text-2">It may</legend>
    {scopes.map(({ value, words }) => (
      <ChoiceField
        key={value}
        label={value}
        help={words}
        control={(id) => (
          <Checkbox
            id={id}
            checked={chosen.includes(value)}
            onCheckedChange={(on) => onChange(on === true ? [...chosen, value] : chosen.filter((one) => one !== value))}
          />
        )}
      />
    ))}
    {error && (
      <p role="alert" className="mt-1 text-12 text-risk-text">
        {error}
      </p>
    )}
  </fieldset>
);

const KeyForm = ({ workspace, onCreated }: { workspace: string; onCreated: (key: string) => void }) => {
  const router = useRouter();
  const form = useContractForm(KeyBody, { name: '', scopes: ['ingest'], expiresInDays: null, sourceAddresses: [], eventsPerMinute: null });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      onCreated((await api(workspace).call('createApiKey', { body })).key);
      router.refresh();
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormError>{errors.root?.message}</FormError>
        <Field label="Name" help="What uses it: you will know which to revoke." error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register('name')} />}
        </Field>
        <Controller
          control={form.control}
          name="scopes"
          render={({ field }) => <ScopeField chosen={field.value} onChange={field.onChange} error={errors.scopes?.message} />}
        />
        <Controller
          control={form.control}
          name="expiresInDays"
          render={({ field }) => (
            <Field label="Expires">
              {(control) => (
                <Select
                  {...control}
                  options={lifetimes}
                  value={field.value === null || field.value === undefined ? NEVER : String(field.value)}
                  onChange={(next) => field.onChange(next === NEVER ? null : Number(next))}
                />
              )}
            </Field>
          )}
        />
        <KeyRules />
        <Button look="primary" type="submit" busy={isSubmitting} className="self-end">
          Create the key
        </Button>
      </form>
    </FormProvider>
  );
};
