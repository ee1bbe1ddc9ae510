import { addMonths, type Month } from '@tideline/domain/calendar';
import Link from 'next/link';
import { counted, exactMoney, fixed, money, NONE } from '../../../../ui/format.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../ui/table.tsx';
import { hrefOf } from './address.ts';
import type { Scene } from './scene.ts';
import { cohortTitle, quarterWords } from './words.ts';

/** How deep a cell is tinted: 60 points from 100% is the deepest. Accent above, grey below. */
const tint = (share: number): string => {
  const strength = Math.min(1, Math.abs(share - 1) / 0.6);
  return `color-mix(in srgb, var(${share >= 1 ? '--accent' : '--dormant'}) ${Math.round(4 + strength * 36)}%, transparent)`;
};

/** What each quarter's new accounts are worth since, against their first full quarter. */
export const Cohorts = ({ page, address }: Scene) => {
  const { cohorts, currency } = page;
  const columns = Math.max(0, ...cohorts.map((cohort) => cohort.cells.length));
  if (columns < 2) return null;
  return (
    <section aria-labelledby="cohorts">
      <SectionTitle title={<span id="cohorts">{cohortTitle(cohorts)}</span>} aside="% of the first full quarter; grey below 100, accent above" />
      <Table caption="Revenue of each quarter's new accounts by quarter since">
        <Thead>
          <Tr>
            <Th>Started</Th>
            <Th right>Accounts</Th>
            <Th right>First full q.</Th>
            {Array.from({ length: columns }, (_, i) => (
              <Th key={i} right>
                {i === 0 ? 'Base' : `+${i} q`}
              </Th>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {cohorts.map((cohort) => (
            <Tr key={cohort.quarter}>
              <RowHead>{quarterWords(cohort.quarter)}</RowHead>
              <Td right quiet>
                {cohort.accounts}
              </Td>
              <Td right quiet title={exactMoney(cohort.base, currency)}>
                {money(cohort.base, currency)}
              </Td>
              {Array.from({ length: columns }, (_, i) => {
                const share = cohort.cells[i];
                if (share === undefined) return <Td key={i} />;
                const at = addMonths(cohort.quarter as Month, 3 + i * 3);
                return (
                  <Td key={i} right className="border-bg" style={share === null || i === 0 ? {} : { background: tint(share) }}>
                    {share === null ? (
                      NONE
                    ) : (
                      <Link
                        href={hrefOf(address, { door: { of: 'cohort', quarter: cohort.quarter as Month, month: at } })}
                        scroll={false}
                        className="door"
                        aria-label={`${counted(cohort.accounts, 'account')} started in ${quarterWords(cohort.quarter)}: ${fixed(share * 100, 0)}% in ${quarterWords(at)}`}
                      >
                        {fixed(share * 100, 0)}
                      </Link>
                    )}
                  </Td>
                );
              })}
            </Tr>
          ))}
        </Tbody>
      </Table>
    </section>
  );
};
