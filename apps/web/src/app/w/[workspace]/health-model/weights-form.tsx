'use client';
import type { OtherKey, UsageKey } from '@tideline/domain/component';
import { signals } from '@tideline/domain/signal';
import { offeredPoints } from '@tideline/domain/weight';
import { Lock, LockOpen } from 'lucide-react';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Slider } from '../../../../ui/slider.tsx';
import type { Edit } from './edit.ts';
import { Group, Wrong } from './group.tsx';
import { NumberInput } from './number-input.tsx';

const keys = Object.keys(signals) as UsageKey[];
const shown = (points: number): string => String(Math.round(points * 100) / 100);

type Props = {
  edit: Edit;
  published: Edit;
  version: number;
  locked: ReadonlySet<UsageKey>;
  problem: string | undefined;
  onMove: (key: UsageKey, points: number) => void;
  onLock: (key: UsageKey, lock: boolean) => void;
};

/** Sliders that always add up to 100 points. */
export const WeightsForm = ({ edit, published, version, locked, problem, onMove, onLock }: Props) => {
  const total = keys.reduce((sum, key) => sum + edit.weights[key], 0);
  return (
    <>
      <Group title="Weights" aside={`${shown(total)} of 100 points`}>
        <TotalBar weights={keys.map((key) => edit.weights[key])} />
        <p className="mt-2 text-12 text-text-3">Always 100: moving one takes from the unlocked others in proportion. The grey tick is v{version}.</p>
        <Wrong id="weights-problem" message={problem} />
        <ul className="mt-3">
          {keys.map((key) => (
            <WeightRow
              key={key}
              signal={key}
              points={edit.weights[key]}
              live={published.weights[key]}
              locked={locked.has(key)}
              onMove={(points) => onMove(key, points)}
              onLock={(lock) => onLock(key, lock)}
            />
          ))}
        </ul>
      </Group>
      <OtherFamilies />
    </>
  );
};

const TotalBar = ({ weights }: { weights: readonly number[] }) => (
  <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-1 bg-bg-track">
    {weights.map((weight, i) => (
      <i key={i} className="h-full bg-accent" style={{ width: `${weight}%` }} />
    ))}
  </div>
);

const WeightRow = ({
  signal,
  points,
  live,
  locked,
  onMove,
  onLock,
}: {
  signal: UsageKey;
  points: number;
  live: number;
  locked: boolean;
  onMove: (points: number) => void;
  onLock: (lock: boolean) => void;
}) => {
  const { label, hint } = signals[signal];
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-2 py-1.5">
      <div className="min-w-0">
        <p className="flex items-baseline gap-2">
          {label} <span className="truncate text-12 text-text-3">{hint}</span>
        </p>
        <Slider value={points} onChange={onMove} label={label} published={live} locked={locked} format={(value) => `${shown(value)} points`} />
      </div>
      <NumberInput value={points} onChange={onMove} label={`${label}, points`} className={locked ? 'text-text-3' : ''} />
      <IconButton label={locked ? `Unlock ${label}` : `Lock ${label}`} aria-pressed={locked} onClick={() => onLock(!locked)}>
        {locked ? <Lock aria-hidden className="size-3.5" /> : <LockOpen aria-hidden className="size-3.5" />}
      </IconButton>
    </li>
  );
};

const others = {
  engagement: { label: 'Engagement', hint: 'last talk with a sponsor or champion' },
  support: { label: 'Support', hint: 'open tickets by severity' },
  pace: { label: 'Commitment pace', hint: 'burned against plan' },
  sentiment: { label: 'Sentiment', hint: 'how a CSM sees it' },
  breadth: { label: 'Breadth', hint: 'meters in use against its own best' },
  payment: { label: 'Payment', hint: 'overdue invoices' },
} as const satisfies Record<OtherKey, { label: string; hint: string }>;

/** What may join the score later: named, so that nobody wonders, and quiet, because nothing is to be done here. */
const OtherFamilies = () => (
  <Group title="Not connected" aside="0 points">
    <p className="mb-2 text-12 text-text-3">
      These join the score when their source is connected, with the points in grey. Until then they take nothing from any account.
    </p>
    <ul>
      {(Object.keys(others) as OtherKey[]).map((key) => (
        <li key={key} className="flex h-7 items-center gap-2 text-text-2">
          {others[key].label}
          <span className="truncate text-12 text-text-3">{others[key].hint}</span>
          <span className="ml-auto text-12 text-text-3 tabular-nums">{offeredPoints[key]}</span>
        </li>
      ))}
    </ul>
  </Group>
);
