import { MIN_EACH, MIN_LESSONS } from '@tideline/domain/calibrate';
import type { Day } from '@tideline/domain/calendar';
import { counted, fixed, NONE, percent, shortDay, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import type { Finding } from './fit-types.ts';

type Trial = Finding['trials'][number];
type Measured = Trial['present'];
type Props = { trials: readonly Trial[]; mean: Finding['mean']; model: string; reader: Reader };

const measures = [
  { key: 'auc', label: 'Pairs right', code: 'AUC', write: (value: number | null) => percent(value, 1) },
  { key: 'lift', label: 'Riskiest tenth', code: 'lift', write: (value: number | null) => (value === null ? NONE : `${fixed(value, 1)}×`) },
  { key: 'ece', label: 'Chances off by', code: 'ECE', write: (value: number | null) => percent(value, 1) },
] as const satisfies readonly { key: keyof Measured; label: string; code: string; write: (value: number | null) => string }[];

/** Each tested day with both models beside each other. */
export const TrialsTable = ({ trials, mean, model, reader }: Props) => (
  <section aria-label="Tested on later months">
    <SectionTitle title="Tested on later months" sub="accounts used in the 90 days before each day" />
    <Table caption="Both models on each past day">
      <Thead>
        <Tr>
          <Th>
            <span className="sr-only">Day</span>
          </Th>
          <Th className="max-sm:hidden">
            <span className="sr-only">Weights fitted to</span>
          </Th>
          <Th right className="max-sm:hidden">
            <span className="sr-only">Accounts</span>
          </Th>
          {measures.map(({ key, label, code }) => (
            <Th key={key} colSpan={2} scope="colgroup" className="pl-8 text-right">
              {label} <span className="font-normal">{code}</span>
            </Th>
          ))}
        </Tr>
        <Tr>
          <Th>Scored on</Th>
          <Th className="max-sm:hidden">Weights fitted up to</Th>
          <Th right className="max-sm:hidden">
            Accounts
          </Th>
          {measures.map(({ key }) => (
            <Heads key={key} model={model} />
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {trials.map((trial) => (
          <Tr key={trial.cutoff}>
            <RowHead className="whitespace-nowrap">{shortDay(trial.cutoff as Day, reader)}</RowHead>
            <Td quiet className="max-sm:hidden">
              {trial.own === null ? tooLittle(trial) : shortDay(trial.learnedTo as Day, reader)}
            </Td>
            <Td right quiet className="max-sm:hidden">
              {trial.accounts.toLocaleString('en-US')}
            </Td>
            <Figures present={trial.present} own={trial.own} />
          </Tr>
        ))}
        {mean && (
          <Tr>
            <RowHead>Mean</RowHead>
            <Td quiet className="max-sm:hidden">
              of the days both were tested on
            </Td>
            <Td className="max-sm:hidden" />
            <Figures present={mean.present} own={mean.own} />
          </Tr>
        )}
      </Tbody>
    </Table>
    <p className="mt-2 max-w-[104ch] text-12 text-text-2">
      Pairs right: of all pairs of an account that left and one that stayed, the share ranked the right way round. Riskiest tenth: how many times more often it
      left than all did. Chances off by: how far foretold chances lay from what happened. The better of each two is bold.
    </p>
  </section>
);

/** Why nothing could be fitted by then. */
const tooLittle = ({ lessons, silent }: Trial): string =>
  lessons < MIN_LESSONS
    ? `only ${counted(lessons, 'judgement')} by then`
    : `only ${Math.min(silent, lessons - silent)} of ${lessons.toLocaleString('en-US')} ${silent < MIN_EACH ? 'left' : 'stayed'} by then`;

const Heads = ({ model }: { model: string }) => (
  <>
    <Th right className="pl-8">
      <span title={model}>In force</span>
    </Th>
    <Th right>Fitted</Th>
  </>
);

const Figures = ({ present, own }: { present: Measured; own: Measured | null }) =>
  measures.map(({ key, write }) => {
    const [now, fitted] = [present[key], own?.[key] ?? null];
    const wins = now !== null && fitted !== null && write(now) !== write(fitted) && (key === 'ece' ? fitted < now : fitted > now);
    const loses = now !== null && fitted !== null && write(now) !== write(fitted) && !wins;
    return <FigurePair key={key} present={write(now)} own={own === null ? NONE : write(fitted)} better={wins ? 'own' : loses ? 'present' : null} />;
  });

const FigurePair = ({ present, own, better }: { present: string; own: string; better: 'present' | 'own' | null }) => (
  <>
    <Td right className="pl-8">
      {better === 'present' ? <b>{present}</b> : present}
    </Td>
    <Td right>{better === 'own' ? <b>{own}</b> : own}</Td>
  </>
);
