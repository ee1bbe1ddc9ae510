'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import { MoveRight } from 'lucide-react';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import type { Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { Segmented } from '../../../../../ui/segmented.tsx';
import { viewParsers } from './address.ts';
import { MovedCauses } from './moved-causes.tsx';
import { movedTitle } from './moved-title.ts';
import { spanOf } from './span.ts';

/** What moved health between an earlier close and now, every cause by its name; they add up to the change. */
export const MovedSection = ({ moved, reader, href }: { moved: readonly AccountPages['Moved'][]; reader: Reader; href: string }) => {
  const [{ over }, set] = useQueryStates(viewParsers);
  const shown = spanOf(moved, Number(over));
  if (!shown) return null;
  const choices = moved.map(({ days }) => ({ value: nearest(days), label: `${days} d` }));
  return (
    <section id="moved" className="scroll-mt-14">
      <SectionTitle
        title={movedTitle(shown)}
        aside={choices.length > 1 && <Segmented label="Since" value={nearest(shown.days)} onChange={(value) => void set({ over: value })} options={choices} />}
      />
      <MovedCauses moved={shown} reader={reader} />
      <Link href={`${href}?from=${shown.from.day}`} prefetch={false} className="door mt-1 inline-flex items-center gap-1 text-12 text-text-2">
        Compare any two days, as known then and now <MoveRight aria-hidden className="size-3" />
      </Link>
    </section>
  );
};

const SPANS = ['7', '28', '90'] as const;
/** The span a number of days stands for: history may begin later than it asks. */
const nearest = (days: number): (typeof SPANS)[number] => SPANS.find((span) => days <= Number(span)) ?? '90';
