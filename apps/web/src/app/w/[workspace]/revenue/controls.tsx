'use client';
import { REVENUE_SLICES, REVENUE_WINDOWS, type RevenueWindow } from '@tideline/contracts/revenue';
import { useRouter } from 'next/navigation';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useLive } from '../../../../lib/live.ts';
import { FilterChip } from '../../../../ui/filter-bar.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import { Select } from '../../../../ui/select.tsx';
import { hrefOf, SCOPES, type Address, type SliceName } from './address.ts';
import { sliceLabel, sliceNames, windows } from './words.ts';

const kept = { shallow: false, history: 'push', scroll: false } as const;

/** Month, 3 months or 12 months; kept in the address. */
export const WindowSwitch = ({ value }: { value: RevenueWindow }) => {
  const [, set] = useQueryState('window', parseAsStringLiteral(REVENUE_WINDOWS).withOptions(kept));
  return (
    <Segmented
      label="Window"
      value={value}
      onChange={(next) => void set(next)}
      options={REVENUE_WINDOWS.map((one) => ({ value: one, label: windows[one].label }))}
    />
  );
};

/** What the cohort is cut by, in one of the two tables. */
export const SliceSwitch = ({ place, value }: { place: 'by' | 'and'; value: SliceName }) => {
  const [, set] = useQueryState(place, parseAsStringLiteral(REVENUE_SLICES).withOptions(kept));
  return (
    <Select
      aria-label="Cut by"
      value={value}
      onChange={(next) => void set(next)}
      options={REVENUE_SLICES.map((one) => ({ value: one, label: sliceNames[one] }))}
      className="-ml-2 w-auto [&>select]:h-7 [&>select]:border-transparent [&>select]:bg-transparent [&>select]:text-12 [&>select]:hover:bg-bg-hover"
    />
  );
};

/** What the screen is narrowed to, and the way out of it. */
export const FilterChips = ({ address, names }: { address: Address; names: Readonly<Record<string, string>> }) => {
  const router = useRouter();
  const set = SCOPES.flatMap((name) => (address.scope[name] === undefined ? [] : [{ name, value: address.scope[name] }]));
  if (set.length === 0) return null;
  return (
    <div role="group" aria-label="Only these accounts" className="-mb-6 flex flex-wrap gap-2">
      {set.map(({ name, value }) => (
        <FilterChip
          key={name}
          label={`${sliceNames[name].replace('By ', '')}: ${sliceLabel(name, value === 'none' ? '' : value, names[value] ?? value)}`}
          onRemove={() => {
            const { [name]: _, ...scope } = address.scope;
            router.push(hrefOf(address, { scope }), { scroll: false });
          }}
        />
      ))}
    </div>
  );
};

/** A closed day may end a month or restate one. */
export const RefreshAtClose = ({ workspace }: { workspace: string }) => {
  const router = useRouter();
  useLive(workspace, ['day', 'run'], () => router.refresh(), 5_000);
  return null;
};
