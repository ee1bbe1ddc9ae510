'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode, type RefObject } from 'react';
import { cx } from '../../../../ui/cx.ts';
import { VirtualRows } from '../../../../ui/virtual-rows.tsx';
import { dropped, gridLine, gridOf, gridScope, HEIGHTS, shownColumns, type ShownColumn } from './columns.ts';
import { GroupLine } from './group-line.tsx';
import { groupAt, keyOfLine, type Line } from './lines.ts';
import type { ListState } from './list-state.ts';
import { RowLine } from './row.tsx';
import { useScene } from './scene.ts';
import type { Cursor } from './use-cursor.ts';
import type { RowHandlers } from './use-handlers.ts';

export type Order = { sort: string; direction: 'asc' | 'desc' };
type ListProps = {
  lines: readonly Line[];
  list: ListState;
  folded: ReadonlySet<string>;
  order: Order;
  onSort: (sort: NonNullable<ShownColumn['sort']>, direction: 'asc' | 'desc') => void;
  cursor: Cursor;
  openId: string | null;
  handlers: RowHandlers;
  onEnd: () => void;
  phone: boolean;
  /** What scrolls: the list itself, on a phone the whole column. */
  scroller: RefObject<HTMLElement | null>;
  busy: boolean;
  caption: string;
  foot: ReactNode;
};

/** From so many lines before the end the next page is read. */
const AHEAD = 20;
/** What the server draws of the list: a tall screen's worth. */
const FIRST_HEIGHT = 900;
/** The title line that stays over a phone's cards. */
const PHONE_TOP = 48;

/** Pixels between the top of what scrolls and the first line; measured again when what stands above changes its height. */
const useOffset = (scroller: RefObject<HTMLElement | null>, start: RefObject<HTMLElement | null>, phone: boolean): number => {
  const [offset, setOffset] = useState<number>(HEIGHTS.head);
  useEffect(() => {
    const [outer, inner] = [scroller.current, start.current];
    if (!outer || !inner) return;
    const measure = () => setOffset(Math.round(inner.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop));
    measure();
    const watch = new ResizeObserver(measure);
    for (const child of outer.children) watch.observe(child);
    return () => watch.disconnect();
  }, [scroller, start, phone]);
  return offset;
};

export const List = (props: ListProps) => {
  const { lines, list, folded, cursor, handlers, onEnd, phone, scroller, busy, caption, foot } = props;
  const { has } = useScene();
  const columns = useMemo(() => shownColumns(has), [has]);
  const start = useRef<HTMLDivElement>(null);
  const offset = useOffset(scroller, start, phone);
  const [top, setTop] = useState({ index: 0, isCut: false });
  const onRange = useCallback(
    (index: number, last: number, isCut: boolean) => {
      setTop({ index, isCut });
      if (last >= lines.length - AHEAD) onEnd();
    },
    [lines.length, onEnd],
  );
  const heightOf = useCallback((line: Line) => (line.kind === 'group' ? HEIGHTS.group : phone ? HEIGHTS.card : HEIGHTS.row), [phone]);
  const { id: at, focus } = cursor.cursor;
  const cursorAt = lines.findIndex((line) => line.kind === 'row' && line.row.id === at);
  // A heading that stands in full at the top needs no copy of itself.
  const still = top.isCut || lines[top.index]?.kind === 'row' ? groupAt(lines, top.index) : null;
  const head = phone ? PHONE_TOP : HEIGHTS.head;
  return (
    <div className="@container" style={gridOf(columns) as CSSProperties}>
      <div
        role="grid"
        aria-label={caption}
        aria-multiselectable
        aria-rowcount={list.accounts + list.groups.length + 1}
        aria-busy={busy}
        className={cx(gridScope, 'transition-opacity duration-(--base)', busy && 'opacity-60')}
      >
        <Head columns={columns} {...props} />
        {still && (
          <div aria-hidden className="pointer-events-none sticky top-(--stuck) z-2 h-0" style={{ '--stuck': `${head}px` } as CSSProperties}>
            <div className="pointer-events-auto">
              <GroupLine still group={still} folded={folded.has(still.why)} index={0} columns={columns} onFold={handlers.fold} />
            </div>
          </div>
        )}
        <div ref={start} role="presentation">
          <VirtualRows
            rows={lines}
            scroller={scroller}
            heightOf={heightOf}
            keyOf={keyOfLine}
            render={(line, index) => (
              <ListLine {...props} line={line} index={index + 2} columns={columns} isFirst={cursorAt === -1 && line === firstRow(lines)} />
            )}
            focused={focus > 0 ? cursorAt : undefined}
            offset={offset}
            stickyTop={head}
            clearance={head + (list.groups.length > 0 ? HEIGHTS.group : 0)}
            firstHeight={FIRST_HEIGHT}
            onRange={onRange}
          />
        </div>
      </div>
      {foot}
    </div>
  );
};

const firstRow = (lines: readonly Line[]): Line | undefined => lines.find((line) => line.kind === 'row');

type LineProps = ListProps & {
  line: Line;
  index: number;
  columns: readonly ShownColumn[];
  /** The row that the tab key reaches while the cursor is nowhere. */ isFirst: boolean;
};
const ListLine = ({ line, index, columns, isFirst, cursor, openId, list, handlers }: LineProps) => {
  if (line.kind === 'group') return <GroupLine group={line.group} folded={line.folded} index={index} columns={columns} onFold={handlers.fold} />;
  const { row } = line;
  const { id: at, focus } = cursor.cursor;
  const isCursor = row.id === at;
  return (
    <RowLine
      row={row}
      index={index}
      isCursor={isCursor}
      focus={isCursor ? focus : 0}
      tabbable={isCursor || isFirst}
      isOpen={row.id === openId}
      isChosen={cursor.chosen.has(row.id)}
      isGone={list.left.has(row.id)}
      handlers={handlers}
    />
  );
};

const Head = ({ columns, order, onSort }: Pick<ListProps, 'order' | 'onSort'> & { columns: readonly ShownColumn[] }) => (
  <div role="row" aria-rowindex={1} className={cx('sticky top-0 z-3 h-7 border-y border-line bg-bg text-12 text-text-3 max-sm:sr-only', gridLine)}>
    {columns.map((column) => {
      const { key, label, right, sort, first = 'desc', drop, title } = column;
      const direction = sort === order.sort ? order.direction : null;
      const Arrow = direction === 'asc' ? ArrowUp : ArrowDown;
      return (
        <div
          key={key}
          role="columnheader"
          {...(sort ? { 'aria-sort': direction === null ? ('none' as const) : direction === 'asc' ? ('ascending' as const) : ('descending' as const) } : {})}
          title={title}
          className={cx('min-w-0 truncate px-1.5', right && 'text-right', drop && dropped[drop], direction && 'text-text')}
        >
          {sort ? (
            <button
              type="button"
              onClick={() => onSort(sort, direction === null ? first : direction === 'asc' ? 'desc' : 'asc')}
              className="door inline-flex items-center gap-0.5 font-medium whitespace-nowrap hover:text-text focus-visible:-outline-offset-2"
            >
              {label}
              {direction && <Arrow aria-hidden className="size-3 stroke-2" />}
            </button>
          ) : key === 'mark' ? (
            <span className="sr-only">{label}</span>
          ) : (
            label
          )}
        </div>
      );
    })}
  </div>
);
