'use client';
import type { Triage } from '@tideline/contracts/triage';
import { ListFilter } from 'lucide-react';
import { useCallback, useState, type RefObject } from 'react';
import { Avatar } from '../../../../ui/avatar.tsx';
import { MultiCombobox } from '../../../../ui/combobox.tsx';
import { Field } from '../../../../ui/field.tsx';
import { FilterBar, FilterButton, FilterChip } from '../../../../ui/filter-bar.tsx';
import { PausedSearch } from '../../../../ui/paused-search.tsx';
import { Menu, MenuRadio } from '../../../../ui/menu.tsx';
import { Popover } from '../../../../ui/popover.tsx';
import { bandLooks } from '../../../../ui/segment-mark.tsx';
import type { Option } from '../../../../ui/select.tsx';
import { isFiltered, noFilters, ownersIn, type DefaultOwner, type TriageAddress } from './address.ts';
import { columns } from './columns.ts';
import { useScene } from './scene.ts';

export type SetAddress = (change: { [K in keyof TriageAddress]?: TriageAddress[K] | null }, options?: { history?: 'push' | 'replace' }) => void;
type FilterProps = {
  address: TriageAddress;
  set: SetAddress;
  summary: Triage['Summary'];
  defaultOwner: DefaultOwner;
  search: RefObject<HTMLInputElement | null>;
  stake: string;
};

const sortLabels = {
  stake: columns.stake.label,
  run_rate: columns.runRate.label,
  health: 'Health',
  change: 'Change in 28 d',
  touched: 'Longest untouched',
  name: 'Name',
} as const satisfies Record<Triage['Sort'], string>;
const groupLabels = { why: 'Why today', none: 'None' } as const;
const stateLabels = { open: 'Open', snoozed: 'Snoozed', done: 'Done' } as const;
const optionsOf = <T extends string>(labels: Record<T, string>) => Object.entries<string>(labels).map(([value, label]) => ({ value: value as T, label }));
const choices = (values: readonly { value: string; accounts: number }[]): Option[] =>
  values.map(({ value, accounts }) => ({ value, label: value, hint: String(accounts) }));

/** The line of search, owner, grouping, order and filters; what is set stands behind it with its way out. */
export const Filters = ({ address, set, summary, defaultOwner, search, stake }: FilterProps) => {
  const { amount, exact, has } = useScene();
  const onSearch = useCallback((q: string | null) => set({ q }), [set]);
  const sorts = optionsOf(sortLabels).filter(({ value }) => value !== 'touched' || has.touches);
  return (
    <FilterBar aside={<span title={exact(stake)}>{amount(stake)} at stake in 90 days</span>}>
      <PausedSearch key={address.tab} label="Search your book" value={address.q} onSearch={onSearch} input={search} />
      <OwnerFilter address={address} set={set} summary={summary} defaultOwner={defaultOwner} />
      <Menu align="start" label="Group" trigger={<FilterButton label="Group" value={groupLabels[address.group]} />}>
        <MenuRadio value={address.group} options={optionsOf(groupLabels)} onChange={(group) => set({ group }, { history: 'push' })} />
      </Menu>
      <Menu align="start" label="Sort" trigger={<FilterButton label="Sort" value={sortLabels[address.sort]} className="max-sm:hidden" />}>
        <MenuRadio value={address.sort} options={sorts} onChange={(sort) => set({ sort, dir: null }, { history: 'push' })} />
      </Menu>
      <MoreFilters address={address} set={set} summary={summary} />
      <Chips address={address} set={set} />
    </FilterBar>
  );
};

const OwnerFilter = ({ address, set, summary, defaultOwner }: Pick<FilterProps, 'address' | 'set' | 'summary' | 'defaultOwner'>) => {
  const { me } = useScene();
  const mine = summary.owners.find((owner) => owner.id === me.id);
  const options: Option[] = [
    { value: 'me', label: 'Me', hint: String(mine?.accounts ?? 0), icon: <Avatar size="sm" me name={me.name} /> },
    { value: 'unassigned', label: 'Nobody', hint: String(summary.unassigned) },
    ...summary.owners
      .filter((owner) => owner.id !== me.id && owner.accounts > 0)
      .map((owner) => ({ value: owner.id, label: owner.name, hint: String(owner.accounts), icon: <Avatar size="sm" name={owner.name} /> })),
  ];
  const chosen = ownersIn(address, defaultOwner);
  const names = options.filter((option) => chosen.includes(option.value)).map((option) => option.label);
  const choose = (values: string[]) => {
    const owner = values.length === 0 ? ['anyone'] : values;
    set({ owner: owner.length === 1 && owner[0] === defaultOwner ? null : owner }, { history: 'push' });
  };
  return (
    <MultiCombobox
      label="Owner"
      options={options}
      values={chosen}
      onChange={choose}
      trigger={
        <FilterButton label="Owner" value={names.length === 0 ? 'Anyone' : names.length > 2 ? `${names[0]} and ${names.length - 1} more` : names.join(', ')} />
      }
    />
  );
};

const MoreFilters = ({ address, set, summary }: Pick<FilterProps, 'address' | 'set' | 'summary'>) => {
  const [open, setOpen] = useState(false);
  const fields = [
    { key: 'industry', label: 'Industry', options: choices(summary.industries) },
    { key: 'plan', label: 'Plan', options: choices(summary.plans) },
    { key: 'region', label: 'Region', options: choices(summary.regions) },
    {
      key: 'band',
      label: 'Health band',
      options: optionsOf({ at_risk: bandLooks.at_risk.label, watch: bandLooks.watch.label, healthy: bandLooks.healthy.label }),
    },
    // What needs you is open by its meaning.
    ...(address.tab === 'needs_you' ? [] : [{ key: 'state', label: 'Handled', options: optionsOf(stateLabels) } as const]),
  ] as const;
  return (
    <Popover open={open} onOpenChange={setOpen} label="Filter" className="w-72 p-4" trigger={<FilterButton icon={<ListFilter aria-hidden />} label="Filter" />}>
      <div className="flex flex-col gap-3">
        {fields
          .filter((field) => field.options.length > 0)
          .map(({ key, label, options }) => (
            <Field key={key} label={label}>
              {(control) => (
                <MultiCombobox
                  {...control}
                  label={label}
                  options={options}
                  values={address[key] ?? []}
                  onChange={(values) => set({ [key]: values.length === 0 ? null : values }, { history: 'push' })}
                />
              )}
            </Field>
          ))}
      </div>
    </Popover>
  );
};

const chipWords = {
  industry: (value: string) => value,
  plan: (value: string) => `Plan ${value}`,
  region: (value: string) => value,
  band: (value: string) => (value in bandLooks ? bandLooks[value as keyof typeof bandLooks].label : value),
  state: (value: string) => (value in stateLabels ? stateLabels[value as keyof typeof stateLabels] : value),
} as const;

const Chips = ({ address, set }: Pick<FilterProps, 'address' | 'set'>) => {
  const keys = Object.keys(chipWords) as (keyof typeof chipWords)[];
  const without = (key: keyof typeof chipWords, value: string) => {
    const left = (address[key] ?? []).filter((one) => one !== value);
    set({ [key]: left.length === 0 ? null : left }, { history: 'push' });
  };
  if (!isFiltered(address)) return null;
  return (
    <>
      {keys.flatMap((key) =>
        (address[key] ?? []).map((value) => <FilterChip key={`${key} ${value}`} label={chipWords[key](value)} onRemove={() => without(key, value)} />),
      )}
      <FilterButton label="Clear" onClick={() => set(noFilters, { history: 'push' })} />
    </>
  );
};
