import { Chip } from '../../../../../../../ui/chip.tsx';
import { exactMoment, exactQuantity, moment, type Reader } from '../../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../../ui/table.tsx';
import type { Tone } from '../../../../../../../ui/tone.ts';

type Run = {
  id: string;
  state: string;
  rowsRead: number;
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  reasons: { reason: string; words: string; rows: number }[];
  samples: { place: string; message: string; raw: string }[];
  error: string | null;
  startedAt: Date;
};

const states: Record<string, { label: string; tone: Tone }> = {
  running: { label: 'Reading', tone: 'expansion' },
  done: { label: 'Done', tone: 'healthy' },
  failed: { label: 'Failed', tone: 'risk' },
  stopped: { label: 'Stopped', tone: 'watch' },
};

/** The latest readings. Those that met nothing new leave no line. */
export const RunTable = ({ runs, reader }: { runs: readonly Run[]; reader: Reader }) => (
  <section>
    <SectionTitle title="Latest readings" sub="those that met rows, or failed" />
    {runs.length === 0 ? (
      <p className="text-text-2">None yet.</p>
    ) : (
      <Table caption="The latest readings, the newest first">
        <Thead>
          <tr>
            <Th>Started</Th>
            <Th>State</Th>
            <Th right>Read</Th>
            <Th right>Taken in</Th>
            <Th right className="max-sm:hidden">
              There already
            </Th>
            <Th right className="max-sm:hidden">
              Rejected
            </Th>
          </tr>
        </Thead>
        <Tbody>
          {runs.map((run) => (
            <RunLine key={run.id} run={run} reader={reader} />
          ))}
        </Tbody>
      </Table>
    )}
  </section>
);

const RunLine = ({ run, reader }: { run: Run; reader: Reader }) => {
  const state = states[run.state];
  return (
    <Tr>
      <RowHead className="py-2 align-top whitespace-normal">
        <span title={exactMoment(run.startedAt, reader)}>{moment(run.startedAt, reader)}</span>
        {run.error && <span className="block max-w-[72ch] text-12 text-risk-text">{run.error}</span>}
        {run.conflicts > 0 && <span className="block text-12 text-text-3">{exactQuantity(run.conflicts)} in conflict: what was first stays</span>}
        {run.reasons.length > 0 && <Rejected run={run} />}
      </RowHead>
      <Td className="py-2 align-top">
        <Chip tone={state?.tone ?? 'quiet'}>{state?.label ?? run.state}</Chip>
      </Td>
      <Td right className="py-2 align-top">
        {exactQuantity(run.rowsRead)}
      </Td>
      <Td right className="py-2 align-top">
        {exactQuantity(run.accepted)}
      </Td>
      <Td right quiet className="py-2 align-top max-sm:hidden">
        {exactQuantity(run.duplicates)}
      </Td>
      <Td right quiet className="py-2 align-top max-sm:hidden">
        {exactQuantity(run.rejected)}
      </Td>
    </Tr>
  );
};

/** Why rows were not taken in, and the first of them as they stood. */
const Rejected = ({ run: { reasons, samples } }: { run: Run }) => (
  <details className="mt-1 text-12">
    <summary className="cursor-pointer text-watch-text">{reasons.map(({ words, rows }) => `${exactQuantity(rows)}: ${words}`).join('. ')}</summary>
    <ul className="mt-1 flex flex-col gap-1">
      {samples.map(({ place, message, raw }) => (
        <li key={`${place} ${raw}`} className="max-w-200 wrap-anywhere text-text-2">
          <b className="font-semibold">{place}</b> {message}: <code>{raw}</code>
        </li>
      ))}
    </ul>
  </details>
);
