import type { ReactNode } from 'react';
import { Chip } from './chip.tsx';
import { cx } from './cx.ts';
import { tones, type Tone } from './tone.ts';

const ring = <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.6" />;

/** Every shape the product knows, on a 12 px grid: distinguishable without colour. */
const shapes = {
  down: <path d="M1 2.5h10L6 10.8z" fill="currentColor" />,
  up: <path d="M6 1.2 11 9.5H1z" fill="currentColor" />,
  diamond: <path d="M6 .8 11.2 6 6 11.2.8 6z" fill="currentColor" />,
  disc: <circle cx="6" cy="6" r="4.8" fill="currentColor" />,
  half: (
    <>
      {ring}
      <path d="M6 1.5a4.5 4.5 0 0 1 0 9z" fill="currentColor" />
    </>
  ),
  quarter: (
    <>
      {ring}
      <path d="M6 1.5A4.5 4.5 0 0 1 10.5 6H6z" fill="currentColor" />
    </>
  ),
  bar: <path d="M1 4.9h10v2.2H1z" fill="currentColor" />,
  dashed: <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.2 2.5" />,
  dot: <circle cx="6" cy="6" r="1.8" fill="currentColor" />,
} as const satisfies Record<string, ReactNode>;

type Entry = { label: string; short: string; tone: Tone; shape: keyof typeof shapes };

/** Segment code → how it is shown. `short` is for tabs and chips. */
export const segmentLooks = {
  churn_risk: { label: 'Churn risk', short: 'Churn risk', tone: 'risk', shape: 'down' },
  expansion_candidate: { label: 'Expansion candidate', short: 'Expansion', tone: 'expansion', shape: 'up' },
  onboarding_laggard: { label: 'Onboarding late', short: 'Onboarding late', tone: 'onboarding', shape: 'half' },
  onboarding_on_track: { label: 'Onboarding on track', short: 'On track', tone: 'onboarding', shape: 'quarter' },
  steady: { label: 'Steady', short: 'Steady', tone: 'quiet', shape: 'bar' },
  dormant: { label: 'Dormant', short: 'Dormant', tone: 'quiet', shape: 'dashed' },
  unassigned: { label: 'Not yet assigned', short: 'Unassigned', tone: 'quiet', shape: 'dot' },
} as const satisfies Record<string, Entry>;
export type SegmentCode = keyof typeof segmentLooks;

/** Health band (the codes of `domain/health`) → how it is shown. */
export const bandLooks = {
  at_risk: { label: 'At risk', short: 'At risk', tone: 'risk', shape: 'down' },
  watch: { label: 'Watch', short: 'Watch', tone: 'watch', shape: 'diamond' },
  healthy: { label: 'Healthy', short: 'Healthy', tone: 'healthy', shape: 'disc' },
} as const satisfies Record<string, Entry>;
export type BandCode = keyof typeof bandLooks;

type MarkProps = { /** Beside the same words: hidden from screen readers. */ silent?: boolean; className?: string };

const Mark = ({ entry, silent, className }: MarkProps & { entry: Entry }) => (
  <svg
    viewBox="0 0 12 12"
    className={cx('size-3 flex-none', tones[entry.tone].solid, className)}
    {...(silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': entry.label })}
  >
    {shapes[entry.shape]}
  </svg>
);

export const SegmentMark = ({ segment, ...rest }: MarkProps & { segment: SegmentCode }) => <Mark {...rest} entry={segmentLooks[segment]} />;
export const BandMark = ({ band, ...rest }: MarkProps & { band: BandCode }) => <Mark {...rest} entry={bandLooks[band]} />;

/** Mark and words; `suffix` continues them: "Churn risk since 9 Nov". */
export const SegmentChip = ({ segment, suffix, className }: { segment: SegmentCode; suffix?: string; className?: string }) => (
  <Chip tone={segmentLooks[segment].tone} icon={<SegmentMark silent segment={segment} className="size-2.5" />} className={cx(className)}>
    {segmentLooks[segment].short}
    {suffix && ` ${suffix}`}
  </Chip>
);
export const BandChip = ({ band }: { band: BandCode }) => (
  <Chip tone={bandLooks[band].tone} icon={<BandMark silent band={band} className="size-2.5" />}>
    {bandLooks[band].label}
  </Chip>
);
