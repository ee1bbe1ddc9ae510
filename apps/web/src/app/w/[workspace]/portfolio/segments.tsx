import Link from 'next/link';
import { counted, exactMoney, fixed, money, percent, quantity } from '../../../../ui/format.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';
import { SegmentMark, segmentLooks } from '../../../../ui/segment-mark.tsx';
import { RowHead, Table, Tbody, Td, Tfoot, Th, Thead, Tr } from '../../../../ui/table.tsx';
import { accountsHref, type Scene } from './scene.ts';

type Row = Scene['page']['segments'][number];

/** How the book is made up, and how it moved in four weeks. */
export const Segments = ({ workspace, page }: Scene) => {
  const { segments, book, currency, comparedDays } = page;
  const compared = segments.some((row) => row.before > 0);
  return (
    <section aria-labelledby="segments" className="grid gap-x-14 gap-y-6 side:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="min-w-0">
        <SectionTitle title={<span id="segments">{titleOf(page)}</span>} {...(compared ? { aside: `Against ${comparedDays} days ago` } : {})} />
        <Table caption="Accounts and money by segment">
          <Thead>
            <Tr>
              <Th>Segment</Th>
              <Th right>Accounts</Th>
              {compared && (
                <>
                  <Th right>Change</Th>
                  <Th right className="max-sm:hidden">
                    Came
                  </Th>
                  <Th right className="max-sm:hidden">
                    Went
                  </Th>
                </>
              )}
              <Th right>Run rate</Th>
              <Th right className="max-sm:hidden">
                Share
              </Th>
              <Th right>At stake, 90 d</Th>
            </Tr>
          </Thead>
          <Tbody>
            {segments.map((row) => (
              <Line key={row.segment} {...{ workspace, row, currency, compared }} whole={Number(book.runRate)} />
            ))}
          </Tbody>
          <Whole {...{ book, currency, compared }} />
        </Table>
      </div>
      <Flows page={page} />
    </section>
  );
};

const Whole = ({ book, currency, compared }: { book: Scene['page']['book']; currency: string; compared: boolean }) => (
  <Tfoot>
    <Tr>
      <RowHead>The book</RowHead>
      <Td right>{quantity(book.accounts)}</Td>
      {compared && (
        <>
          <Td right />
          <Td right className="max-sm:hidden" />
          <Td right className="max-sm:hidden" />
        </>
      )}
      <Td right title={exactMoney(book.runRate, currency)}>
        {money(book.runRate, currency)}
      </Td>
      <Td right className="max-sm:hidden" />
      <Td right title={exactMoney(book.stake, currency)}>
        {money(book.stake, currency)}
      </Td>
    </Tr>
  </Tfoot>
);

const Line = ({ workspace, row, currency, compared, whole }: { workspace: string; row: Row; currency: string; compared: boolean; whole: number }) => (
  <Tr>
    <RowHead>
      <Link href={accountsHref(workspace, { tab: row.segment })} className="door flex items-center gap-2 font-normal">
        <SegmentMark silent segment={row.segment} />
        {segmentLooks[row.segment].label}
      </Link>
    </RowHead>
    <Td right>{quantity(row.accounts)}</Td>
    {compared && (
      <>
        <Td right>{row.accounts === row.before ? <span className="text-text-3">–</span> : fixed(row.accounts - row.before, 0, { signed: true })}</Td>
        <Td right quiet className="max-sm:hidden">
          {row.came || '–'}
        </Td>
        <Td right quiet className="max-sm:hidden">
          {row.went || '–'}
        </Td>
      </>
    )}
    <Td right title={exactMoney(row.runRate, currency)}>
      {money(row.runRate, currency)}
    </Td>
    <Td right quiet className="max-sm:hidden">
      {percent(whole > 0 ? Number(row.runRate) / whole : null)}
    </Td>
    <Td right title={exactMoney(row.stake, currency)}>
      {money(row.stake, currency)}
    </Td>
  </Tr>
);

const SHOWN = 7;

/** The largest moves between segments; a first judgement is an arrival, not a move. */
const Flows = ({ page }: Pick<Scene, 'page'>) => {
  const flows = page.flows.filter((flow) => flow.from !== null).slice(0, SHOWN);
  if (flows.length === 0) return null;
  return (
    <div className="min-w-0">
      <SectionTitle level={3} title={`Where accounts went in ${page.comparedDays} days`} />
      <ul className="mt-1 tabular-nums">
        {flows.map(({ from, to, accounts, runRate }) => (
          <li key={`${from} ${to}`} className="flex h-row-compact items-center gap-2 border-b border-line">
            {from && <SegmentMark silent segment={from} />}
            <span className="truncate text-text-2">{from && segmentLooks[from].short}</span>
            <span aria-hidden className="text-text-3">
              →
            </span>
            <span className="sr-only">to</span>
            <SegmentMark silent segment={to} />
            <span className="truncate">{segmentLooks[to].short}</span>
            <span className="ml-auto whitespace-nowrap" title={exactMoney(runRate, page.currency)}>
              {counted(accounts, 'account')} <span className="ml-2 inline-block min-w-12 text-right">{money(runRate, page.currency)}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
};

const titleOf = ({ segments, book, currency }: Scene['page']): string => {
  const risk = segments.find((row) => row.segment === 'churn_risk');
  if (!risk || risk.accounts === 0) return 'No account in the book is a churn risk';
  const share = Number(book.runRate) > 0 ? `, ${percent(Number(risk.runRate) / Number(book.runRate))} of the run rate` : '';
  return `Churn risk: ${counted(risk.accounts, 'account')}, ${money(risk.runRate, currency)}${share}`;
};
