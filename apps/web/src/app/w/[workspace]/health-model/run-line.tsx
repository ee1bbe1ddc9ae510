'use client';
import type { Model } from '@tideline/contracts/model';
import { ErrorState } from '../../../../ui/error-state.tsx';

/** How far the rescoring is that a new version started. Gone when it is done; a failure stays until the next one works. */
export const RunLine = ({ run, version }: { run: Model['Run'] | null; version: number }) => {
  if (run?.state === 'failed')
    return (
      <ErrorState className="mx-gutter mt-4 max-sm:mx-4" title={`Judging every account by version ${version} stopped.`}>
        {run.error ?? 'The worker did not say why.'} Accounts that were not reached keep their last judgement until the next day close, which judges all of
        them.
      </ErrorState>
    );
  if (run?.state !== 'running') return null;
  const share = run.total > 0 ? Math.min(100, (run.done / run.total) * 100) : 0;
  return (
    <div className="flex items-center gap-3 border-b border-line px-gutter py-2 max-sm:px-4">
      <span className="text-text-2">
        Judging every account by version {version}
        {run.total > 0 && `: ${run.done.toLocaleString('en-US')} of ${run.total.toLocaleString('en-US')}`}
      </span>
      <div
        role="progressbar"
        aria-label="Accounts judged by the new version"
        aria-valuenow={Math.round(share)}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-1 max-w-60 flex-1 overflow-hidden rounded-full bg-bg-track"
      >
        <i className="block h-full rounded-full bg-accent" style={{ width: `${share}%` }} />
      </div>
    </div>
  );
};
