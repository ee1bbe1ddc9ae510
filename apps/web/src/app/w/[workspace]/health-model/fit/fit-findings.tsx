'use client';
import { useRouter } from 'next/navigation';
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
        {finding.own && finding.advice !== 'wait' && <ToDraft fit={fit} advised={finding.advice === 'adopt'} workspace={workspace} />}
      </div>
      {finding.own && finding.present && (
        <SharesTable present={finding.present} own={finding.own.shares} negative={finding.own.negative} lessons={finding.lessons} reader={reader} />
      )}
      {finding.trials.length > 0 && <TrialsTable trials={finding.trials} mean={finding.mean} model={fit.model} reader={reader} />}
      {calibration && finding.mean && (
        <div className="max-w-160">
          <ChartFigure
            title={`Foretold chances were off by ${percent(finding.mean.own.ece, 1)} with fitted weights, ${percent(finding.mean.present.ece, 1)} without`}
            sub="Accounts grouped by the chance of leaving they were given: across what was foretold, up what happened, the number how many by fitted weights. On the dashed line the two agree; the chances of both were fitted to what was known by each day."
            table={calibration.table}
          >
            <LinePlot plot={calibration} label="Foretold and happened, by both models" height={240} left={40} right={96} />
          </ChartFigure>
        </div>
      )}
    </div>
  );
};

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
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button look={advised ? 'primary' : 'secondary'} busy={busy} onClick={() => void put()}>
        Put these weights into a draft
      </Button>
      <p className="max-w-[64ch] text-12 text-text-3">
        Nothing is published. Other settings of the draft stay; the shift to silence is switched off, because the fitted weights have your rhythms in them.
      </p>
    </div>
  );
};
