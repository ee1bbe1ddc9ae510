'use client';
import { useRouter } from 'next/navigation';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useLive } from '../../../../lib/live.ts';
import { Select } from '../../../../ui/select.tsx';

const slices = [
  { value: 'industry', label: 'By industry' },
  { value: 'owner', label: 'By owner' },
  { value: 'region', label: 'By region' },
  { value: 'plan', label: 'By plan' },
] as const;
type Slice = (typeof slices)[number]['value'];

/** What the money is cut by; kept in the address. */
export const BookSliceSwitch = ({ value }: { value: Slice }) => {
  const [, set] = useQueryState('by', parseAsStringLiteral(slices.map((one) => one.value)).withOptions({ shallow: false, history: 'push', scroll: false }));
  return (
    <Select
      aria-label="Cut by"
      value={value}
      onChange={(next) => void set(next)}
      options={slices}
      className="-ml-2 w-auto [&>select]:h-7 [&>select]:border-transparent [&>select]:bg-transparent [&>select]:text-12 [&>select]:hover:bg-bg-hover"
    />
  );
};

/** Scores, owners and open work change while one looks. */
export const RefreshOnChange = ({ workspace }: { workspace: string }) => {
  const router = useRouter();
  useLive(workspace, ['score', 'account', 'alert', 'task', 'day'], () => router.refresh(), 10_000);
  return null;
};
