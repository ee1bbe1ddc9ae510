'use client';
import { useRouter } from 'next/navigation';
import { MIN_IN_POINT } from '@tideline/domain/foretelling';
import { useMemo, useState } from 'react';
import { ChartFigure } from '../../../../../charts/chart-figure.tsx';
import { LinePlot } from '../../../../../charts/line-plot.tsx';
import { prepareTwoCalibrations } from '../../../../../charts/prepare-weight-fit.ts';
import { api } from '../../../../../lib/api.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Button } from '../../../../../ui/button.tsx';
import { percent, type Reader } from '../../../../../ui/format.ts';
import { done, failed } from '../../../../../ui/toast.tsx';
import type { Finding, Fit } from './fit-types.ts';
import { missing, verdict, verdictNote } from './fit-words.ts';
import { SharesTable } from './shares-table.tsx';
import { TrialsTable } from './trials-table.tsx';

type Props = { fit: Fit; finding: Finding; workspace: string; reader: Reader };

/** The verdict, the weights beside those in force, and the days both were tested on. */
export const FitFindings = ({ fit, finding, workspace, reader }: Props) => {
  const lacks = missing(finding);
  const calibration = useMemo(() => prepareTwoCalibrations(finding.calibration), [finding.calibration]);
  return (
    <div className="grid grid-cols-1 gap-y-11">
      <div>
        <h2 className="max-w-[64ch] text-20 leading-7 text-balance">{verdict(finding)}</h2>
        <p className="mt-2 max-w-[88ch] text-text-2">{verdictNote(finding, reader)}</p>
        {lacks.length > 0 && (
          <ul className="mt-3 max-w-[88ch] list-disc pl-4 text-text-2">
            {lacks.map((lack) => (
              <li key={lack}>{lack}</li>
            ))}
          </ul>
        )}
        {finding.own && finding.advice === 'adopt' && <ToDraft fit={fit} advised workspace={workspace} />}
      </div>
      {finding.own && finding.present && (
        <SharesTable present={finding.present} own={finding.own.shares} negative={finding.own.negative} lessons={finding.lessons} reader={reader} />
      )}
      {finding.trials.length > 0 && <TrialsTable trials={finding.trials} mean={finding.mean} model={fit.model} reader={reader} />}
      {calibration && finding.mean && (
        <div className="max-w-160">
          <ChartFigure
            title={`Foretold chances were off by ${percent(finding.mean.own.ece, 1)} with fitted weights, ${percent(finding.mean.present.ece, 1)} without`}
            sub={`Scores grouped by the chance of leaving they foretold: across what was foretold, up what happened, the number how many by fitted weights. A point holds at least ${MIN_IN_POINT} scores: smaller groups are joined with their neighbours. On the dashed line the two agree; the chances of both were fitted to what was known by each day.`}
            table={calibration.table}
          >
            <LinePlot plot={calibration} label="Foretold and happened, by both models" height={240} left={40} right={96} />
          </ChartFigure>
        </div>
      )}
      {finding.own && finding.advice === 'keep' && <ToDraft fit={fit} advised={false} workspace={workspace} />}
    </div>
  );
};

/** The way from the finding to the model; quiet where the finding advises against it. */
const ToDraft = ({ fit, advised, workspace }: { fit: Fit; advised: boolean; workspace: string }) => {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const put = async () => {
    setBusy(true);
    try {
      await api(workspace).call('draftWeightFit', { params: { id: fit.id } });
      done('The fitted weights are in the draft');
      router.push(`/w/${workspace}/health-model`);
    } catch (error) {
      failed(problemText(error));
      setBusy(false);
    }
  };
  return (
    <div className={advised ? 'mt-4' : 'border-t border-line pt-4'}>
      {!advised && (
        <p className="max-w-[72ch] text-12 text-text-2">
          The advice is to keep the present model. Whoever knows something the past does not, can draft these weights all the same and look at what they would
          do to every account.
        </p>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look={advised ? 'primary' : 'secondary'} size={advised ? 'md' : 'sm'} busy={busy} onClick={() => void put()}>
          {advised ? 'Put these weights into a draft' : 'Put these weights into a draft against the advice'}
        </Button>
        <p className="max-w-[64ch] text-12 text-text-3">
          Nothing is published. Other settings of the draft stay; the shift to silence is switched off, because the fitted weights have your rhythms in them.
        </p>
      </div>
    </div>
  );
};
