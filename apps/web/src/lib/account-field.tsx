'use client';
import { useEffect, useState } from 'react';
import { Combobox } from '../ui/combobox.tsx';
import type { FieldControl } from '../ui/field.tsx';
import type { Option } from '../ui/select.tsx';
import { api } from './api.ts';
import { problemText } from './request.ts';

type Props = { workspace: string; control: FieldControl; value: string | null; onChange: (id: string, externalId: string) => void; without?: string };

/** An account, found by typing; `without` one that cannot be meant. */
export const AccountField = ({ workspace, control, value, onChange, without }: Props) => {
  const [q, setQ] = useState('');
  const [found, setFound] = useState<Option[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const find = async () => {
      try {
        const { items } = await api(workspace).call('findAccounts', { query: { q }, signal: stop.signal });
        setFound(items.map(({ id, name, externalId }) => ({ value: id, label: name, hint: externalId })).filter((one) => one.value !== without));
        setProblem(null);
      } catch (error) {
        if (!stop.signal.aborted) setProblem(problemText(error));
      }
    };
    const timer = setTimeout(() => void find(), 150);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [workspace, q, without]);
  const [kept, keep] = useState<Option | null>(null);
  const options = kept && !found.some((one) => one.value === kept.value) ? [kept, ...found] : found;
  const choose = (id: string) => {
    const option = options.find((one) => one.value === id) ?? null;
    keep(option);
    onChange(id, option?.hint ?? '');
  };
  return (
    <>
      <Combobox {...control} label="Account" options={options} value={value} onChange={choose} onSearch={setQ} />
      {problem && <p className="mt-1 text-12 text-risk-text">{problem}</p>}
    </>
  );
};
