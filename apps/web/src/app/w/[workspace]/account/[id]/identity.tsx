import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import Link from 'next/link';
import { Avatar } from '../../../../../ui/avatar.tsx';
import { Chip } from '../../../../../ui/chip.tsx';
import { nearDay, shortDay, type Reader } from '../../../../../ui/format.ts';
import { SegmentChip } from '../../../../../ui/segment-mark.tsx';
import { Sentence } from '../../../../../ui/sentence.tsx';
import { statuses } from './edit-shape.ts';
import { HeldLine } from './held-line.tsx';
import { OverrideLine } from './override-line.tsx';

type Account = AccountPages['Page'];
type Props = { account: Account; workspace: string; reader: Reader };
type Acting = { onTakeBack: (() => void) | null; faultHref: string | null };
type Above = { above: readonly { id: string; name: string }[] };

/** Who they are, their segment and why, and whether somebody put them aside. */
export const Identity = ({ account, workspace, reader, above, onTakeBack, faultHref }: Props & Above & Acting) => {
  const { judgement, status, snoozed, done } = account;
  const isLive = status === 'live';
  return (
    <div className="flex flex-col gap-1 px-4 pt-6 pb-5 lg:px-gutter">
      {above.length > 0 && <PartOf above={above} workspace={workspace} />}
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-1.5">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5">
          <h1 className="min-w-0 text-20 break-words">{account.name}</h1>
          {!isLive && <Chip>{statuses[status].label}</Chip>}
          {judgement && isLive && (
            <Link href={`/w/${workspace}/triage?tab=${judgement.segment}`} prefetch={false}>
              <SegmentChip segment={judgement.segment} suffix={`since ${nearDay(judgement.segmentSince as Day, reader)}`} />
            </Link>
          )}
          {judgement?.badges.map((badge) => (
            <span key={badge.label} title={badge.hint}>
              <Chip>{badge.label}</Chip>
            </span>
          ))}
        </div>
        <About account={account} workspace={workspace} reader={reader} />
      </div>
      <p className="max-w-[88ch]">{judgement && isLive ? <Sentence parts={judgement.reason} /> : <span className="text-text-2">{whyNot(account)}</span>}</p>
      {account.held && <HeldLine held={account.held} faultHref={faultHref} />}
      {account.override && <OverrideLine override={account.override} reader={reader} onTakeBack={onTakeBack} />}
      {snoozed && (
        <p className="text-text-2">
          Snoozed until {shortDay(snoozed.until as Day, reader)}: {snoozed.reason}.
        </p>
      )}
      {done && (
        <p className="text-text-2">
          Marked done {nearDay(done.day as Day, reader)} by {done.by}; back in triage when something new happens.
        </p>
      )}
    </div>
  );
};

/** The accounts it is part of, the topmost first. */
const PartOf = ({ above, workspace }: Above & { workspace: string }) => (
  <nav aria-label="Part of" className="text-12 text-text-2">
    <ol className="flex flex-wrap items-center gap-x-1.5">
      <li aria-hidden>Part of</li>
      {above.map(({ id, name }, i) => (
        <li key={id} className="min-w-0 break-words">
          {i > 0 && (
            <span aria-hidden className="mr-1.5 text-text-3">
              ›
            </span>
          )}
          <Link href={`/w/${workspace}/account/${id}#family`} prefetch={false} className="door">
            {name}
          </Link>
        </li>
      ))}
    </ol>
  </nav>
);

const whyNot = ({ status, judgement }: Account): string => {
  if (status === 'merged') return statuses.merged.means;
  if (status !== 'live') return `${statuses[status].means}${judgement ? ' What follows is from when it was live.' : ''}`;
  return 'No score yet: it has one from its first usage on.';
};

const About = ({ account, workspace, reader }: Props) => {
  const { owner, industry, plan, region, customerSince } = account;
  const door = (key: string, value: string) => (
    <Link key={key} href={`/w/${workspace}/triage?tab=all&owner=anyone&${key}=${encodeURIComponent(value)}`} prefetch={false} className="door">
      {value}
    </Link>
  );
  const parts = [
    owner ? (
      <Link key="owner" href={`/w/${workspace}/account?owner=${owner.id}`} prefetch={false} className="door">
        {owner.name}
      </Link>
    ) : (
      <Link key="owner" href={`/w/${workspace}/account?owner=unassigned`} prefetch={false} className="door">
        Nobody owns it
      </Link>
    ),
    ...(industry ? [door('industry', industry)] : []),
    ...(plan ? [door('plan', plan)] : []),
    ...(region ? [door('region', region)] : []),
    <span key="since">customer since {shortDay(customerSince as Day, reader)}</span>,
  ];
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-text-2">
      {owner && <Avatar name={owner.name} />}
      {parts.map((part, i) => (
        <span key={i} className="min-w-0 break-words">
          {i > 0 && (
            <span aria-hidden className="mr-1.5">
              ·
            </span>
          )}
          {part}
        </span>
      ))}
    </span>
  );
};
