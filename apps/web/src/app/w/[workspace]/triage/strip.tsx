'use client';
import type { Triage } from '@tideline/contracts/triage';
import type { MouseEvent } from 'react';
import { percent } from '../../../../ui/format.ts';
import { MetricStrip, type Metric } from '../../../../ui/metric-strip.tsx';
import { SegmentMark, segmentLooks } from '../../../../ui/segment-mark.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { useScene } from './scene.ts';

type Doors = { hrefOf: (tab: Triage['Tab']) => string; go: (tab: Triage['Tab']) => void };
/** A plain click changes the address here; with a modifier the browser opens the link itself. */
const inPlace = (run: () => void) => (event: MouseEvent) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  run();
};

/** The book in four figures, each a door to the accounts it is made of. */
export const Strip = ({ strip, hrefOf, go }: { strip: Triage['Summary']['strip'] } & Doors) => {
  const { amount, exact } = useScene();
  const change = (value: string | null) => (value === null || Number(value) === 0 ? undefined : `${amount(value, { signed: true })} in 7 d`);
  const door = (tab: Triage['Tab']): Pick<Metric, 'href' | 'onClick'> => ({ href: hrefOf(tab), onClick: inPlace(() => go(tab)) });
  const { book, churn_risk: risk, expansion_candidate: expansion, onboarding_laggard: late } = strip;
  const upside = expansion.upside;
  const metrics: Metric[] = [
    {
      label: 'In the book',
      count: book.accounts,
      value: amount(book.runRate),
      unit: 'run rate a year',
      exact: exact(book.runRate),
      change: book.runRateChange28 === null ? undefined : `${percent(book.runRateChange28, 1, { signed: true })} in 28 d`,
      ...door('all'),
    },
    {
      label: 'At risk',
      mark: <SegmentMark silent segment="churn_risk" className="size-2.5" />,
      count: risk.accounts,
      value: amount(risk.stake),
      unit: 'at stake, 90 d',
      exact: exact(risk.stake),
      change: change(risk.stakeChange7),
      ...door('churn_risk'),
    },
    {
      label: 'Expansion',
      mark: <SegmentMark silent segment="expansion_candidate" className="size-2.5" />,
      count: expansion.accounts,
      value: amount(upside ?? expansion.runRate),
      unit: upside === null ? 'run rate a year' : 'upside, 90 d',
      exact: exact(upside ?? expansion.runRate),
      ...door('expansion_candidate'),
    },
    {
      label: 'Onboarding late',
      mark: <SegmentMark silent segment="onboarding_laggard" className="size-2.5" />,
      count: late.accounts,
      value: amount(late.stake),
      unit: 'at stake, 90 d',
      exact: exact(late.stake),
      change: change(late.stakeChange7),
      ...door('onboarding_laggard'),
    },
  ];
  return <MetricStrip label="Your book" metrics={metrics} />;
};

export const tabLabels = {
  needs_you: 'Needs you',
  churn_risk: segmentLooks.churn_risk.short,
  expansion_candidate: segmentLooks.expansion_candidate.short,
  onboarding_laggard: segmentLooks.onboarding_laggard.short,
  onboarding_on_track: segmentLooks.onboarding_on_track.short,
  steady: segmentLooks.steady.short,
  dormant: segmentLooks.dormant.short,
  all: 'All',
} as const satisfies Record<Triage['Tab'], string>;

export const SegmentTabs = ({ current, counts, hrefOf, go }: { current: Triage['Tab']; counts: Triage['Summary']['counts'] } & Doors) => (
  <Tabs
    label="Segments"
    className="px-4"
    tabs={(Object.keys(tabLabels) as Triage['Tab'][]).map((tab) => ({
      href: hrefOf(tab),
      label: tabLabels[tab],
      count: counts[tab],
      current: tab === current,
      onClick: inPlace(() => go(tab)),
    }))}
  />
);
