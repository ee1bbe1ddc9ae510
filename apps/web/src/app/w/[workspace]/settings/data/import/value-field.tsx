'use client';
import { MultiCombobox } from '../../../../../../ui/combobox.tsx';
import { Field } from '../../../../../../ui/field.tsx';
import { Input } from '../../../../../../ui/input.tsx';
import { Select } from '../../../../../../ui/select.tsx';
import { ColumnField, optionsOf } from './column-field.tsx';
import type { UsageDraft } from './draft.ts';
import type { Look } from './guess.ts';

type Value = NonNullable<UsageDraft['value']>;
type From = 'none' | 'column' | 'product' | 'constant';
const FROM: { value: From; label: string }[] = [
  { value: 'none', label: 'None: only that it happened' },
  { value: 'column', label: 'A column' },
  { value: 'product', label: 'Columns multiplied' },
  { value: 'constant', label: 'The same in every row' },
];
const MAX_FACTORS = 5;

const fromOf = (value: Value | undefined): From => {
  if (!value) return 'none';
  return 'column' in value ? 'column' : 'product' in value ? 'product' : 'constant';
};

/** The figure of a fact: a column, a product such as quantity × price, or a constant. */
export const ValueField = ({ look, value, onChange }: { look: Look; value: Value | undefined; onChange: (value: Value | undefined) => void }) => {
  const first = look.columns[0] ?? '';
  const start: Record<From, Value | undefined> = {
    none: undefined,
    column: { column: first },
    product: { product: look.columns.slice(0, 2) as [string, string] },
    constant: { constant: '1' },
  };
  return (
    <div className="flex flex-col gap-2">
      <Field label="Value">{(control) => <Select {...control} options={FROM} value={fromOf(value)} onChange={(from) => onChange(start[from])} />}</Field>
      {value && 'column' in value && (
        <ColumnField look={look} label="Column of the value" value={value.column} onChange={(column) => onChange({ column: column ?? first })} />
      )}
      {value && 'constant' in value && (
        <Field label="Value of every row">
          {(control) => (
            <Input {...control} numeric className="max-w-40" value={value.constant} onChange={({ target }) => onChange({ constant: target.value })} />
          )}
        </Field>
      )}
      {value && 'product' in value && (
        <Field label="Columns multiplied" help={value.product.join(' × ')}>
          {(control) => (
            <MultiCombobox
              {...control}
              label="Columns multiplied"
              options={optionsOf(look, ...value.product)}
              values={value.product}
              onChange={(product) => {
                // A product has two to five factors; what would leave fewer or more is not taken.
                if (product.length >= 2 && product.length <= MAX_FACTORS) onChange({ product });
              }}
            />
          )}
        </Field>
      )}
    </div>
  );
};
