'use client';
import { parseAsString, useQueryStates } from 'nuqs';
import { FilterBar } from '../../../../../ui/filter-bar.tsx';
import { Input } from '../../../../../ui/input.tsx';
import { Select } from '../../../../../ui/select.tsx';

const ANY = 'any';
const keys = { actor: parseAsString, target: parseAsString, from: parseAsString, to: parseAsString, cursor: parseAsString };

type Props = { actors: readonly { id: string; name: string }[]; targets: readonly string[] };

/** Who, what and when; kept in the address, from the newest page. */
export const AuditFilters = ({ actors, targets }: Props) => {
  const [query, setQuery] = useQueryStates(keys, { shallow: false, history: 'push' });
  const set = (change: Partial<Record<keyof typeof keys, string | null>>) => void setQuery({ ...change, cursor: null });
  return (
    <FilterBar className="h-12 lg:px-6">
      <Select
        aria-label="Person"
        className="w-40 flex-none"
        options={[{ value: ANY, label: 'Anyone' }, ...actors.map(({ id, name }) => ({ value: id, label: name }))]}
        value={query.actor ?? ANY}
        onChange={(value) => set({ actor: value === ANY ? null : value })}
      />
      <Select
        aria-label="Kind"
        className="w-40 flex-none"
        options={[{ value: ANY, label: 'Anything' }, ...targets.map((target) => ({ value: target, label: target.replaceAll('-', ' ') }))]}
        value={query.target ?? ANY}
        onChange={(value) => set({ target: value === ANY ? null : value })}
      />
      <span className="pl-2 text-12 text-text-2">From</span>
      <Input
        aria-label="From"
        type="date"
        className="w-36 flex-none"
        value={query.from ?? ''}
        onChange={(event) => set({ from: event.target.value || null })}
      />
      <span className="text-12 text-text-2">to</span>
      <Input aria-label="To" type="date" className="w-36 flex-none" value={query.to ?? ''} onChange={(event) => set({ to: event.target.value || null })} />
    </FilterBar>
  );
};
