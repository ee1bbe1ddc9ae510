'use client';
import { milestoneOperations } from '@tideline/contracts/milestone';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Controller, useWatch } from 'react-hook-form';
import type * as z from 'zod';
import { api } from '../../../../../lib/api.ts';
import { showProblem, useContractForm } from '../../../../../lib/form.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Checkbox } from '../../../../../ui/checkbox.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../../../../ui/field.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import { Input } from '../../../../../ui/input.tsx';
import { Select } from '../../../../../ui/select.tsx';
import { done } from '../../../../../ui/toast.tsx';

export type MeterChoice = { id: string; name: string; unit: string };
const Body = milestoneOperations.createMilestone.body;
type Fields = z.input<typeof Body>;
type Wrap = { workspace: string; meters: readonly MeterChoice[] };

export const NewMilestone = ({ suggestFirst, ...wrap }: Wrap & { /** No milestone means first value yet. */ suggestFirst: boolean }) => {
  const [open, setOpen] = useState(false);
  const first = wrap.meters[0]?.id ?? '';
  return (
    <>
      <Button look="primary" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        New milestone
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="New milestone" width="sm">
        <MilestoneForm {...wrap} id={null} fields={{ name: '', meterId: first, threshold: '', firstValue: suggestFirst }} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
};

export const EditMilestone = ({
  milestone,
  open,
  onOpenChange,
  ...wrap
}: Wrap & { milestone: Required<Fields> & { id: string }; open: boolean; onOpenChange: (open: boolean) => void }) => {
  const { id, name, meterId, threshold, firstValue } = milestone;
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Edit ${name}`} width="sm">
      <MilestoneForm {...wrap} id={id} fields={{ name, meterId, threshold, firstValue }} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
};

const MilestoneForm = ({ workspace, meters, id, fields, onDone }: Wrap & { id: string | null; fields: Fields; onDone: () => void }) => {
  const router = useRouter();
  const form = useContractForm(Body, fields);
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      if (id === null) await api(workspace).call('createMilestone', { body });
      else await api(workspace).call('changeMilestone', { params: { id }, body });
      done('Saved. Who has reached it is being worked out.');
      onDone();
      router.refresh();
    } catch (error) {
      showProblem(form, error);
    }
  });
  const meterId = useWatch({ control: form.control, name: 'meterId' });
  const unit = meters.find((meter) => meter.id === meterId)?.unit ?? '';
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError>{errors.root?.message}</FormError>
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} placeholder="First hundred calls" />}
      </Field>
      <Controller
        control={form.control}
        name="meterId"
        render={({ field, fieldState }) => (
          <Field label="Meter" error={fieldState.error?.message}>
            {(control) => (
              <Select {...control} options={meters.map(({ id: value, name }) => ({ value, label: name }))} value={field.value} onChange={field.onChange} />
            )}
          </Field>
        )}
      />
      <Field label={`Reached at, ${unit} in total`} help="Added up from the account’s first usage on." error={errors.threshold?.message}>
        {(control) => <Input {...control} {...form.register('threshold')} numeric placeholder="100" className="max-w-40" />}
      </Field>
      <Controller
        control={form.control}
        name="firstValue"
        render={({ field }) => (
          <ChoiceField
            label="This is first value"
            help="Time to first value ends here, and onboarding with it. One milestone carries this; it moves here from any other."
            control={(control) => <Checkbox id={control} checked={field.value ?? false} onCheckedChange={(on) => field.onChange(on === true)} />}
          />
        )}
      />
      <Button look="primary" type="submit" busy={isSubmitting} className="self-end">
        {id === null ? 'Create the milestone' : 'Save changes'}
      </Button>
    </form>
  );
};
