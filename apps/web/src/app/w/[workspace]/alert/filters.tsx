'use client';
import { Avatar } from '../../../../ui/avatar.tsx';
import { Combobox } from '../../../../ui/combobox.tsx';
import { FilterBar, FilterButton } from '../../../../ui/filter-bar.tsx';
import { Menu, MenuRadio } from '../../../../ui/menu.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import type { Option } from '../../../../ui/select.tsx';
import type { ALERT_STATES, DefaultOwner, InboxAddress, SetAddress } from './address.ts';
import { useScene } from './scene.ts';

export type Counts = { open: number; acknowledged: number; snoozed: number; resolved: number };
type FilterProps = { address: InboxAddress; set: SetAddress; defaultOwner: DefaultOwner };

const push = { history: 'push' } as const;
const stateLabels = {
  active: { label: 'Active', count: ({ open, acknowledged, snoozed }) => open + acknowledged + snoozed },
  open: { label: 'Open', count: ({ open }) => open },
  acknowledged: { label: 'Acknowledged', count: ({ acknowledged }) => acknowledged },
  snoozed: { label: 'Snoozed', count: ({ snoozed }) => snoozed },
  resolved: { label: 'Resolved', count: ({ resolved }) => resolved },
} as const satisfies Record<(typeof ALERT_STATES)[number], { label: string; count: (counts: Counts) => number }>;
const sorts = [
  { value: 'newest', label: 'Newest' },
  { value: 'stake', label: 'Money at stake' },
] as const;
const taskStates = [
  { value: 'open', label: 'Open' },
  { value: 'done', label: 'Done' },
  { value: 'dismissed', label: 'Dismissed' },
] as const;
const dues = [
  { value: 'overdue', label: 'Overdue' },
  { value: 'today', label: 'By today' },
  { value: 'week', label: 'Within 7 days' },
  { value: 'all', label: 'All' },
] as const;

const OwnerFilter = ({ address, set, defaultOwner }: FilterProps) => {
  const { me, members } = useScene();
  const options: Option[] = [
    { value: 'me', label: 'Me', icon: <Avatar size="sm" me name={me.name} /> },
    { value: 'anyone', label: 'Anyone' },
    { value: 'unassigned', label: 'Nobody' },
    ...members.filter(({ id }) => id !== me.id).map(({ id, name }) => ({ value: id, label: name, icon: <Avatar size="sm" name={name} /> })),
  ];
  const value = address.owner ?? defaultOwner;
  return (
    <Combobox
      label="Owner"
      options={options}
      value={value}
      onChange={(owner) => set({ owner: owner === defaultOwner ? null : owner }, push)}
      trigger={<FilterButton label="Owner" value={options.find((one) => one.value === value)?.label ?? 'Somebody else'} />}
    />
  );
};

export const AlertFilters = (props: FilterProps & { counts: Counts }) => {
  const { address, set, counts } = props;
  const { rules } = useScene();
  const states = Object.entries(stateLabels).map(([value, { label, count }]) => ({
    value: value as InboxAddress['state'],
    label: `${label} ${count(counts)}`,
  }));
  const ruleOptions = [{ value: 'all', label: 'Every rule' }, ...rules.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <FilterBar className="h-12">
      <Segmented label="State" value={address.state} options={states} onChange={(state) => set({ state }, push)} />
      <OwnerFilter {...props} />
      <Combobox
        label="Rule"
        options={ruleOptions}
        value={address.rule ?? 'all'}
        onChange={(rule) => set({ rule: rule === 'all' ? null : rule }, push)}
        trigger={<FilterButton label="Rule" value={rules.find(({ id }) => id === address.rule)?.name ?? 'Every rule'} />}
      />
      <Menu align="start" label="Sort" trigger={<FilterButton label="Sort" value={sorts.find(({ value }) => value === address.sort)?.label} />}>
        <MenuRadio value={address.sort} options={sorts} onChange={(sort) => set({ sort }, push)} />
      </Menu>
    </FilterBar>
  );
};

export const TaskFilters = (props: FilterProps) => {
  const { address, set } = props;
  return (
    <FilterBar className="h-12">
      <Segmented label="State" value={address.task} options={taskStates} onChange={(task) => set({ task }, push)} />
      {address.task === 'open' && (
        <Segmented label="Due" value={address.due ?? 'all'} options={dues} onChange={(due) => set({ due: due === 'all' ? null : due }, push)} />
      )}
      <OwnerFilter {...props} />
    </FilterBar>
  );
};
