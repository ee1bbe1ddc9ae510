'use client';
import type { AccountFamily } from '@tideline/contracts/account-family';
import { FAMILY_WEEKS } from '@tideline/contracts/account-family';
import type { Day } from '@tideline/domain/calendar';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { BandGauge } from '../../../../../ui/band-gauge.tsx';
import { Chip } from '../../../../../ui/chip.tsx';
import { cx } from '../../../../../ui/cx.ts';
import { Money, Quantity } from '../../../../../ui/figure.tsx';
import { NONE, shortDay, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { bandLooks, SegmentMark, segmentLooks } from '../../../../../ui/segment-mark.tsx';
import { RowHead, Table, Tbody, Td, Tfoot, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { viewParsers } from './address.ts';
import { statuses } from './edit-shape.ts';
import { familyTitle } from './family-words.ts';
import type { Account } from './merge-shape.ts';

type Props = { account: Account; family: AccountFamily; workspace: string; reader: Reader };
type Child = AccountFamily['children'][number];
type Figures = AccountFamily['own'];
type Shown = { currency: string; unit: string | null; at: number; workspace: string };

/** Columns a phone has no room for. */
const WIDE = 'max-sm:hidden';

/** What is part of the account, and what all of them used and brought. Scores stand beside each other: they are each account's own. */
export const Family = ({ account, family, workspace, reader }: Props) => {
  const [{ weeks }] = useQueryStates(viewParsers);
  if (family.children.length === 0) return null;
  const at = Math.max(0, FAMILY_WEEKS.indexOf(Number(weeks) as (typeof FAMILY_WEEKS)[number]));
  const shown: Shown = { currency: account.currency, unit: family.unit, at, workspace };
  const { judgement } = account;
  return (
    <section id="family" className="scroll-mt-14">
      <SectionTitle title={familyTitle(family.below)} sub={`the ${weeks} weeks to ${shortDay(family.through as Day, reader)}, each score its account’s own`} />
      <Table caption={`Accounts that are part of ${account.name}`}>
        <Head family={family} />
        <Tbody>
          <Tr>
            <RowHead className="text-left font-medium max-sm:whitespace-normal">{account.name} itself</RowHead>
            <Judged health={judgement?.health ?? null} band={judgement?.band ?? null} segment={judgement?.segment ?? null} />
            <Td quiet className={WIDE}>
              {account.owner?.name ?? NONE}
            </Td>
            <Sums figures={family.own} {...shown} />
          </Tr>
          {family.children.map((child) => (
            <ChildRow key={child.id} child={child} {...shown} />
          ))}
        </Tbody>
        <Tfoot>
          <Tr>
            <RowHead className="text-left max-sm:whitespace-normal">Together{family.more > 0 && `, with ${family.more} that are not listed`}</RowHead>
            <Td />
            <Td className={WIDE} />
            <Td className={WIDE} />
            <Sums figures={family.together} {...shown} />
          </Tr>
        </Tfoot>
      </Table>
      <Meters family={family} at={at} />
    </section>
  );
};

const Head = ({ family: { own } }: { family: AccountFamily }) => (
  <Thead>
    <tr>
      <Th className="text-left">Account</Th>
      <Th className="text-left">Health</Th>
      <Th className={cx('text-left', WIDE)}>Segment</Th>
      <Th className={cx('text-left', WIDE)}>Owner</Th>
      {own.usage && (
        <Th right className={cx(own.revenue && WIDE)}>
          Usage
        </Th>
      )}
      {own.revenue && <Th right>Revenue</Th>}
    </tr>
  </Thead>
);

const ChildRow = ({ child, ...shown }: { child: Child } & Shown) => {
  const { id, name, status, owner, below, belowAtRisk } = child;
  const isLive = status === 'live';
  return (
    <Tr>
      <RowHead className="max-w-80 text-left font-normal">
        <span className="flex min-w-0 items-center gap-x-2 max-sm:flex-wrap max-sm:py-1.5 max-sm:whitespace-normal">
          <Link href={`/w/${shown.workspace}/account/${id}`} prefetch={false} title={name} className="door truncate font-medium">
            {name}
          </Link>
          {!isLive && <Chip className="h-4.5">{statuses[status].label}</Chip>}
          {below > 0 && (
            <Link href={`/w/${shown.workspace}/account/${id}#family`} prefetch={false} className="door flex-none text-12 text-text-2">
              with {below} below{belowAtRisk > 0 && `, ${belowAtRisk} at churn risk`}
            </Link>
          )}
        </span>
      </RowHead>
      <Judged health={isLive ? child.health : null} band={isLive ? child.band : null} segment={isLive ? child.segment : null} />
      <Td quiet className={WIDE}>
        {owner?.name ?? NONE}
      </Td>
      <Sums figures={child.figures} {...shown} />
    </Tr>
  );
};

const Judged = ({ health, band, segment }: Pick<Child, 'health' | 'band' | 'segment'>) => (
  <>
    <Td>
      <span className="flex items-center gap-2">
        <BandGauge score={health} band={band} />
        {band && (
          <span aria-hidden className="text-12 text-text-2">
            {bandLooks[band].label}
          </span>
        )}
      </span>
    </Td>
    <Td quiet className={WIDE}>
      {segment ? (
        <span className="flex items-center gap-1.5">
          <SegmentMark silent segment={segment} className="size-2.5" />
          {segmentLooks[segment].short}
        </span>
      ) : (
        NONE
      )}
    </Td>
  </>
);

const Sums = ({ figures: { usage, revenue }, currency, unit, at }: { figures: Figures } & Shown) => (
  <>
    {usage && (
      <Td right className={cx(revenue && WIDE)}>
        <Quantity value={usage[at]} {...(unit ? { unit } : {})} />
      </Td>
    )}
    {revenue && (
      <Td right>
        <Money value={revenue[at]} currency={currency} />
      </Td>
    )}
  </>
);

/** Meters beside the main one, whose sums stand in the table. */
const Meters = ({ family: { meters }, at }: { family: AccountFamily; at: number }) => {
  const others = meters.filter(({ main }) => !main);
  if (others.length === 0) return null;
  return (
    <p className="mt-2 max-w-[88ch] text-12 text-text-2">
      {others.map(({ id, name, unit, own, together }, i) => (
        <span key={id}>
          {i > 0 && '; '}
          {name}: <Quantity value={together[at]} unit={unit} /> together, <Quantity value={own[at]} /> of it its own
        </span>
      ))}
    </p>
  );
};
