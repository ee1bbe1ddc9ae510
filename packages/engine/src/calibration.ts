import { livedJudgements, newestFits, ownCurves } from '@tideline/db/read/calibration';
import { type Scoring, scoringOf } from '@tideline/db/read/scoring';
import type { WorkspaceTx } from '@tideline/db/workspace';
import { writeFits } from '@tideline/db/write/calibration';
import { type Day, dayFromNumber, dayNumber, daysBetween } from '@tideline/domain/calendar';
import { lessonDays } from '@tideline/domain/calibrate';
import { fitCalibrations } from '@tideline/domain/own-calibration';

const HORIZON = 90;
/** Days after which the past is asked again. */
const REFIT_DAYS = 28;

/**
 * Reads the probabilities and the money at stake of a workspace from what became of its own judgements, up to the day, and keeps them.
 * The fit of a day before the last four weeks stands, unless `anew`.
 */
export const calibrate = async (tx: WorkspaceTx, day: Day, { priced }: Pick<Scoring, 'priced'>, { anew = false } = {}): Promise<void> => {
  const last = (await newestFits(tx))
    .map(({ fittedOn }) => fittedOn)
    .toSorted()
    .at(-1);
  if (!anew && last !== undefined && last <= day && daysBetween(last, day) < REFIT_DAYS) return;
  const days = lessonDays(dayNumber(day), HORIZON).map(dayFromNumber);
  await writeFits(tx, day, fitCalibrations(await livedJudgements(tx, days, { priced })));
};

/** What scoring needs to know, with probabilities and money as the workspace's own past has them. */
export const calibratedScoring = async (tx: WorkspaceTx): Promise<Scoring> => {
  const scoring = await scoringOf(tx);
  const { silent, loss } = await ownCurves(tx);
  const config = { ...scoring.model.config, ...(silent ? { silent } : {}), ...(loss ? { loss } : {}) };
  return { ...scoring, model: { ...scoring.model, config } };
};
