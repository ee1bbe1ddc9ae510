'use client';
import type { Day } from '@tideline/domain/calendar';
import { ArrowDown } from 'lucide-react';
import Link from 'next/link';
import { Button } from '../../../../../../ui/button.tsx';
import { Chip } from '../../../../../../ui/chip.tsx';
import { exactMoment, exactMoney, exactQuantity, moment, money, quantity, type Reader, shortDay } from '../../../../../../ui/format.ts';
import type { Proposal } from './proposals.tsx';

type Side = Proposal['from'];
type Shared = { workspace: string; currency: string; reader: Reader };
type Props = Shared & { proposal: Proposal; onLook: () => void; onDismiss: () => void };

/** One question: the two accounts over each other, so that their figures compare, and the two answers. */
export const Waiting = ({ proposal, onLook, onDismiss, ...shared }: Props) => {
  const { from, into, state, proposedAt, merged } = proposal;
  const { reader } = shared;
  return (
    <li
      aria-label={`${from.name} and ${into.name}`}
      className="grid items-center gap-x-6 gap-y-3 border-b border-line py-4 first:border-t lg:grid-cols-[minmax(0,1fr)_auto]"
    >
      <div className="min-w-0">
        <div className="grid gap-x-4 gap-y-1 sm:grid-cols-[minmax(0,2fr)_minmax(0,1.5fr)_minmax(0,3fr)_9rem]">
          <Line side={from} {...shared} />
          <div className="col-span-full flex items-center gap-1.5 text-12 text-text-3">
            <ArrowDown aria-hidden className="size-3" /> would go into
          </div>
          <Line side={into} {...shared} />
        </div>
        <p className="mt-2 text-12 text-text-3">
          Called one by {by(proposal)}, <span title={exactMoment(proposedAt, reader)}>{moment(proposedAt, reader)}</span>
          {merged?.undoneAt && `. Merged by ${merged.by} and taken apart again ${moment(merged.undoneAt, reader)}`}
        </p>
      </div>
      {state === 'merging' ? (
        <Chip>Being merged</Chip>
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button onClick={onLook}>Preview and merge</Button>
          <Button look="ghost" onClick={onDismiss}>
            Not the same
          </Button>
        </div>
      )}
    </li>
  );
};

const clientNames: Record<string, string> = { segment: 'Segment', posthog: 'PostHog' };

/** Who called the two one: the client and the key it came with. */
export const by = ({ via, actor }: Proposal): string => [clientNames[via] ?? via, ...(actor ? [`with ${actor}`] : [])].join(' ');

const Line = ({ side, workspace, currency, reader }: Shared & { side: Side }) => {
  const { id, name, externalId, createdDay, lastDay, runRate, usage } = side;
  return (
    <div className="contents">
      <div className="min-w-0">
        <Link href={`/w/${workspace}/account/${id}`} prefetch={false} className="door block truncate font-medium" title={name}>
          {name}
        </Link>
        <span className="block truncate font-mono text-12 text-text-3" title={externalId}>
          {externalId}
        </span>
      </div>
      <div className="self-center text-text-2 tabular-nums">{span(createdDay, lastDay, reader)}</div>
      <div className="min-w-0 self-center text-text-2 tabular-nums" title={usage.map((one) => `${exactQuantity(one.quantity)} ${one.unit}`).join(', ')}>
        {usage.length === 0 ? 'No usage' : usage.map((one) => `${one.name} ${quantity(one.quantity)}`).join(' · ')}{' '}
        <span className="text-text-3">in 28 days</span>
      </div>
      <div className="self-center tabular-nums sm:text-right" title={exactMoney(runRate, currency)}>
        {runRate !== null && (
          <>
            {money(runRate, currency)} <span className="text-text-3">run rate</span>
          </>
        )}
      </div>
    </div>
  );
};

const span = (first: string | null, last: string | null, reader: Reader): string => {
  if (last === null) return first === null ? 'never used' : `since ${shortDay(first as Day, reader)}, never used`;
  return first === null || first > last
    ? `used through ${shortDay(last as Day, reader)}`
    : `${shortDay(first as Day, reader)} to ${shortDay(last as Day, reader)}`;
};
