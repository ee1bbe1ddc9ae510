'use client';
import Link from 'next/link';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { useLive } from '../../../../../lib/live.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Chip } from '../../../../../ui/chip.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { At } from '../../../../../ui/figure.tsx';
import { counted, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { Progress } from '../../../../../ui/progress.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { failed } from '../../../../../ui/toast.tsx';
import type { BacktestRow } from './backtest-types.ts';
import { ofHundred, spanWords } from './backtest-words.ts';
import { useStop } from './use-stop.ts';

/** The last backtests, newest first; those that run move by themselves. */
export const BacktestList = ({ workspace, initial, reader }: { workspace: string; initial: BacktestRow[]; reader: Reader }) => {
  const [items, setItems] = useState(initial);
  const { stop, isStopping } = useStop(workspace);
  useLive(workspace, ['run'], () => {
    api(workspace)
      .call('listBacktests')
      .then((got) => setItems(got.items))
      .catch((error: unknown) => failed('The backtests could not be read again.', problemText(error)));
  });
  return (
    <section aria-label="Backtests" className="mt-6">
      <SectionTitle title="Backtests" sub={items.length > 0 && 'the last twenty are kept'} />
      {items.length === 0 ? (
        <EmptyState title="No health model was tested yet.">
          Each test stands here with how far it is and how often it ranked accounts the right way round. Start one above: it runs in the background, and you can
          leave.
        </EmptyState>
      ) : (
        <Table caption="Backtests, newest first">
          <Thead>
            <Tr>
              <Th>Health model</Th>
              <Th>Pairs the right way round</Th>
              <Th>Past days</Th>
              <Th>Looks ahead</Th>
              <Th>Asked by</Th>
              <Th right>
                <span className="sr-only">Stop</span>
              </Th>
            </Tr>
          </Thead>
          <Tbody>
            {items.map((row) => (
              <Row key={row.id} row={row} workspace={workspace} reader={reader} stopping={isStopping(row.id)} onStop={() => void stop(row.id)} />
            ))}
          </Tbody>
        </Table>
      )}
    </section>
  );
};

type RowProps = { row: BacktestRow; workspace: string; reader: Reader; stopping: boolean; onStop: () => void };

const Row = ({ row, workspace, reader, stopping, onStop }: RowProps) => (
  <Tr>
    <RowHead>
      <Link href={`/w/${workspace}/health-model/backtest/${row.id}`} className="door">
        {row.model}
      </Link>
    </RowHead>
    <Td>
      <Result row={row} stopping={stopping} />
    </Td>
    <Td>
      {counted(row.cutoffs.length, 'day')} <span className="text-text-3">{spanWords(row.cutoffs, reader)}</span>
    </Td>
    <Td>{row.horizon} days</Td>
    <Td quiet>
      {row.askedBy} <At instant={row.askedAt} reader={reader} className="text-text-3" />
    </Td>
    <Td right>
      {row.state === 'running' && (
        <Button size="sm" busy={stopping} aria-label={`Stop the test of ${row.model.toLowerCase()}`} onClick={onStop}>
          {stopping ? 'Stopping' : 'Stop'}
        </Button>
      )}
    </Td>
  </Tr>
);

const Result = ({ row: { state, done, total, error, auc }, stopping }: { row: BacktestRow; stopping: boolean }) => {
  if (state === 'running') return <Progress label="How far the test is" done={done} total={total} {...(stopping ? { children: 'stopping' } : {})} />;
  if (state === 'cancelled') return <Chip>stopped</Chip>;
  if (state === 'failed')
    return (
      <span className="flex items-center gap-2">
        <Chip tone="risk">failed</Chip>
        <span className="max-w-80 truncate text-text-2" title={error ?? undefined}>
          {error}
        </span>
      </span>
    );
  if (auc === null) return <span className="text-text-3">nothing to rank</span>;
  return (
    <>
      <b>{ofHundred(auc)}</b> <span className="text-text-3">of 100</span>
    </>
  );
};
