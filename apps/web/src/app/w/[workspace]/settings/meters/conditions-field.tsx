'use client';
import { operators, type Operator } from '@tideline/domain/condition';
import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { Controller, useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { Button } from '../../../../../ui/button.tsx';
import { IconButton } from '../../../../../ui/icon-button.tsx';
import { Input } from '../../../../../ui/input.tsx';
import { Select } from '../../../../../ui/select.tsx';
import { ABSENT, newCondition, PRESENT, type ConditionForm, type MeterForm } from './meter-shape.ts';

type List = 'filter' | 'activityFilter';
type Props = {
  list: List;
  legend: string;
  help: string;
  /** Property names seen in events, offered while typing. */
  seen: readonly string[];
};

/** Conditions that must all hold; none takes every event. */
export const ConditionsField = ({ list, legend, help, seen }: Props) => {
  const { control } = useFormContext<MeterForm>();
  const { fields, append, remove } = useFieldArray({ control, name: list });
  const names = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="text-12 text-text-2">{legend}</legend>
      <p className="mt-1 text-12 text-text-3">{help}</p>
      <datalist id={names}>
        {seen.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {fields.length > 0 && (
        <ul className="mt-2 flex flex-col gap-2">
          {fields.map((field, index) => (
            <li key={field.id}>
              <ConditionRow list={list} index={index} names={names} onRemove={() => remove(index)} />
            </li>
          ))}
        </ul>
      )}
      <Button look="ghost" size="sm" icon={<Plus aria-hidden />} className="mt-1 -ml-2" onClick={() => append(newCondition)}>
        {fields.length === 0 ? 'Add a condition' : 'Add another; all must hold'}
      </Button>
    </fieldset>
  );
};

const ON = [
  { value: 'property', label: 'Property' },
  { value: 'value', label: 'Value' },
] as const;
const OPERATORS = Object.entries(operators).map(([value, { words }]) => ({ value: value as Operator, label: value === 'exists' ? 'is' : words }));
const EXISTS = [
  { value: PRESENT, label: 'present' },
  { value: ABSENT, label: 'absent' },
] as const;
const hints: Partial<Record<Operator, string>> = {
  in: 'pro, team, enterprise',
  starts_with: 'C',
  not_starts_with: 'C',
  gt: '0',
  gte: '0',
  lt: '100',
  lte: '100',
};

const ConditionRow = ({ list, index, names, onRemove }: { list: List; index: number; names: string; onRemove: () => void }) => {
  const { control, register, setValue, formState } = useFormContext<MeterForm>();
  const condition: ConditionForm = useWatch({ control, name: `${list}.${index}` });
  const faults = formState.errors[list]?.[index];
  const error = faults?.name?.message ?? faults?.value?.message;
  const errorId = `${list}-${index}-error`;
  const wrong = error ? { 'aria-invalid': true as const, 'aria-describedby': errorId } : {};
  const nth = `condition ${index + 1}`;
  return (
    <>
      <div className="flex items-center gap-1.5 max-sm:flex-wrap">
        <Controller
          control={control}
          name={`${list}.${index}.on`}
          render={({ field }) => (
            <Select aria-label={`What ${nth} looks at`} className="w-26 flex-none" options={ON} value={field.value} onChange={field.onChange} />
          )}
        />
        {condition.on === 'property' && (
          <Input
            aria-label={`Property of ${nth}`}
            placeholder="kind"
            list={names}
            spellCheck={false}
            className="w-32 flex-1"
            {...(faults?.name ? wrong : {})}
            {...register(`${list}.${index}.name`)}
          />
        )}
        <Controller
          control={control}
          name={`${list}.${index}.op`}
          render={({ field }) => (
            <Select
              aria-label={`How ${nth} compares`}
              className="w-36 flex-none"
              options={OPERATORS}
              value={field.value}
              onChange={(op) => {
                // "present" is no text to compare with, nor the other way round.
                if ((op === 'exists') !== (field.value === 'exists')) setValue(`${list}.${index}.value`, op === 'exists' ? PRESENT : '');
                field.onChange(op);
              }}
            />
          )}
        />
        {condition.op === 'exists' ? (
          <Controller
            control={control}
            name={`${list}.${index}.value`}
            render={({ field }) => (
              <Select
                aria-label={`Present or absent, ${nth}`}
                className="w-28 flex-1"
                options={EXISTS}
                value={field.value === ABSENT ? ABSENT : PRESENT}
                onChange={field.onChange}
              />
            )}
          />
        ) : (
          <Input
            aria-label={`What ${nth} compares with`}
            placeholder={hints[condition.op] ?? 'sale'}
            spellCheck={false}
            className="w-28 flex-1"
            {...(faults?.value ? wrong : {})}
            {...register(`${list}.${index}.value`)}
          />
        )}
        <IconButton label={`Remove ${nth}`} onClick={onRemove}>
          <X aria-hidden />
        </IconButton>
      </div>
      {error && (
        <p id={errorId} role="alert" className="mt-1 text-12 text-risk-text">
          {error}
        </p>
      )}
    </>
  );
};
