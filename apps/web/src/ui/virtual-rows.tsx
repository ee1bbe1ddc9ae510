'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, type ReactNode, type RefObject } from 'react';

export type VirtualRowsProps<T> = {
  rows: readonly T[];
  scroller: RefObject<HTMLElement | null>;
  /** Pixels of a row; must be exact, nothing is measured. */
  heightOf: (row: T, index: number) => number;
  keyOf: (row: T, index: number) => string;
  render: (row: T, index: number) => ReactNode;
  /** Kept in sight when it changes (`j` and `k`). */
  focused?: number | undefined;
  overscan?: number;
  /** Height of a sticky head over the rows. */
  stickyTop?: number;
  /** Height kept free over a focused row, where more than the head may stand. */
  clearance?: number;
  /** Pixels between the top of the scroller's content and the first row. */
  offset?: number;
  /** Height of the window the server draws rows for, so that they stand in the first HTML. */
  firstHeight?: number;
  /** First row in sight and last row drawn, and whether the first is cut off by what stands over it: for a heading that stays, and for reading on before the end is reached. */
  onRange?: (first: number, last: number, isCut: boolean) => void;
};

/**
 * Only the rows in sight of a list of up to 100,000, inside a scroller of the caller's. Isolated in its own component
 * because the compiler skips whoever calls `useVirtualizer`. Rows are absolutely placed boxes: the caller gives the list
 * its role and each row `aria-rowindex` or `aria-posinset`, since most rows are not in the document.
 */
export const VirtualRows = <T,>(props: VirtualRowsProps<T>) => {
  const { rows, scroller, heightOf, keyOf, render, focused, overscan = 8, stickyTop = 0, clearance = stickyTop, offset = 0, firstHeight = 0, onRange } = props;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const row = rows[index];
      return row === undefined ? 0 : heightOf(row, index);
    },
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row, index);
    },
    overscan,
    scrollPaddingStart: clearance,
    scrollMargin: offset,
    initialRect: { width: 0, height: firstHeight },
  });
  // Heights come from the rows, so new rows or a new density invalidate what was remembered.
  useEffect(() => virtual.measure(), [rows, heightOf, virtual]);
  useEffect(() => {
    if (focused !== undefined && focused >= 0) virtual.scrollToIndex(focused, { align: 'auto' });
  }, [focused, virtual]);
  const items = virtual.getVirtualItems();
  const top = (virtual.scrollOffset ?? 0) + stickyTop - offset;
  const first = items.find((item) => item.start - offset + item.size > top);
  const firstIndex = first?.index ?? 0;
  const isCut = first !== undefined && first.start - offset < top;
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => onRange?.(firstIndex, last, isCut), [onRange, firstIndex, last, isCut]);
  return (
    <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
      {items.map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        return (
          <div
            key={item.key}
            role="presentation"
            // A row that goes or comes moves those below it; scrolling changes no row's place, so it costs nothing.
            className="absolute inset-x-0 top-0 transition-transform duration-(--base) ease-tide"
            style={{ height: item.size, transform: `translateY(${item.start - offset}px)` }}
          >
            {render(row, item.index)}
          </div>
        );
      })}
    </div>
  );
};
