'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import type { Segment } from '@tideline/domain/segment';
import { useEffect, useState, type RefObject } from 'react';
import { Avatar } from '../../../../ui/avatar.tsx';
import { MultiCombobox } from '../../../../ui/combobox.tsx';
import { FilterBar, FilterButton, FilterChip } from '../../../../ui/filter-bar.tsx';
import { SearchInput } from '../../../../ui/input.tsx';
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
      <Search value={address.q} set={set} input={search} />
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

/** How long the reader pauses before the list is asked. */
const PAUSE_MS = 180;

const Search = ({ value, set, input }: { value: string; set: SetAddress; input: RefObject<HTMLInputElement | null> }) => {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  // The address changed elsewhere (a tab, "clear", going back): the field follows.
  if (value !== told) {
    setTold(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === told) return;
    const timer = setTimeout(() => {
      setTold(typed);
      set({ q: typed === '' ? null : typed });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, told, set]);
  return (
    <SearchInput
      ref={input}
      label="Search accounts"
      hint="/"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      className="mr-1 flex-none max-sm:w-40"
    />
  );
};
