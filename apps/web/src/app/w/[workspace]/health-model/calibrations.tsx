import type { Model } from '@tideline/contracts/model';
import type { Day } from '@tideline/domain/calendar';
import { percent, NONE, shortDay, type Reader } from '../../../../ui/format.ts';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../ui/table.tsx';
import { Group } from './group.tsx';

type Calibration = Model['State']['calibrations'][number];

/** What the score means in probabilities and money, from the workspace's own past where that can say. */
export const Calibrations = ({ calibrations, reader }: { calibrations: readonly Calibration[]; reader: Reader }) => {
  const levels = calibrations[0]?.at.map(({ level }) => level) ?? [];
  const fitted = calibrations.findLast(({ fittedOn }) => fittedOn)?.fittedOn;
  return (
    <Group title="What a score means" aside={fitted ? `asked ${shortDay(fitted as Day, reader)}, again after 28 days` : 'within 90 days'}>
      <Table caption="Shares within 90 days by health">
        <Thead>
          <tr>
            <Th className="text-left">At health</Th>
            {levels.map((level) => (
              <Th key={level} right>
                {level}
              </Th>
            ))}
          </tr>
        </Thead>
        <Tbody>
          {calibrations.map(({ kind, label, outcome, at }) => (
            <Tr key={kind}>
              <RowHead className="text-left font-normal">
                <span title={outcome}>
                  {label}
                  {kind === 'expansion' && <span className="block text-12 text-text-3">by room to grow</span>}
                </span>
              </RowHead>
              {at.map(({ level, share }) => (
                <Td key={level} right>
                  {share === null ? NONE : percent(share)}
                </Td>
              ))}
            </Tr>
          ))}
        </Tbody>
      </Table>
      <ul className="mt-2 space-y-1 text-12 text-text-2">
        {calibrations.map((one) => (
          <li key={one.kind}>
            {one.label}: {sourceOf(one)}
          </li>
        ))}
      </ul>
    </Group>
  );
};

/** Where a row comes from, in numbers. */
const sourceOf = ({ kind, own, lessons, hits }: Calibration): string => {
  const past = `${lessons.toLocaleString('en-US')} judgements of the past, ${hits.toLocaleString('en-US')} of which ${kind === 'loss' ? 'lost half' : 'came true'}`;
  if (own) return `read from ${past}.`;
  const instead = kind === 'silent' || kind === 'loss' ? 'the default curve stands' : 'nothing is said';
  return lessons === 0 ? `no judgement is 90 days old yet, so ${instead}.` : `${past}: too few, or no pattern in them, so ${instead}.`;
};
