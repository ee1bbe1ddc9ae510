'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import { useQueryStates } from 'nuqs';
import { MovedChart } from '../../../../../charts/moved-chart.tsx';
import { prepareMoved } from '../../../../../charts/prepare-moved.ts';
import { fixed, shortDay, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { Segmented } from '../../../../../ui/segmented.tsx';
import { viewParsers } from './address.ts';
import { spanOf, type Moved } from './span.ts';

/** What moved health between an earlier close and now, every cause by its name; they add up to the change. */
export const MovedSection = ({ moved, reader }: { moved: readonly AccountPages['Moved'][]; reader: Reader }) => {
  const [{ over }, set] = useQueryStates(viewParsers);
  const shown = spanOf(moved, Number(over));
  if (!shown) return null;
  const choices = moved.map(({ days }) => ({ value: nearest(days), label: `${days} d` }));
  return (
    <section id="moved" className="scroll-mt-14">
      <SectionTitle
        title={titleOf(shown)}
        aside={choices.length > 1 && <Segmented label="Since" value={nearest(shown.days)} onChange={(value) => void set({ over: value })} options={choices} />}
      />
      <div className="mt-2">
        <MovedChart
          rows={prepareMoved(
            level(shown.from, reader),
            level(shown.to, reader),
            shown.causes.map(({ key, label, points }) => ({ key, label, change: points })),
          )}
          label="What moved health, by cause"
        />
      </div>
      {shown.causes.length === 0 && (
        <p className="py-1 text-text-2">
          {shown.to.health === 0 ? 'It stays at the bottom until it is used again.' : 'Every part of the score stands where it stood.'}
        </p>
      )}
    </section>
  );
};

const SPANS = ['7', '28', '90'] as const;
/** The span a number of days stands for: history may begin later than it asks. */
const nearest = (days: number): (typeof SPANS)[number] => SPANS.find((span) => days <= Number(span)) ?? '90';

const titleOf = ({ from, to, causes }: Moved): string => {
  const change = Number(to.health.toFixed(1)) - Number(from.health.toFixed(1));
  const [first] = causes;
  if (!first || change === 0) return 'What moved it: nothing';
  return `What moved it: ${fixed(change, 1, { signed: true })} points`;
};

const level = ({ day, health }: Moved['from'], reader: Reader) => ({ label: shortDay(day as Day, reader), value: Number(health.toFixed(1)) });
