'use client';
import { Download } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLive } from '../../../../../../lib/live.ts';
import { api } from '../../../../../../lib/api.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { ErrorState } from '../../../../../../ui/error-state.tsx';
import { exactMoment, exactQuantity, moment, quantity, type Reader } from '../../../../../../ui/format.ts';
import { MetricStrip, type Metric } from '../../../../../../ui/metric-strip.tsx';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { Progress } from '../../../../../../ui/progress.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';
import { isOver, type ImportView } from '../import-words.ts';
import { rowKindOf } from '../row-kinds.ts';
import { sizeWords } from '../import/size-words.ts';
import { RefusedDoor } from '../refused/refused-door.tsx';
import type { RunView } from '../work.tsx';
import { AsOfOffer } from './as-of-offer.tsx';
import { FirstRefused, type RefusedRow } from './first-refused.tsx';

type Props = {
  workspace: string;
  one: ImportView;
  /** The first of its refused rows. */ refused: readonly RefusedRow[];
  /** Its rows among the refused events. */ kept: number;
  /** The scoring of the history behind it. */ scoring: RunView | null;
  reader: Reader;
};

/** How far the import is; once it is over, what came of every row and what to do next. */
export const Report = ({ workspace, one, refused, kept, scoring, reader }: Props) => {
  const router = useRouter();
  useLive(workspace, ['import', 'run', 'day'], () => router.refresh(), 1_000);
  return (
    <>
      <MetricStrip label="Rows" metrics={figures(one)} />
      <div className="flex flex-col gap-8 px-4 py-6 lg:px-6">
        <Standing one={one} reader={reader} />
        {one.offerAsOf && <AsOfOffer workspace={workspace} day={one.offerAsOf} reader={reader} />}
        {scoring && <Scoring workspace={workspace} run={scoring} />}
        {one.reasons.length > 0 && <Reasons workspace={workspace} one={one} />}
        {refused.length > 0 && <FirstRefused rows={refused} all={one.reasons.reduce((sum, { rows }) => sum + rows, 0)} />}
        <RefusedDoor workspace={workspace} origin={one.id} kept={kept} />
        {one.state === 'done' && !one.dryRun && <Onward workspace={workspace} kind={one.kind} />}
      </div>
    </>
  );
};

const figures = (one: ImportView): Metric[] => {
  const figure = (label: string, value: number, unit: string): Metric => ({ label, value: quantity(value), unit, exact: exactQuantity(value) });
  return [
    figure('Read', one.rowsRead, 'rows'),
    figure(one.dryRun ? 'Would be taken in' : 'Taken in', one.accepted, rowKindOf(one.kind).many),
    figure('There already', one.duplicates, 'unchanged'),
    ...(one.conflicts > 0 ? [figure('Conflicts', one.conflicts, 'what was first stays')] : []),
    figure('Rejected', one.rejected, 'rows'),
  ];
};

const Standing = ({ one, reader }: Pick<Props, 'one' | 'reader'>) => {
  if (one.state === 'failed')
    return (
      <ErrorState title="The import failed.">
        {`${one.error ?? ''} ${one.accepted > 0 && !one.dryRun ? 'What was taken in so far stays.' : 'Nothing was stored.'}`.trim()}
      </ErrorState>
    );
  if (!isOver(one))
    return (
      <div aria-live="polite">
        <p className="mb-1 font-semibold">
          {one.state === 'queued' ? 'Waiting for its turn' : one.dryRun ? 'Reading the file, storing nothing' : 'Taking the file in'}
        </p>
        <Progress label={`Reading ${one.fileName}`} done={one.bytesRead} total={one.bytesTotal ?? 0}>
          {one.bytesTotal ? `${sizeWords(one.bytesRead)} of ${sizeWords(one.bytesTotal)}` : undefined}
        </Progress>
        <p className="mt-2 text-12 text-text-3">You can leave this page: the import goes on, and this address leads back to it.</p>
      </div>
    );
  const at = (
    <span title={exactMoment(one.finishedAt, reader)} className="text-text-3">
      {moment(one.finishedAt, reader)}
    </span>
  );
  if (one.state === 'cancelled')
    return (
      <p className="max-w-[72ch] text-text-2">
        <b className="text-text">Stopped.</b> {one.dryRun ? 'Nothing was stored.' : 'What was taken in so far stays; the same file again adds only the rest.'}{' '}
        {at}
      </p>
    );
  return (
    <p className="max-w-[72ch] text-text-2">
      {one.dryRun ? (
        <b className="text-text">This was a dry run: nothing was stored.</b>
      ) : (
        <>
          <b className="text-text">The file is in.</b> {one.kind === 'usage' ? 'Its accounts are judged within seconds, their history behind it.' : ''}
        </>
      )}{' '}
      {at}
    </p>
  );
};

const Scoring = ({ workspace, run }: { workspace: string; run: RunView }) => (
  <section aria-live="polite">
    <SectionTitle title="History" />
    {run.state === 'running' ? (
      <>
        <p className="mb-1 max-w-[72ch] text-text-2">
          The last 400 days are judged day by day, as they would have been. That fires no alert. Triage can be used meanwhile.
        </p>
        <Progress label={run.label} done={run.done} total={run.total}>
          {run.total > 0 ? `day ${run.done} of ${run.total}` : undefined}
        </Progress>
      </>
    ) : (
      <p className="text-text-2">
        {run.state === 'done'
          ? 'The last 400 days are judged.'
          : run.state === 'cancelled'
            ? 'Judging the history was stopped; the days judged so far stay.'
            : `Judging the history failed: ${run.error ?? ''}`}{' '}
        <Link href={`/w/${workspace}/settings/data`} className="door text-accent-text">
          Background work
        </Link>
      </p>
    )}
  </section>
);

const Reasons = ({ workspace, one }: { workspace: string; one: ImportView }) => (
  <section className="max-w-180">
    <SectionTitle
      title="Why rows were rejected"
      aside={
        isOver(one) && (
          <Button icon={<Download aria-hidden />} asChild>
            <a href={api(workspace).href('exportRejects', { params: { id: one.id } })} download>
              Download the rows
            </a>
          </Button>
        )
      }
    />
    <Table caption="Rejected rows by reason">
      <Thead>
        <tr>
          <Th>Reason</Th>
          <Th right>Rows</Th>
        </tr>
      </Thead>
      <Tbody>
        {one.reasons.map(({ reason, words, rows }) => (
          <Tr key={reason}>
            <RowHead className="whitespace-normal">{words}</RowHead>
            <Td right title={exactQuantity(rows)}>
              {exactQuantity(rows)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  </section>
);

const Onward = ({ workspace, kind }: { workspace: string; kind: string }) => (
  <div className="flex flex-wrap gap-2">
    <Button asChild>
      <Link href={`/w/${workspace}/triage`}>Go to triage</Link>
    </Button>
    {kind === 'usage' ? (
      <Button asChild>
        <Link href={`/w/${workspace}/settings/meters`}>Meters and prices</Link>
      </Button>
    ) : kind !== 'accounts' ? (
      <Button asChild>
        <Link href={`/w/${workspace}/account`}>Accounts</Link>
      </Button>
    ) : (
      <Button asChild>
        <Link href={`/w/${workspace}/account?owner=none`}>Assign those without an owner</Link>
      </Button>
    )}
  </div>
);
