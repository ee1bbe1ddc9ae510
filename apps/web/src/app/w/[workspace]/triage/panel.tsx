'use client';
import type { Triage } from '@tideline/contracts/triage';
import type { Day } from '@tideline/domain/calendar';
import { Clock, Maximize2, Phone, X } from 'lucide-react';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { useLive } from '../../../../lib/live.ts';
import { BandGauge } from '../../../../ui/band-gauge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Delta } from '../../../../ui/delta.tsx';
import { fixed, percent, shortDay } from '../../../../ui/format.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { SegmentMark, segmentLooks } from '../../../../ui/segment-mark.tsx';
import { SidePanel } from '../../../../ui/sheet.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tooltip } from '../../../../ui/tooltip.tsx';
import type { Row } from './list-state.ts';
import { overrideWords } from './override-mark.tsx';
import { Lately, Moved, NextSteps, PanelUsage } from './panel-parts.tsx';
import { useScene } from './scene.ts';
import { useGlance } from './use-glance.ts';
import type { RowHandlers } from './use-handlers.ts';

type PanelProps = { row: Row; handlers: RowHandlers; onTick: (row: Row, task: { id: string; title: string }) => void; onClose: () => void };

/** The account beside the list: follows the cursor, keeps the row's own figures while the rest is read. */
export const Panel = ({ row, handlers, onTick, onClose }: PanelProps) => {
  const { workspace, allowed } = useScene();
  const [heard, hear] = useState(0);
  useLive(workspace, ['task', 'alert', 'account'], () => hear((times) => times + 1));
  const { glance, problem } = useGlance(workspace, row.id, `${row.scoredAt} ${heard}`);
  return (
    <SidePanel
      label={row.name}
      title={
        <>
          <SegmentMark segment={row.segment} />
          <span className="truncate">{row.name}</span>
        </>
      }
      actions={
        <>
          <Tooltip text="Open account" hint="o">
            <Link
              href={`/w/${workspace}/account/${row.id}`}
              aria-label="Open account"
              className="moves inline-grid size-control flex-none place-items-center rounded-2 text-text-2 hover:bg-bg-hover hover:text-text"
            >
              <Maximize2 aria-hidden className="size-3.5" />
            </Link>
          </Tooltip>
          <IconButton label="Close panel" hint="esc" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        </>
      }
      footer={allowed.act ? <PanelActions row={row} handlers={handlers} /> : undefined}
    >
      <Why row={row} />
      <Facts row={row} glance={glance} />
      {problem ? (
        <p className="text-text-2">{problem}</p>
      ) : glance ? (
        <Rest key={row.id} glance={glance} {...(allowed.task ? { onTick: (task) => onTick(row, task) } : {})} />
      ) : (
        <Waiting />
      )}
    </SidePanel>
  );
};

const PanelActions = ({ row, handlers }: { row: Row; handlers: RowHandlers }) => (
  <>
    <Button look="primary" icon={<Phone aria-hidden />} onClick={() => handlers.ask('touch', [row.id], 'call')}>
      Log call
    </Button>
    {row.snoozed ? (
      <Button icon={<Clock aria-hidden />} onClick={() => handlers.wake([row.id])}>
        Back into triage
      </Button>
    ) : (
      <Button icon={<Clock aria-hidden />} hint="s" onClick={() => handlers.ask('snooze', [row.id])}>
        Snooze
      </Button>
    )}
    {row.done ? (
      <Button onClick={() => handlers.undoDone([row.id])}>Take done back</Button>
    ) : (
      <Button hint="e" onClick={() => handlers.done([row.id])}>
        Done
      </Button>
    )}
  </>
);

/** The sentence of the row in full, led by what the account is and since when. */
const Why = ({ row }: { row: Row }) => {
  const { reader } = useScene();
  const [first, ...rest] = row.reason;
  return (
    <p className="text-pretty text-text-2">
      {segmentLooks[row.segment].label} since {shortDay(row.segmentSince as Day, reader)}
      {first && ': '}
      {first && <Part part={{ ...first, text: `${first.text.charAt(0).toLowerCase()}${first.text.slice(1)}` }} />}
      {rest.map((part, i) => (
        <Part key={i} part={part} />
      ))}
      {first && '.'}
      {row.snoozed && ` Snoozed until ${shortDay(row.snoozed.until as Day, reader)}: ${row.snoozed.reason}.`}
      {row.override && ` ${overrideWords(row.override, reader).replace(/[.]?$/, '.')}`}
    </p>
  );
};
const Part = ({ part }: { part: { text: string; strong?: boolean | undefined } }) => (part.strong ? <b className="text-text">{part.text}</b> : part.text);

const Facts = ({ row, glance }: { row: Row; glance: Triage['Glance'] | null }) => {
  const { amount, exact, has } = useScene();
  const grown = glance?.runRateChange28;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3">
      <Fact label="Health, 28 d">
        <BandGauge score={row.health} band={row.band} change={row.delta28} lately={row.delta7} />
      </Fact>
      <Fact label="At stake, 90 d" title={exact(row.stake)} aside={glance && glance.pSilent !== null ? `${percent(glance.pSilent)} go silent` : undefined}>
        {amount(row.stake)}
      </Fact>
      <Fact
        label="Run rate"
        title={`${exact(row.runRate)} a year`}
        aside={grown !== null && grown !== undefined && Math.abs(grown) >= 0.005 ? <Delta value={grown}>{percent(Math.abs(grown))}</Delta> : undefined}
      >
        {amount(row.runRate)}
      </Fact>
      {has.contracts && (
        <Fact
          label="Commitment"
          aside={
            row.commitment ? `plan ${percent(row.commitment.plan)}${glance?.commitmentPace ? `, pace ${fixed(glance.commitmentPace, 2)}` : ''}` : undefined
          }
        >
          {percent(row.commitment?.used)}
        </Fact>
      )}
    </dl>
  );
};

const Fact = ({ label, title, aside, children }: { label: string; title?: string; aside?: ReactNode; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-12 text-text-3">{label}</dt>
    <dd className="font-semibold whitespace-nowrap tabular-nums" title={title}>
      {children}
      {aside && <span className="ml-1.5 text-12 text-text-3">{aside}</span>}
    </dd>
  </div>
);

const Rest = ({ glance, onTick }: { glance: Triage['Glance']; onTick?: (task: { id: string; title: string }) => void }) => (
  <>
    <PanelUsage usage={glance.usage} />
    {glance.moved && <Moved moved={glance.moved} />}
    <NextSteps glance={glance} {...(onTick ? { onTick } : {})} />
    {glance.lately.length > 0 && <Lately lately={glance.lately} />}
  </>
);

/** The shape of what comes, at its height. */
const Waiting = () => (
  <div role="status" aria-label="Loading">
    <Skeleton className="h-3 w-24" />
    <Skeleton className="mt-2 h-32 w-full" />
    <Skeleton className="mt-6 h-3 w-24" />
    {['w-full', 'w-3/4', 'w-1/2'].map((width) => (
      <Skeleton key={width} className={`mt-2 h-2 ${width}`} />
    ))}
    <Skeleton className="mt-6 h-3 w-16" />
    <Skeleton className="mt-2 h-3 w-full" />
  </div>
);
