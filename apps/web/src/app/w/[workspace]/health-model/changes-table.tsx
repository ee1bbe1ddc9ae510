'use client';
import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Avatar } from '../../../../ui/avatar.tsx';
import type { Amounts } from '../../../../ui/amount.ts';
import { Button } from '../../../../ui/button.tsx';
import { counted } from '../../../../ui/format.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';
import { BandMark, bandLooks } from '../../../../ui/segment-mark.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../ui/table.tsx';
import { Dumbbell } from './dumbbell.tsx';
import type { Edit } from './edit.ts';
import type { BandChange, Comparison } from './prepare.ts';

const FEW = 8;
const MORE = 100;

type Props = { comparison: Comparison; edit: Edit; version: number; workspace: string; amounts: Amounts };

/** Who changes band under the draft, the most money first. */
export const ChangesTable = ({ comparison, edit, version, workspace, amounts }: Props) => {
  const [shown, setShown] = useState(FEW);
  const { changes, runRate, stake } = comparison;
  const left = changes.length - shown;
  return (
    <section aria-label="Who changes band" className="mt-10">
      <SectionTitle
        title="Who changes band"
        sub={
          changes.length > 0 &&
          `${counted(changes.length, 'account')} · ${amounts.short(runRate)} run rate · ${amounts.short(stake, { signed: true })} at stake`
        }
      />
      {changes.length === 0 ? (
        <p className="max-w-[56ch] py-3 text-text-2">
          Nobody: every account stays in the band it is in. Move a slider, a band edge or a rule to see who would move.
        </p>
      ) : (
        <>
          <Table caption="Who changes band, the most money at stake first">
            <Thead>
              <Tr>
                <Th>Account</Th>
                <Th>Band</Th>
                <Th className="max-side:hidden">Health {axisOf(edit).join(' to ')}</Th>
                <Th right>v{version} → draft</Th>
                <Th right className="max-sm:hidden">
                  Run rate
                </Th>
                <Th right sort="descending">
                  At stake
                </Th>
                <Th className="max-lg:hidden">Owner</Th>
              </Tr>
            </Thead>
            <Tbody>
              {changes.slice(0, shown).map((change) => (
                <ChangeRow key={change.account.id} change={change} edit={edit} workspace={workspace} amounts={amounts} />
              ))}
            </Tbody>
          </Table>
          {left > 0 && (
            <Button look="ghost" size="sm" className="mt-2" onClick={() => setShown(shown + MORE)}>
              {left > MORE ? `Show ${MORE} more of ${changes.length.toLocaleString('en-US')}` : `Show all ${changes.length.toLocaleString('en-US')}`}
            </Button>
          )}
        </>
      )}
    </section>
  );
};

/** The part of the scale on which bands meet, ten points either side. */
const axisOf = ({ bands }: Edit): [number, number] => [Math.max(0, Math.floor(bands.atRiskBelow - 10)), Math.min(100, Math.ceil(bands.healthyFrom + 10))];

const ChangeRow = ({ change, edit, workspace, amounts }: { change: BandChange; edit: Edit; workspace: string; amounts: Amounts }) => {
  const { account, from, to, was, is, stake } = change;
  return (
    <Tr>
      <RowHead className="max-w-56 truncate max-sm:max-w-32">
        <Link href={`/w/${workspace}/account/${account.id}`} className="door" title={account.name}>
          {account.name}
        </Link>
      </RowHead>
      <Td>
        <span className="flex items-center gap-1.5">
          {from && <BandMark band={from} />}
          <ArrowRight aria-hidden className="size-3 text-text-3" />
          <span className="sr-only">becomes</span>
          {to && (
            <>
              <BandMark silent band={to} /> <span className="max-sm:sr-only">{bandLooks[to].label}</span>
            </>
          )}
        </span>
      </Td>
      <Td className="w-[22%] max-side:hidden">
        <Dumbbell was={was} is={is} axis={axisOf(edit)} watch={[edit.bands.atRiskBelow, edit.bands.healthyFrom]} />
      </Td>
      <Td right>
        <span className="text-text-2">{Math.round(was)}</span> <span className="text-text-3">→</span> <b>{Math.round(is)}</b>
      </Td>
      <Td right quiet className="max-sm:hidden" title={amounts.exact(account.runRate)}>
        {amounts.short(account.runRate)}
      </Td>
      <Td right title={amounts.exact(stake.toFixed(2))}>
        {amounts.short(stake, { signed: true })}
      </Td>
      <Td quiet className="max-w-36 truncate max-lg:hidden">
        {account.owner ? (
          <span className="inline-flex items-center gap-2">
            <Avatar name={account.owner} />
            {account.owner.split(' ')[0]}
          </span>
        ) : (
          <span className="text-text-3">Nobody</span>
        )}
      </Td>
    </Tr>
  );
};
