'use client';
import { Field } from '../../../../../../ui/field.tsx';
import { Select } from '../../../../../../ui/select.tsx';
import type { Look } from './guess.ts';

const NONE = '\u0000none';
const SHOWN = 3;

/** A few of a column's values, to recognise it by. */
export const valuesWords = ({ columns, sample }: Look, column: string): string => {
  const at = columns.indexOf(column);
  const values = [...new Set(sample.map((row) => row[at]?.trim() ?? '').filter(Boolean))].slice(0, SHOWN);
  return values.length === 0 ? 'empty in the first rows' : values.map((value) => (value.length > 24 ? `${value.slice(0, 24)}…` : value)).join(' · ');
};

/** The columns, and the one chosen even where this file lacks it: a mapping file may come from another. */
export const optionsOf = ({ columns }: Look, ...chosen: readonly (string | undefined)[]) => [
  ...columns.map((column) => ({ value: column, label: column || '(no name)' })),
  ...chosen.flatMap((column) => (column !== undefined && !columns.includes(column) ? [{ value: column, label: `${column} (not in the file)` }] : [])),
];

type Props = {
  look: Look;
  label: string;
  value: string | undefined;
  onChange: (column: string | undefined) => void;
  /** What no column means; absent: one must be chosen. */
  none?: string;
  help?: string;
  error?: string | undefined;
};

/** Chooses a column of the file, with what stands in it below. */
export const ColumnField = ({ look, label, value, onChange, none, help, error }: Props) => (
  <Field
    label={label}
    help={value === undefined ? help : `${look.columns.includes(value) ? valuesWords(look, value) : 'The file has no such column.'}${help ? `. ${help}` : ''}`}
    error={error}
  >
    {(control) => (
      <Select
        {...control}
        placeholder="Choose a column"
        options={[...(none === undefined ? [] : [{ value: NONE, label: none }]), ...optionsOf(look, value)]}
        value={value ?? (none === undefined ? undefined : NONE)}
        onChange={(chosen) => onChange(chosen === NONE ? undefined : chosen)}
      />
    )}
  </Field>
);
