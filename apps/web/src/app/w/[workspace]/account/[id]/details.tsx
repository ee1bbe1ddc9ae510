import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Avatar } from '../../../../../ui/avatar.tsx';
import { Button } from '../../../../../ui/button.tsx';
import { When } from '../../../../../ui/figure.tsx';
import { shortDay, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { statuses } from './edit-shape.ts';

type Account = AccountPages['Page'];
type Item = AccountPages['TimelineItem'];
type Props = { account: Account; touches: readonly Item[]; workspace: string; reader: Reader; onEdit: (() => void) | null; onAssign: (() => void) | null };

/** Colleagues who know the account: its owner, and who logged a touch, the last one first. */
export const People = ({ account: { owner }, touches, workspace, reader, onAssign }: Props) => {
  const last = new Map<string, { id: string; name: string; day: string | null }>();
  for (const { by, day, kind } of touches) if (by && kind === 'touch' && !last.has(by.id)) last.set(by.id, { ...by, day });
  const own = owner && { ...owner, day: last.get(owner.id)?.day ?? null };
  const people = [...(own ? [own] : []), ...[...last.values()].filter(({ id }) => id !== owner?.id)].slice(0, 5);
  return (
    <section>
      <SectionTitle
        title="Your people"
        aside={
          onAssign && (
            <Button look="ghost" size="sm" onClick={onAssign} className="-mr-2">
              Give to …
            </Button>
          )
        }
      />
      {people.length === 0 && <p className="py-1 text-text-2">Nobody owns it, and no touch is logged yet.</p>}
      <ul>
        {people.map((person) => (
          <li key={person.id} className="flex items-center gap-2.5 py-1.5">
            <Avatar size="lg" name={person.name} />
            <span className="min-w-0 flex-1">
              <Link href={`/w/${workspace}/account?owner=${person.id}`} prefetch={false} className="door block truncate">
                {person.name}
              </Link>
              <span className="block text-12 text-text-3">{person.id === owner?.id ? 'Owner' : 'Logged a touch'}</span>
            </span>
            <span className="text-12 text-text-3">{person.day ? <When as="ago" day={person.day as Day} reader={reader} /> : 'no touch yet'}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};

type Part = { parent: { id: string; name: string } | null; onPart: (() => void) | null };

/** What it is part of, and the way to change that. */
const PartOf = ({ workspace, parent, onPart }: Part & { workspace: string }) => (
  <span className="flex flex-wrap items-center gap-x-2">
    {parent ? (
      <Link href={`/w/${workspace}/account/${parent.id}#family`} prefetch={false} className="door">
        {parent.name}
      </Link>
    ) : (
      'no other account'
    )}
    {onPart && (
      <button type="button" onClick={onPart} className="door text-text-2" aria-label={`${parent ? 'Change' : 'Choose'} what it is part of`}>
        {parent ? 'Change' : 'Choose'}
      </button>
    )}
  </span>
);

/** What the workspace keeps about the account. */
export const Details = ({ account, workspace, reader, onEdit, ...part }: Omit<Props, 'touches' | 'onAssign'> & Part) => {
  const { judgement } = account;
  const rows: [string, ReactNode][] = [
    [
      'Your key',
      <code key="key" className="break-all">
        {account.externalId}
      </code>,
    ],
    ...(part.parent || part.onPart ? [['Part of', <PartOf key="part" workspace={workspace} {...part} />] as [string, ReactNode]] : []),
    ['Status', statuses[account.status].label],
    ...(account.industry ? [['Industry', account.industry] as [string, ReactNode]] : []),
    ...(account.plan ? [['Plan', account.plan] as [string, ReactNode]] : []),
    ...(account.region ? [['Region', account.region] as [string, ReactNode]] : []),
    ['Customer since', shortDay(account.customerSince as Day, reader)],
    ...(account.contractStart ? [['Contract start', shortDay(account.contractStart as Day, reader)] as [string, ReactNode]] : []),
    [
      'Last used',
      judgement?.lastDay ? (
        <Link key="last" href={`/w/${workspace}/developers?account=${encodeURIComponent(account.externalId)}#events`} prefetch={false} className="door">
          {shortDay(judgement.lastDay as Day, reader)}, its events
        </Link>
      ) : (
        'never'
      ),
    ],
    ...Object.entries(account.fields).map(([key, value]): [string, ReactNode] => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  ];
  return (
    <section>
      <SectionTitle
        title="Details"
        aside={
          onEdit && (
            <Button look="ghost" size="sm" onClick={onEdit} className="-mr-2">
              Edit
            </Button>
          )
        }
      />
      <dl className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3">
        {rows.map(([key, value]) => (
          <div key={key} className="contents">
            <dt className="truncate py-1 text-text-3" title={key}>
              {key}
            </dt>
            <dd className="min-w-0 py-1 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
