'use client';
import type { ReactNode } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/cx.ts';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { SkeletonRows } from '../../../../ui/skeleton.tsx';
import { ROW_WIDTHS } from './row-widths.ts';
import { ListHead } from './row-parts.tsx';
import type { List } from './use-list.ts';
import type { Rows } from './use-rows.ts';

/** One move takes at most so many. */
const AT_ONCE = 500;

type ListFrameProps<T extends { id: string; account: { id: string } }> = {
  label: string;
  noun: string;
  list: List<T>;
  rows: Rows<T>;
  mayChoose: boolean;
  empty: ReactNode;
  row: (row: T) => ReactNode;
};

/** The rows, or why there are none; what could not be read stands above what is still shown. */
export const ListFrame = <T extends { id: string; account: { id: string } }>({ label, noun, list, rows, mayChoose, empty, row }: ListFrameProps<T>) => {
  const { held, stale, load } = list;
  const { items } = held;
  const again = () => void load('all');
  const choosable = items.slice(0, AT_ONCE).map(({ id }) => id);
  return (
    <>
      {held.failure && (
        <ErrorState className="mx-4 mb-2" title="The list could not be read." action={<Button onClick={again}>Try again</Button>}>
          {held.failure} {items.length > 0 && 'What you see is from before.'}
        </ErrorState>
      )}
      {items.length === 0 && stale && !held.failure && (
        <div className="px-4">
          <SkeletonRows tall rows={8} widths={ROW_WIDTHS} />
        </div>
      )}
      {items.length === 0 && !stale && <div className="px-4 py-4">{empty}</div>}
      {items.length > 0 && (
        <>
          <ListHead
            all={rows.chosen.length > 0 && rows.chosen.length === choosable.length}
            some={rows.chosen.length > 0}
            noun={noun}
            mayChoose={mayChoose}
            onAll={(on) => rows.choose(on ? choosable : [])}
            waiting={held.waiting}
            onShow={again}
          />
          <ul aria-label={label} aria-busy={stale} className={cx('tabular-nums', stale && 'opacity-60')}>
            {items.map(row)}
          </ul>
          {held.next !== null && (
            <div className="px-4 py-3">
              <Button onClick={() => void load('more')}>Show more</Button>
            </div>
          )}
        </>
      )}
    </>
  );
};
