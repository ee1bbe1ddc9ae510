'use client';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { useLive } from '../../../../../lib/live.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Button } from '../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { ErrorState } from '../../../../../ui/error-state.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import { moment, type Reader } from '../../../../../ui/format.ts';
import { Progress } from '../../../../../ui/progress.tsx';
import { failed } from '../../../../../ui/toast.tsx';
import type { Fit } from './fit-types.ts';
import { FitFindings } from './fit-findings.tsx';

type Props = { workspace: string; initial: Fit | null; reader: Reader };

/** The last fit: how far it is, then what it found. It is started by hand, and changes nothing by itself. */
export const FitScreen = ({ workspace, initial, reader }: Props) => {
  const { fit, busy, refused, start, stop, stopping } = useFit(workspace, initial);
  const again = (
    <Button look={fit === null ? 'primary' : 'secondary'} busy={busy} onClick={() => void start()}>
      {fit === null ? 'Fit weights to our history' : 'Fit again'}
    </Button>
  );
  return (
    <div className="max-w-300 px-gutter py-6 max-sm:px-4">
      <FormError>{refused}</FormError>
      {fit === null && (
        <EmptyState title="Would other weights have foretold better here?" actions={again}>
          Weights of the four usage signals are fitted to what your accounts did after past days, then tested on later months than they were fitted on, beside
          the model in force. It takes as long as a backtest, runs in the background, and changes nothing.
        </EmptyState>
      )}
      {fit?.state === 'running' && (
        <EmptyState
          title={stopping ? 'Stopping after the day it is at' : 'Fitting weights to your history'}
          actions={
            <Button busy={stopping} onClick={() => void stop(fit.id)}>
              {stopping ? 'Stopping' : 'Stop'}
            </Button>
          }
        >
          <p>Every account is judged on past days as it was known on them. It goes on in the background: leave, and come back.</p>
          <Progress className="mt-3" label="How far the fit is" done={fit.done} total={fit.total}>
            {fit.total > 0 ? `${fit.done.toLocaleString('en-US')} of ${fit.total.toLocaleString('en-US')} days judged` : 'reading the history'}
          </Progress>
        </EmptyState>
      )}
      {fit?.state === 'cancelled' && (
        <EmptyState title="This fit was stopped." actions={again}>
          What it had found by then is thrown away.
        </EmptyState>
      )}
      {fit?.state === 'failed' && (
        <ErrorState title="This fit failed." action={again}>
          {fit.error ?? 'The worker did not say why.'} Nothing live was touched.
        </ErrorState>
      )}
      {fit?.state === 'done' && fit.finding && (
        <>
          <FitFindings fit={fit} finding={fit.finding} workspace={workspace} reader={reader} />
          <p className="mt-10 flex flex-wrap items-center gap-3 text-12 text-text-3">
            {again} Held against {fit.model.toLowerCase()}; asked by {fit.askedBy}, {moment(fit.askedAt, reader)}.
          </p>
        </>
      )}
    </div>
  );
};

/** The newest fit, read again while it runs; started and stopped. */
const useFit = (workspace: string, initial: Fit | null) => {
  const [fit, setFit] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const [stopping, setStopping] = useState(false);
  useLive(workspace, ['run'], () => {
    api(workspace)
      .call('listWeightFits')
      .then(({ items }) => setFit(items[0] ?? null))
      .catch((error: unknown) => failed('The fit could not be read again.', problemText(error)));
  });
  const start = async () => {
    setBusy(true);
    setRefused(undefined);
    setStopping(false);
    try {
      setFit(await api(workspace).call('startWeightFit'));
    } catch (error) {
      setRefused(problemText(error));
    }
    setBusy(false);
  };
  const stop = async (id: string) => {
    setStopping(true);
    try {
      await api(workspace).call('stopWeightFit', { params: { id } });
    } catch (error) {
      failed(problemText(error));
      setStopping(false);
    }
  };
  return { fit, busy, refused, start, stop, stopping };
};
