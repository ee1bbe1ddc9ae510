'use client';
import Link from 'next/link';
import { Button } from '../../../../ui/button.tsx';
import type { Reader } from '../../../../ui/format.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';
import { Progress } from '../../../../ui/progress.tsx';
import { DraftBacktestTable } from './draft-backtest-table.tsx';
import { differences } from './settings.ts';
import { type Tested, useDraftBacktest } from './use-draft-backtest.ts';
import type { ModelWork } from './use-model.ts';

type Props = { work: ModelWork; workspace: string; sound: boolean; reader: Reader };

/** The backtest the draft would have had, beside that of the published model. */
export const DraftBacktest = ({ work, workspace, sound, reader }: Props) => {
  const { asked, tested, busy, start, stop } = useDraftBacktest(workspace, work);
  const differs = differences(work.state.published.config, work.edit).length > 0;
  const ended = tested !== null && !isRunning(tested);
  const stale = ended && tested.draft.state === 'done' && (work.unsaved || (work.state.draft?.savedAt ?? '') > tested.draft.askedAt);
  return (
    <section aria-label="The backtest it would have had" className="mt-11">
      <SectionTitle title="The backtest it would have had" sub="last twelve month-ends, 90 days ahead" />
      {asked && tested === null && <p className="text-text-2">Reading the test of the draft</p>}
      {tested && !ended && <Running tested={tested} onStop={() => void stop()} />}
      {ended && <Ended tested={tested} stale={stale} workspace={workspace} reader={reader} />}
      {(!asked || ended) && (
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button busy={busy} disabled={!differs || !sound} onClick={() => void start()}>
            {ended ? 'Test this draft again' : 'Backtest this draft'}
          </Button>
          <p className="max-w-[64ch] text-12 text-text-3">
            {differs && !sound
              ? 'It can be tested once it can be saved: the bar below says what is wrong.'
              : differs
                ? 'Saves the draft as it is, and scores every account of the past by it and by the published model.'
                : 'Change something, and test it on the past.'}{' '}
            <Link href={`/w/${workspace}/health-model/fit`} className="door">
              Fit weights to our history
            </Link>{' '}
            asks the past which weights it would have wanted.
          </p>
        </div>
      )}
    </section>
  );
};

const isRunning = ({ draft, published }: Tested): boolean => draft.state === 'running' || published.state === 'running';

const Running = ({ tested: { draft, published }, onStop }: { tested: Tested; onStop: () => void }) => {
  const [done, total] = [draft.done + published.done, draft.total > 0 ? 2 * draft.total : 0]; // both walk the same days
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Progress label="How far the test of the draft is" done={done} total={total}>
        {total > 0
          ? `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} days walked, draft and published model together`
          : 'reading the history'}
      </Progress>
      <Button size="sm" onClick={onStop}>
        Stop
      </Button>
    </div>
  );
};

const Ended = ({ tested, stale, workspace, reader }: { tested: Tested; stale: boolean; workspace: string; reader: Reader }) => {
  const failed = [tested.draft, tested.published].find(({ state }) => state === 'failed');
  if (failed) return <p className="text-text-2">The test failed: {failed.error ?? 'the worker did not say why'}. Nothing live was touched.</p>;
  const { draft, published } = tested;
  if (draft.summary === null || published.summary === null) return <p className="text-text-2">The test was stopped; what it had found is thrown away.</p>;
  return (
    <>
      {stale && <p className="mb-2 text-watch-text">The draft has changed since it was tested: these figures are of the draft as it was then.</p>}
      <DraftBacktestTable
        draft={{ ...draft, summary: draft.summary }}
        published={{ ...published, summary: published.summary }}
        workspace={workspace}
        reader={reader}
      />
    </>
  );
};
