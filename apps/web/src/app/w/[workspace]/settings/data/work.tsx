'use client';
import { runKinds, type RunKind } from '@tideline/contracts/run';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { useLive } from '../../../../../lib/live.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Chip } from '../../../../../ui/chip.tsx';
import { Confirm } from '../../../../../ui/dialog.tsx';
import { exactMoment, moment, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { Progress } from '../../../../../ui/progress.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';
import type { Tone } from '../../../../../ui/tone.ts';

export type RunView = {
  id: string;
  kind: string;
  label: string;
  state: string;
  stopping: boolean;
  done: number;
  total: number;
  error: string | null;
  startedAt: Date;
  finishedAt: Date | null;
};
type Props = { workspace: string; runs: readonly RunView[]; mayStop: boolean; reader: Reader };

const states: Record<string, { label: string; tone: Tone }> = {
  done: { label: 'Done', tone: 'healthy' },
  failed: { label: 'Failed', tone: 'risk' },
  cancelled: { label: 'Stopped', tone: 'watch' },
};
const kindOf = (kind: string) => runKinds[kind as RunKind];

/** Long work behind the screens: what runs, how far it is, and what ended lately. */
export const Work = ({ workspace, runs, mayStop, reader }: Props) => {
  const router = useRouter();
  const [stopping, askStop] = useState<RunView | null>(null);
  useLive(workspace, ['run'], () => router.refresh(), 1_000);
  const stop = async (run: RunView) => {
    try {
      await api(workspace).call('stopRun', { params: { id: run.id } });
      done('It stops after its present step');
    } catch (error) {
      failed('It goes on.', problemText(error));
    }
    router.refresh();
  };
  if (runs.length === 0) return null;
  return (
    <section>
      <SectionTitle title="Background work" />
      <Table caption="Background work: what runs, then what ended">
        <Thead>
          <tr>
            <Th>Work</Th>
            <Th>State</Th>
            <Th right className="max-sm:hidden">
              Started
            </Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </Thead>
        <Tbody>
          {runs.map((run) => (
            <RunLine key={run.id} run={run} reader={reader} {...(mayStop ? { onStop: askStop } : {})} />
          ))}
        </Tbody>
      </Table>
      <Confirm
        open={stopping !== null}
        onOpenChange={(open) => !open && askStop(null)}
        title="Stop this work?"
        body={stopping ? `${kindOf(stopping.kind).stopped}. It can be started again.` : ''}
        action="Stop it"
        onConfirm={async () => {
          if (stopping) await stop(stopping);
        }}
      />
    </section>
  );
};

const RunLine = ({ run, reader, onStop }: { run: RunView; reader: Reader; onStop?: (run: RunView) => void }) => {
  const state = states[run.state];
  return (
    <Tr className={run.state === 'running' ? '' : 'text-text-2'}>
      <RowHead className="py-2 whitespace-normal">
        {run.label}
        {run.error && <span className="block max-w-[72ch] text-12 text-risk-text">{run.error}</span>}
      </RowHead>
      <Td>
        {state ? (
          <Chip tone={state.tone}>{state.label}</Chip>
        ) : (
          <Progress label={run.label} done={run.done} total={run.total}>
            {run.stopping ? 'stopping' : undefined}
          </Progress>
        )}
      </Td>
      <Td right quiet className="max-sm:hidden" title={exactMoment(run.startedAt, reader)}>
        {moment(run.startedAt, reader)}
      </Td>
      <Td className="w-0">
        {onStop && run.state === 'running' && !run.stopping && kindOf(run.kind).stoppable && (
          <Button size="sm" aria-label={`Stop: ${run.label}`} onClick={() => onStop(run)}>
            Stop
          </Button>
        )}
      </Td>
    </Tr>
  );
};
