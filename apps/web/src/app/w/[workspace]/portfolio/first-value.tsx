import { quantity, counted, NONE, percent } from '../../../../ui/format.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../ui/table.tsx';
import { quarterWords } from '../revenue/words.ts';
import type { Scene } from './scene.ts';

const days = (value: number | null): string => (value === null ? NONE : `${quantity(value)} d`);

/** How long new accounts took to first value, by the quarter they started in. */
export const FirstValue = ({ page }: Scene) => {
  const cohorts = page.firstValue;
  if (!cohorts || cohorts.length === 0) return null;
  const within = cohorts[0]?.within.days ?? 0;
  const wrong = cohorts.reduce((n, cohort) => n + cohort.beforeStart, 0);
  return (
    <section aria-labelledby="first-value">
      <SectionTitle title={<span id="first-value">{titleOf(cohorts)}</span>} aside="Those still on the way count as waiting" />
      <Table caption="Time to first value by the quarter accounts started in">
        <Thead>
          <Tr>
            <Th>Started</Th>
            <Th right>Accounts</Th>
            <Th right>Reached</Th>
            <Th right>Half within</Th>
            <Th right>3 in 4</Th>
            <Th right>9 in 10</Th>
            <Th right>In {within} d</Th>
          </Tr>
        </Thead>
        <Tbody>
          {cohorts.map((cohort) => (
            <Tr key={cohort.quarter}>
              <RowHead>{quarterWords(cohort.quarter)}</RowHead>
              <Td right quiet>
                {cohort.accounts}
              </Td>
              <Td right quiet>
                {cohort.reached}
              </Td>
              <Td right>{days(cohort.median)}</Td>
              <Td right>{days(cohort.p75)}</Td>
              <Td right>{days(cohort.p90)}</Td>
              <Td right>{percent(cohort.within.share)}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {wrong > 0 && (
        <p className="mt-2 text-12 text-text-3">{counted(wrong, 'account')} reached it before their start: counted as day 0, look at their contract start.</p>
      )}
    </section>
  );
};

/** Whether the newest quarter that half has got through was faster than the one before it. */
const titleOf = (cohorts: NonNullable<Scene['page']['firstValue']>): string => {
  const known = cohorts.filter((cohort) => cohort.median !== null);
  const [before, last] = [known.at(-2), known.at(-1)];
  if (!last) return 'Time to first value';
  const within = ({ median }: { median: number | null }) => `within ${counted(median ?? 0, 'day')}`;
  const now = `Half of those who started in ${quarterWords(last.quarter)} had first value ${within(last)}`;
  return before ? `${now}, in ${quarterWords(before.quarter)} ${within(before)}` : now;
};
