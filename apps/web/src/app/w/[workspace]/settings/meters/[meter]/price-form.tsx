'use client';
import { UnitPrice } from '@tideline/contracts/meter';
import { isDay, type Day } from '@tideline/domain/calendar';
import { useWatch } from 'react-hook-form';
import * as z from 'zod';
import { api } from '../../../../../../lib/api.ts';
import { showProblem, useContractForm } from '../../../../../../lib/form.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { Field } from '../../../../../../ui/field.tsx';
import { FormError } from '../../../../../../ui/form-error.tsx';
import { shortDay, unitPrice, type Reader } from '../../../../../../ui/format.ts';
import { Input } from '../../../../../../ui/input.tsx';
import { done } from '../../../../../../ui/toast.tsx';

const Shape = z.object({ unitPrice: z.string().trim().pipe(UnitPrice), effectiveFrom: z.string().refine((text) => isDay(text), { error: 'Choose a day' }) });

type Props = {
  workspace: string;
  meter: { id: string; name: string; unit: string };
  currency: string;
  /** There is no price yet. */
  first: boolean;
  today: Day;
  reader: Reader;
  onSet: () => void;
};

export const PriceForm = ({ workspace, meter, currency, first, today, reader, onSet }: Props) => {
  const form = useContractForm(Shape, { unitPrice: '', effectiveFrom: today });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      const price = await api(workspace).call('setPrice', { params: { id: meter.id }, body });
      done(`${meter.name}: ${unitPrice(price.unitPrice, price.currency)} from ${shortDay(price.effectiveFrom as Day, reader)}`);
      onSet();
    } catch (error) {
      showProblem(form, error);
    }
  });
  const from = useWatch({ control: form.control, name: 'effectiveFrom' });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError>{errors.root?.message}</FormError>
      <Field label={`${currency} for a unit (${meter.unit})`} help="0 stops charging from that day on." error={errors.unitPrice?.message}>
        {(control) => <Input {...control} {...form.register('unitPrice')} numeric placeholder="0.0025" className="max-w-40" />}
      </Field>
      <Field label="From" error={errors.effectiveFrom?.message}>
        {(control) => <Input {...control} {...form.register('effectiveFrom')} type="date" className="max-w-40" />}
      </Field>
      <p aria-live="polite" className="text-12 text-text-2">
        {isDay(from) && effect(from, { first, today, reader })}
      </p>
      <Button look="primary" type="submit" busy={isSubmitting} className="self-end">
        Set the price
      </Button>
    </form>
  );
};

/** What happens to money that is in the books already. */
const effect = (from: Day, { first, today, reader }: Pick<Props, 'first' | 'today' | 'reader'>): string => {
  if (from > today) return `Nothing changes before ${shortDay(from, reader)}.`;
  if (from === today) return 'Holds from today on; revenue of earlier days stays as it is.';
  return first
    ? `Revenue is worked out for every day since ${shortDay(from, reader)}, and accounts are judged by it.`
    : `Revenue of every day since ${shortDay(from, reader)} is worked out anew, up to the next price; retention and scores follow.`;
};
