import Link from 'next/link';
import type { ReactNode } from 'react';
import { DivergingBar } from '../../../../charts/bars.tsx';
import { Avatar } from '../../../../ui/avatar.tsx';
import { exactMoney, fixed, money, percent, quantity } from '../../../../ui/format.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';
import { SegmentMark, segmentLooks, type SegmentCode } from '../../../../ui/segment-mark.tsx';
import { RowHead, Table, Tbody, Td, Tfoot, Th, Thead, Tr } from '../../../../ui/table.tsx';
import { hrefOf, type SliceName } from './address.ts';
import { SliceSwitch } from './controls.tsx';
import type { Scene } from './scene.ts';
import { retentionWords, sliceLabel, sliceNames } from './words.ts';

/** Whose the points are: two ways to cut the same cohort. */
export const Slices = (scene: Scene) => {
  const { slices, headline } = scene.page;
  if (!headline || !slices.definition) return null;
  return (
    <section aria-labelledby="slices">
      <SectionTitle
        title={<span id="slices">Where it comes from</span>}
        aside="Segment and age as they stood at the opening; owner, industry, region and plan as they are now"
      />
      <div className="mt-2 grid gap-x-14 gap-y-8 side:grid-cols-2">
        <SliceTable {...scene} slice={scene.address.by} place="by" />
        <SliceTable {...scene} slice={scene.address.and} place="and" />
      </div>
    </section>
  );
};

/** Of a long list the ends tell: who added most, who cost most. */
const SHOWN = 12;

type Row = NonNullable<Scene['page']['slices']['rows'][SliceName]>[number];

const SliceTable = ({ page, address, slice, place }: Scene & { slice: SliceName; place: 'by' | 'and' }) => {
  const all = page.slices.rows[slice] ?? [];
  const rows = all.length > SHOWN ? [...all.slice(0, SHOWN / 2), ...all.slice(-SHOWN / 2)] : all;
  const definition = page.slices.definition ?? undefined;
  const largest = Math.max(1e-9, ...rows.map((row) => Math.abs(row.points)));
  const low = Math.min(0, ...rows.map((row) => row.points));
  const high = Math.max(1e-9, ...rows.map((row) => row.points));
  const zero = low < 0 ? 20 + 40 * Math.min(1, -low / (high - low)) : 0;
  return (
    <div className="min-w-0">
      <Table caption={`Net revenue retention ${sliceNames[slice].toLowerCase()}`}>
        <Thead>
          <Tr>
            <Th className="min-w-36">
              <SliceSwitch place={place} value={slice} />
            </Th>
            <Th right className="max-sm:hidden">
              Accounts
            </Th>
            <Th right className="max-sm:hidden">
              Revenue
            </Th>
            <Th right>NRR</Th>
            <Th right className="max-lg:hidden">
              GRR
            </Th>
            <Th right className="w-44 max-sm:w-36">
              Adds to NRR, points
            </Th>
          </Tr>
        </Thead>
        <Tbody>
          {rows.map((row) => (
            <SliceLine
              key={row.value}
              row={row}
              slice={slice}
              currency={page.currency}
              href={hrefOf(address, { door: { of: 'retention', ...(definition ? { definition } : {}), slice, value: row.value } })}
              bar={<DivergingBar share={(row.points / largest) * 100} zero={zero} className="min-w-12 flex-1" />}
            />
          ))}
        </Tbody>
        <CohortLine page={page} all={all} hidden={all.length - rows.length} />
      </Table>
    </div>
  );
};

const SliceLine = ({ row, slice, currency, href, bar }: { row: Row; slice: SliceName; currency: string; href: string; bar: ReactNode }) => {
  const segment = slice === 'segment' && row.value in segmentLooks ? (row.value as SegmentCode) : null;
  return (
    <Tr>
      <RowHead className="max-w-52">
        <Link href={href} scroll={false} className="door flex items-center gap-2 font-normal">
          {segment && <SegmentMark silent segment={segment} />}
          {slice === 'owner' && row.value !== '' && <Avatar name={row.label} />}
          <span className="truncate">{segment ? segmentLooks[segment].label : sliceLabel(slice, row.value, row.label)}</span>
        </Link>
      </RowHead>
      <Td right quiet className="max-sm:hidden">
        {quantity(row.cohort)}
      </Td>
      <Td right className="max-sm:hidden" title={exactMoney(row.now, currency)}>
        {money(row.now, currency)}
      </Td>
      <Td right title={percent(row.nrr, 1)}>
        {retentionWords(row.nrr)}
      </Td>
      <Td right quiet className="max-lg:hidden">
        {percent(row.grr, 1)}
      </Td>
      <Td right>
        <span className="flex items-center gap-2">
          {bar}
          <span className="w-11">{fixed(row.points, 1, { signed: true })}</span>
        </span>
      </Td>
    </Tr>
  );
};

const CohortLine = ({ page, all, hidden }: { page: Scene['page']; all: readonly Row[]; hidden: number }) => {
  const { headline, currency } = page;
  if (!headline) return null;
  return (
    <Tfoot>
      <Tr>
        <RowHead>{hidden > 0 ? `Cohort, ${hidden} not shown` : 'Cohort'}</RowHead>
        <Td right className="max-sm:hidden">
          {quantity(all.reduce((n, row) => n + row.cohort, 0))}
        </Td>
        <Td right className="max-sm:hidden">
          {money(headline.now, currency)}
        </Td>
        <Td right>{percent(headline.nrr, 1)}</Td>
        <Td right className="max-lg:hidden">
          {percent(headline.grr, 1)}
        </Td>
        <Td right>{fixed(((headline.nrr ?? 1) - 1) * 100, 1, { signed: true })}</Td>
      </Tr>
    </Tfoot>
  );
};
