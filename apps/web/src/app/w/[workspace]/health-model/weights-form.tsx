'use client';
import type { SignalKey } from '@tideline/domain/component';
import { usageSignals, USAGE_KEYS } from '@tideline/domain/usage-signal';
import type { Model } from '@tideline/contracts/model';
import { Lock, LockOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Slider } from '../../../../ui/slider.tsx';
import { type Edit, pointsOf } from './edit.ts';
import { Group, Wrong } from './group.tsx';
import { NumberInput } from './number-input.tsx';

type Other = Model['State']['others'][number];
/** A signal that can be given points. `offered`: points it is proposed with, while it has none. */
type Row = { readonly key: SignalKey; readonly label: string; readonly hint: string; readonly offered: number };

const shown = (points: number): string => String(Math.round(points * 100) / 100);
const usage: readonly Row[] = USAGE_KEYS.map((key) => ({ key, label: usageSignals[key].label, hint: usageSignals[key].hint, offered: 0 }));

type Props = {
  edit: Edit;
  published: Edit;
  version: number;
  others: readonly Other[];
  locked: ReadonlySet<SignalKey>;
  problem: string | undefined;
  onMove: (key: SignalKey, points: number) => void;
  onLock: (key: SignalKey, lock: boolean) => void;
  /** What stands below the sliders. */
  children: ReactNode;
};

/** Sliders that always add up to 100 points: usage, and beside it whatever has data. */
export const WeightsForm = ({ edit, published, version, others, locked, problem, onMove, onLock, children }: Props) => {
  const has = (key: string) => pointsOf(edit, key) > 0 || pointsOf(published, key) > 0;
  const beside = others.filter(({ key, connected }) => connected || has(key)).map((one): Row => ({ ...one, key: one.key as SignalKey }));
  const rows = [...usage, ...beside];
  const total = rows.reduce((sum, { key }) => sum + pointsOf(edit, key), 0);
  const row = (one: Row) => (
    <WeightRow
      key={one.key}
      row={one}
      points={pointsOf(edit, one.key)}
      live={pointsOf(published, one.key)}
      locked={locked.has(one.key)}
      {...(one === rows[0] ? { id: 'weights', problem } : {})}
      onMove={(points) => onMove(one.key, points)}
      onLock={(lock) => onLock(one.key, lock)}
    />
  );
  return (
    <>
      <Group title="Weights" aside={`${shown(total)} of 100 points`}>
        <TotalBar weights={rows.map(({ key }) => pointsOf(edit, key))} />
        <p className="mt-2 text-12 text-text-3">Always 100: moving one takes from the unlocked others in proportion. The grey tick is v{version}.</p>
        <Wrong id="weights-problem" message={problem} />
        <ul className="mt-3">{usage.map(row)}</ul>
      </Group>
      <Group title="Beside usage" aside={`${shown(beside.reduce((sum, { key }) => sum + pointsOf(edit, key), 0))} points`}>
        <p className="text-12 text-text-3">
          {beside.length === 0
            ? 'Nothing is connected yet: the score rests on usage alone, and is complete.'
            : 'An account without data here gives the points to its other signals; below 60% of the weight known it has no band.'}
        </p>
        <ul className="mt-2">{beside.map(row)}</ul>
        {children}
      </Group>
      <NotConnected others={others.filter(({ key, connected }) => !connected && !has(key))} />
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

type RowProps = {
  row: Row;
  points: number;
  live: number;
  locked: boolean;
  /** Of the first row alone: where a bar leads that says the weights are wrong. */
  id?: string;
  problem?: string | undefined;
  onMove: (points: number) => void;
  onLock: (lock: boolean) => void;
};

const WeightRow = ({ row: { label, hint, offered }, points, live, locked, id, problem, onMove, onLock }: RowProps) => (
  <li className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-2 py-1.5">
    <div className="min-w-0">
      <p className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1">
          <span className="mr-1.5 whitespace-nowrap">{label}</span> <span className="text-12 text-text-3">{hint}</span>
        </span>
        {offered > 0 && points === 0 && !locked && (
          <Button look="ghost" size="sm" className="-my-1 flex-none" onClick={() => onMove(offered)}>
            Give {offered}
          </Button>
        )}
      </p>
      <Slider value={points} onChange={onMove} label={label} published={live} locked={locked} format={(value) => `${shown(value)} points`} />
    </div>
    <NumberInput
      {...(id ? { id } : {})}
      value={points}
      onChange={onMove}
      label={`${label}, points`}
      invalid={problem !== undefined}
      describedBy={problem && 'weights-problem'}
      className={locked ? 'text-text-3' : ''}
    />
    <IconButton label={locked ? `Unlock ${label}` : `Lock ${label}`} aria-pressed={locked} onClick={() => onLock(!locked)}>
      {locked ? <Lock aria-hidden className="size-3.5" /> : <LockOpen aria-hidden className="size-3.5" />}
    </IconButton>
  </li>
);

/** What may join the score: what brings its data, and the points it would be offered. */
const NotConnected = ({ others }: { others: readonly Other[] }) =>
  others.length > 0 && (
    <Group title="Not connected" aside="0 points">
      <ul>
        {others.map(({ key, label, connect, offered }) => (
          <li key={key} className="flex items-baseline gap-2 py-1 text-text-2">
            {label}
            <span className="text-12 text-text-3">{connect}</span>
            {offered > 0 && <span className="ml-auto flex-none text-12 text-text-3 tabular-nums">{offered} points</span>}
          </li>
        ))}
      </ul>
    </Group>
  );
