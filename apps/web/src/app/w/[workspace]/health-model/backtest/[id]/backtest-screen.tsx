'use client';
import { Download } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { api } from '../../../../../../lib/api.ts';
import { useLive } from '../../../../../../lib/live.ts';
import { problemText } from '../../../../../../lib/request.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../../ui/empty-state.tsx';
import { ErrorState } from '../../../../../../ui/error-state.tsx';
import { moment, type Reader } from '../../../../../../ui/format.ts';
import { PageHeader } from '../../../../../../ui/page-header.tsx';
import { Progress } from '../../../../../../ui/progress.tsx';
import { failed } from '../../../../../../ui/toast.tsx';
import type { BacktestOne } from '../backtest-types.ts';
import { daysWords, spanWords } from '../backtest-words.ts';
import { useStop } from '../use-stop.ts';
import { Findings } from './findings.tsx';

type Props = { workspace: string; initial: BacktestOne; reader: Reader };

/** One backtest: how far it is, then what it found. It may be left and come back to. */
export const BacktestScreen = ({ workspace, initial, reader }: Props) => {
  const [one, setOne] = useState(initial);
  useLive(workspace, ['run'], (messages) => {
    if (!messages.some(({ ids }) => ids.length === 0 || ids.includes(one.runId))) return;
    api(workspace)
      .call('getBacktest', { params: { id: one.id } })
      .then(setOne)
      .catch((error: unknown) => failed('The backtest could not be read again.', problemText(error)));
  });
  return (
    <>
      <PageHeader
        title={`${one.model} on ${daysWords(one)}`}
        meta={`${spanWords(one.cutoffs, reader)} · ${one.horizon} days ahead · asked by ${one.askedBy}, ${moment(one.askedAt, reader)}`}
        crumbs={<Crumbs workspace={workspace} />}
        actions={
          one.state === 'done' && (
            <Button asChild icon={<Download aria-hidden />}>
              <a href={api(workspace).href('downloadBacktest', { params: { id: one.id } })} download aria-label="Download every account on every day as CSV">
                CSV
              </a>
            </Button>
          )
        }
      />
      {one.summary && one.state === 'done' ? (
        <Findings one={one} summary={one.summary} workspace={workspace} reader={reader} />
      ) : (
        <div className="px-gutter py-5 max-sm:px-4">
          <Unfinished one={one} workspace={workspace} />
        </div>
      )}
    </>
  );
};

const Crumbs = ({ workspace }: { workspace: string }) => (
  <>
    <Link href={`/w/${workspace}/health-model`} className="door max-lg:hidden">
      Health model
    </Link>
    <span className="max-lg:hidden">/</span>
    <Link href={`/w/${workspace}/health-model/backtest`} className="door">
      Backtests
    </Link>
    /
  </>
);

const Unfinished = ({ one, workspace }: { one: BacktestOne; workspace: string }) => {
  const { stop, isStopping } = useStop(workspace);
  const again = (
    <Button asChild>
      <Link href={`/w/${workspace}/health-model/backtest`}>Start another</Link>
    </Button>
  );
  if (one.state === 'failed')
    return (
      <ErrorState title="This test failed." action={again}>
        <p>{one.error ?? 'The worker did not say why.'}</p>
        <p>Nothing live was touched; what it had found is thrown away.</p>
      </ErrorState>
    );
  if (one.state === 'cancelled')
    return (
      <EmptyState title="This test was stopped." actions={again}>
        What it had found by then is thrown away, because a part of the days would mislead.
      </EmptyState>
    );
  const stopping = isStopping(one.id);
  return (
    <EmptyState
      title={stopping ? 'Stopping after the day it is at' : `Scoring every account as it was known on ${daysWords(one)}`}
      actions={
        <Button busy={stopping} onClick={() => void stop(one.id)}>
          {stopping ? 'Stopping' : 'Stop'}
        </Button>
      }
    >
      <p>It goes on in the background: leave, and come back to this address or the list. What it finds stands here when it is done.</p>
      <Progress className="mt-3" label="How far the test is" done={one.done} total={one.total}>
        {one.total > 0 ? `${one.done.toLocaleString('en-US')} of ${one.total.toLocaleString('en-US')} days walked` : 'reading the history'}
      </Progress>
    </EmptyState>
  );
};
