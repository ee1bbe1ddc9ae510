import { counted, percent } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import type { BacktestFindings } from '../backtest-types.ts';
import { leadWords } from './lead-words.ts';

type Lead = BacktestFindings['lead'];

/** How early the alarm was, over all accounts that stopped. */
export const LeadTime = ({ lead, atRiskBelow }: { lead: Lead; atRiskBelow: number }) => (
  <section aria-label="How early the alarm was">
    <SectionTitle title="How early the alarm was" sub={`below health ${Math.round(atRiskBelow)}, read once a week`} />
    <p className="max-w-[88ch] text-text-2">{leadWords(lead)}</p>
    {lead.stops > 0 && (
      <dl className="mt-3 grid max-w-200 grid-cols-2 gap-x-10 gap-y-3 sm:grid-cols-4">
        <Step label="Before the last usage" n={lead.before} of={lead.stops} />
        <Step label="Within 28 days of it" n={lead.within28} of={lead.stops} />
        <Step label="Within 56 days of it" n={lead.within56} of={lead.stops} />
        <Step label="Within 90 days of it" n={lead.alarmed} of={lead.stops} />
      </dl>
    )}
    <p className="mt-3 max-w-[88ch] text-12 text-text-2">
      {lead.alarms > 0 && `Of ${counted(lead.alarms, 'alarm')} of accounts in use, ${percent(lead.right / lead.alarms)} were followed by 90 silent days. `}
      An account stopped when it had a rhythm (4 usage days over 56 days or more) and then was silent for over 90 days.
    </p>
  </section>
);

const Step = ({ label, n, of }: { label: string; n: number; of: number }) => (
  <div>
    <dt className="text-12 text-text-2">{label}</dt>
    <dd className="text-20 tabular-nums">
      {percent(n / of)}{' '}
      <small className="text-12 font-medium text-text-3">
        {n.toLocaleString('en-US')} of {of.toLocaleString('en-US')}
      </small>
    </dd>
  </div>
);
