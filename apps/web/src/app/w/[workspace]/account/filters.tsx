'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import type { Segment } from '@tideline/domain/segment';
import { useCallback, type RefObject } from 'react';
import { Avatar } from '../../../../ui/avatar.tsx';
import { MultiCombobox } from '../../../../ui/combobox.tsx';
import { FilterBar, FilterButton, FilterChip } from '../../../../ui/filter-bar.tsx';
import { PausedSearch } from '../../../../ui/paused-search.tsx';
import { SegmentMark, segmentLooks } from '../../../../ui/segment-mark.tsx';
import type { Option } from '../../../../ui/select.tsx';
import { isFiltered, noFilters, type AccountAddress } from './address.ts';

export type SetAddress = (change: { [K in keyof AccountAddress]?: AccountAddress[K] | null }) => void;
type Props = {
  address: AccountAddress;
  set: SetAddress;
  summary: AccountPages['Summary'];
  me: { id: string; name: string };
  search: RefObject<HTMLInputElement | null>;
};

const named = (values: readonly string[], options: readonly Option[], none: string): string => {
  const names = options.filter((option) => values.includes(option.value)).map((option) => option.label);
  if (names.length === 0) return none;
  return names.length > 2 ? `${names[0]} and ${names.length - 1} more` : names.join(', ');
};

/** Search, owner, segment and industry. */
export const Filters = ({ address, set, summary, me, search }: Props) => {
  const onSearch = useCallback((q: string | null) => set({ q }), [set]);
  const owners: Option[] = [
    ...(me.id
      ? [{ value: 'me', label: 'Me', hint: String(summary.owners.find(({ id }) => id === me.id)?.accounts ?? 0), icon: <Avatar size="sm" me name={me.name} /> }]
      : []),
    { value: 'unassigned', label: 'Nobody', hint: String(summary.unassigned) },
    ...summary.owners
      .filter(({ id, accounts }) => id !== me.id && accounts > 0)
      .map(({ id, name, accounts }) => ({ value: id, label: name, hint: String(accounts), icon: <Avatar size="sm" name={name} /> })),
  ];
  const segments: Option[] = (Object.keys(segmentLooks) as Segment[]).map((segment) => ({
    value: segment,
    label: segmentLooks[segment].label,
    hint: String(summary.segments[segment]),
    icon: <SegmentMark silent segment={segment} />,
  }));
  const industries: Option[] = summary.industries.map(({ value, accounts }) => ({ value, label: value, hint: String(accounts) }));
  const orNull = <T,>(values: T[]): T[] | null => (values.length === 0 ? null : values);
  return (
    <FilterBar>
      <PausedSearch label="Search accounts" value={address.q} onSearch={onSearch} input={search} />
      <MultiCombobox
        label="Owner"
        options={owners}
        values={address.owner ?? []}
        onChange={(values) => set({ owner: orNull(values) })}
        trigger={<FilterButton label="Owner" value={named(address.owner ?? [], owners, 'Anyone')} />}
      />
      <MultiCombobox
        label="Segment"
        options={segments}
        values={address.segment ?? []}
        onChange={(values) => set({ segment: orNull(values as Segment[]) })}
        trigger={<FilterButton label="Segment" value={named(address.segment ?? [], segments, 'Any')} />}
      />
      {industries.length > 0 && (
        <MultiCombobox
          label="Industry"
          options={industries}
          values={address.industry ?? []}
          onChange={(values) => set({ industry: orNull(values) })}
          trigger={<FilterButton label="Industry" value={named(address.industry ?? [], industries, 'Any')} />}
        />
      )}
      {isFiltered(address) && <FilterChip label="filters" onRemove={() => set(noFilters)} />}
    </FilterBar>
  );
};
