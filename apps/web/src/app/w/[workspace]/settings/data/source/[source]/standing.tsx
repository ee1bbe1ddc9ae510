'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLive } from '../../../../../../../lib/live.ts';
import { Button } from '../../../../../../../ui/button.tsx';
import { ErrorState } from '../../../../../../../ui/error-state.tsx';
import { exactMoment, exactQuantity, moment, quantity, type Reader } from '../../../../../../../ui/format.ts';
import { MetricStrip } from '../../../../../../../ui/metric-strip.tsx';
import { stateOf, type SourceView } from '../source-words.ts';

/** How a source fares: its figures, and what is wrong with what to do about it. */
export const Standing = ({ workspace, source, reader }: { workspace: string; source: SourceView; reader: Reader }) => {
  const router = useRouter();
  useLive(workspace, ['import'], () => router.refresh(), 1_000);
  const when = (label: string, at: Date | null, none: string) => ({
    label,
    value: at ? moment(at, reader) : none,
    ...(at ? { exact: exactMoment(at, reader) } : {}),
  });
  return (
    <>
      <MetricStrip
        label="How it fares"
        metrics={[
          { label: 'State', value: stateOf(source).label },
          {
            label: 'Taken in',
            value: quantity(source.accepted),
            exact: exactQuantity(source.accepted),
            unit: source.kind === 'usage' ? 'facts' : 'account changes',
          },
          { label: 'Read', value: quantity(source.rowsRead), exact: exactQuantity(source.rowsRead), unit: 'rows' },
          when('All read', source.lastOkAt, 'not yet'),
          when('Next', source.nextAt, 'paused'),
        ]}
      />
      {source.error && (
        <div className="px-4 pt-6 lg:px-6">
          <ErrorState
            title="The last reading failed."
            action={
              <Button asChild>
                <Link href={`/w/${workspace}/settings/data/source/setup?source=${source.id}`}>Change the connection</Link>
              </Button>
            }
          >
            {`${source.error}. What was stored stays; it is tried again by itself.`}
          </ErrorState>
        </div>
      )}
    </>
  );
};
