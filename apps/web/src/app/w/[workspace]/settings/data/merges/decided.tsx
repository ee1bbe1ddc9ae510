'use client';
import Link from 'next/link';
import { Button } from '../../../../../../ui/button.tsx';
import { exactMoment, moment, type Reader } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';
import type { Proposal } from './proposals.tsx';
import { by } from './waiting.tsx';

type Props = { workspace: string; items: readonly Proposal[]; reader: Reader; onReopen: (proposal: Proposal) => void };

/** What was decided, by whom; a no can be taken back here, a merge on the account. */
export const Decided = ({ workspace, items, reader, onReopen }: Props) => (
  <section>
    <SectionTitle title="Decided" sub="the latest first" />
    <Table caption="Decided proposals, the latest first">
      <Thead>
        <tr>
          <Th>Accounts</Th>
          <Th>Decision</Th>
          <Th className="max-md:hidden">Called one by</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {items.map((one) => (
          <Tr key={one.id}>
            <RowHead className="py-2 text-left whitespace-normal">
              <AccountLink workspace={workspace} account={one.from} /> <span className="font-normal text-text-3">and</span>{' '}
              <AccountLink workspace={workspace} account={one.into} />
            </RowHead>
            <Td className="py-2 whitespace-normal">
              {one.state === 'accepted' ? 'Merged' : 'Not the same'}
              <Told proposal={one} reader={reader} />
            </Td>
            <Td quiet className="whitespace-normal max-md:hidden">
              {by(one)}
            </Td>
            <Td className="w-0 text-right">
              {one.state === 'dismissed' && (
                <Button size="sm" look="ghost" onClick={() => onReopen(one)}>
                  Ask again
                </Button>
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  </section>
);

const Told = ({ proposal: { state, dismissed, merged }, reader }: { proposal: Proposal; reader: Reader }) => {
  const said = state === 'accepted' ? merged : dismissed;
  if (!said) return <span className="block text-12 text-text-3">both went into a third</span>;
  return (
    <span className="block text-12 text-text-3" title={exactMoment(said.at, reader)}>
      {moment(said.at, reader)}
      {said.by && ` by ${said.by}`}
    </span>
  );
};

const AccountLink = ({ workspace, account }: { workspace: string; account: Proposal['from'] }) => (
  <Link href={`/w/${workspace}/account/${account.id}`} prefetch={false} className="door font-medium" title={account.externalId}>
    {account.name}
  </Link>
);
