import type { JudgedAccount } from '@tideline/db/read/account-page';
import type { Components } from '@tideline/domain/component';
import { type Band, ENOUGH_COVERAGE, explainHealth, prepareModel } from '@tideline/domain/health';
import type { Measures } from '@tideline/domain/measure';
import { isOther } from '@tideline/domain/other-signal';
import { bandSentence, removals, type RemovalKey } from '@tideline/domain/removal';
import { percent } from '@tideline/domain/sentence';
import { otherSignals, signalOf } from '@tideline/domain/signal';
import { weighedOthers } from '@tideline/domain/weight';

type Row = Pick<JudgedAccount, 'config' | 'band' | 'coverage'>;

/** What to connect, where too little of the model's weight had data for a band. */
const notEnough = ({ scores }: Components, coverage: number, { weights }: Row['config']): string => {
  const missing = weighedOthers({ weights }).filter((key) => scores[key] === null);
  const asks = missing.map((key) => (isOther(key) ? otherSignals[key].missing : 'nothing known of an own signal'));
  return `Not enough data: ${percent(coverage)} of the model’s weight is known, ${percent(ENOUGH_COVERAGE)} is needed. ${asks.join('. ')}.`;
};

/** Why health is what it is, in points and sentences; null where there is no score to explain. */
export const breakdownOf = (m: Measures, c: Components, { config, band, coverage }: Row) => {
  const explained = explainHealth(c, prepareModel(config, c.k));
  if (!explained) return null;
  return {
    parts: explained.parts.map((part) => {
      const { label, hint, sentence } = signalOf(part.key, m);
      return { ...part, label, hint, sentence: sentence(m, c) };
    }),
    removed: (Object.keys(removals) as RemovalKey[])
      .filter((key) => explained.removed[key] >= 0.05)
      .map((key) => ({ key, label: removals[key].label, points: explained.removed[key], sentence: removals[key].sentence(c, explained.shown) })),
    shown: explained.shown,
    band: band === null ? notEnough(c, coverage, config) : bandSentence(band as Band, config.bands),
    coverage,
  };
};
