import type { AccountPages } from '@tideline/contracts/account-page';
import { daysBetween, type Day } from '@tideline/domain/calendar';
import { LinePlot } from '../../../../../charts/line-plot.tsx';
import { prepareBurn } from '../../../../../charts/prepare-burn.ts';
import type { Amounts } from '../../../../../ui/amount.ts';
import { paceLooks } from '../../../../../ui/commitment-bar.tsx';
import { counted, fixed, shortDay, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { paceOf } from './glance.tsx';

type Commitment = AccountPages['Commitment'];

/** The commitment against its plan, and where the present rate leads. */
export const CommitmentSection = ({ commitment, amounts, reader }: { commitment: Commitment; amounts: Amounts; reader: Reader }) => {
  const expected = Number(commitment.amount) + Number(commitment.overage) - Number(commitment.breakage);
  const drawn = prepareBurn({
    start: commitment.start as Day,
    end: commitment.end as Day,
    amount: Number(commitment.amount),
    line: commitment.line.map(({ day, consumed }) => ({ day: day as Day, consumed: Number(consumed) })),
    expected,
    write: amounts.short,
    axis: amounts.axis,
    reader,
  });
  const pace = paceOf(commitment.state);
  return (
    <section id="commitment" className="scroll-mt-14">
      <SectionTitle title="Commitment" sub={paceLooks[pace].words} aside={commitment.pace === null ? undefined : `pace ${fixed(commitment.pace, 2)}`} />
      {drawn && <LinePlot plot={drawn} label="Commitment used against its plan" height={160} left={48} />}
      <p className="mt-1 text-text-2">{outcome(commitment, amounts, reader)}</p>
    </section>
  );
};

const outcome = ({ exhaustion, end, breakage, overage }: Commitment, amounts: Amounts, reader: Reader): string => {
  const last = shortDay(end as Day, reader);
  if (exhaustion && exhaustion.day < end) {
    const early = counted(daysBetween(exhaustion.day as Day, end as Day), 'day');
    const over = Number(overage) > 0 ? `, ${amounts.short(overage)} over by ${last}` : '';
    return `At the rate of the last 28 days it is spent on ${shortDay(exhaustion.day as Day, reader)}, ${early} early${over}.`;
  }
  return Number(breakage) > 0
    ? `At the rate of the last 28 days ${amounts.short(breakage)} lapses on ${last}.`
    : `At the rate of the last 28 days it is spent by ${last}.`;
};
