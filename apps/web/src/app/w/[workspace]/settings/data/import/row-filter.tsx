'use client';
import { operators, type Operator } from '@tideline/domain/condition';
import { Plus, X } from 'lucide-react';
import { Button } from '../../../../../../ui/button.tsx';
import { IconButton } from '../../../../../../ui/icon-button.tsx';
import { Input } from '../../../../../../ui/input.tsx';
import { Select } from '../../../../../../ui/select.tsx';
import { optionsOf } from './column-field.tsx';
import type { UsageDraft } from './draft.ts';
import type { Look } from './guess.ts';

type Condition = NonNullable<UsageDraft['filter']>[number];
// What a column always has is a text: presence is asked as "is not" nothing, and lists belong to a mapping file.
const OPERATORS = (Object.keys(operators) as Operator[])
  .filter((op) => op !== 'exists' && op !== 'in')
  .map((value) => ({ value, label: operators[value].words }));

/** Rows that are read at all: all conditions must hold. Rows left out are no fault and are not reported. */
export const RowFilter = ({ look, filter, onChange }: { look: Look; filter: readonly Condition[]; onChange: (filter: Condition[]) => void }) => {
  const replace = (index: number, change: Partial<Condition>) => onChange(filter.map((one, i) => (i === index ? { ...one, ...change } : one)));
  return (
    <fieldset className="min-w-0">
      <legend className="text-12 text-text-2">Only rows where</legend>
      <p className="mt-1 text-12 text-text-3">Others are passed over and not reported.</p>
      <ul className="mt-2 flex flex-col gap-2">
        {filter.map(({ column, op, value }, index) => {
          const nth = `condition ${index + 1}`;
          const isPlain = typeof value !== 'object' && op !== 'exists' && op !== 'in';
          return (
            <li key={index} className="flex items-center gap-1.5 max-sm:flex-wrap">
              <Select
                aria-label={`Column of ${nth}`}
                className="w-32 flex-1"
                options={optionsOf(look, column)}
                value={column}
                onChange={(next) => replace(index, { column: next })}
              />
              <Select
                aria-label={`How ${nth} compares`}
                className="w-34 flex-none"
                options={isPlain ? OPERATORS : [...OPERATORS, { value: op, label: operators[op].words }]}
                value={op}
                onChange={(next) => replace(index, { op: next, value: isPlain ? value : '' })}
              />
              <Input
                aria-label={`What ${nth} compares with`}
                className="w-24 flex-1"
                disabled={!isPlain}
                value={Array.isArray(value) ? value.join(', ') : String(value)}
                onChange={({ target }) => replace(index, { value: target.value })}
              />
              <IconButton label={`Remove ${nth}`} onClick={() => onChange(filter.filter((_, i) => i !== index))}>
                <X aria-hidden />
              </IconButton>
            </li>
          );
        })}
      </ul>
      <Button
        look="ghost"
        size="sm"
        icon={<Plus aria-hidden />}
        className="mt-1 -ml-2"
        onClick={() => onChange([...filter, { column: look.columns[0] ?? '', op: 'eq', value: '' }])}
      >
        Add a condition
      </Button>
    </fieldset>
  );
};
