'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, type RefObject } from 'react';
import type { Amounts } from '../../../../ui/amount.ts';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { cx } from '../../../../ui/cx.ts';
import type { Reader } from '../../../../ui/format.ts';
import { VirtualRows } from '../../../../ui/virtual-rows.tsx';
import { AccountLine } from './account-line.tsx';
import { firstDirection, type AccountAddress } from './address.ts';
import { columns, dropOf, gridLine, HEIGHTS } from './columns.ts';
import type { SetAddress } from './filters.tsx';
import type { AccountList, Row } from './use-account-list.ts';
import type { Chosen } from './use-chosen.ts';

type Props = {
  workspace: string;
  address: AccountAddress;
  set: SetAddress;
  list: AccountList;
  chosen: Chosen;
  cursor: number;
  reader: Reader;
  amounts: Amounts;
  phone: boolean;
  mayChoose: boolean;
  scroller: RefObject<HTMLDivElement | null>;
};

/** From so many rows before the end the next page is read. */
const AHEAD = 30;
/** What the server draws of the list: a tall screen's worth. */
const FIRST_HEIGHT = 900;
const HEAD = 32;

/** All rows of the list, of which only those in sight are drawn. */
export const AccountTable = (props: Props) => {
  const { list, cursor, phone, scroller, address, set, chosen, mayChoose } = props;
  const { rows, more, stale } = list;
  const onRange = useCallback((_first: number, last: number) => void (last >= rows.length - AHEAD && more()), [rows.length, more]);
  const heightOf = useCallback(() => (phone ? HEIGHTS.card : HEIGHTS.row), [phone]);
  return (
    <div ref={scroller} className="quiet-scroll min-h-0 flex-1 overflow-y-auto">
      <div className="@container">
        <div
          role="grid"
          aria-label="Accounts"
          aria-rowcount={list.accounts + 1}
          aria-busy={stale}
          className={cx('transition-opacity duration-(--base)', stale && 'opacity-60')}
        >
          <Head address={address} set={set} chosen={chosen} rows={rows} mayChoose={mayChoose} />
          <VirtualRows
            rows={rows}
            scroller={scroller}
            heightOf={heightOf}
            keyOf={keyOf}
            focused={cursor >= 0 ? cursor : undefined}
            offset={phone ? 0 : HEAD}
            stickyTop={phone ? 0 : HEAD}
            firstHeight={FIRST_HEIGHT}
            onRange={onRange}
            render={(row, index) => (
              <AccountLine
                row={row}
                index={index + 2}
                isCursor={index === cursor}
                tabbable={index === Math.max(0, cursor)}
                isChosen={chosen.has(row.id)}
                onToggle={mayChoose ? chosen.toggle : null}
                workspace={props.workspace}
                reader={props.reader}
                amounts={props.amounts}
              />
            )}
          />
        </div>
      </div>
    </div>
  );
};

const keyOf = (row: Row): string => row.id;

const Head = ({ address, set, chosen, rows, mayChoose }: Pick<Props, 'address' | 'set' | 'chosen' | 'mayChoose'> & { rows: readonly Row[] }) => {
  const every = rows.length > 0 && chosen.rows.length === rows.length;
  return (
    <div role="row" aria-rowindex={1} className={cx('sticky top-0 z-3 h-8 border-b border-line bg-bg text-12 text-text-3 max-sm:sr-only', gridLine)}>
      {columns.map((column) => {
        const { key, label } = column;
        const sort = 'sort' in column ? column.sort : null;
        if (key === 'choose')
          return (
            <div key={key} role="columnheader" className="flex items-center pl-4">
              {mayChoose ? (
                <Checkbox
                  aria-label="Select all that are shown"
                  checked={every ? true : chosen.rows.length > 0 ? 'indeterminate' : false}
                  onCheckedChange={(on) => chosen.all(on === true)}
                />
              ) : (
                <span className="sr-only">{label}</span>
              )}
            </div>
          );
        const direction = sort !== null && sort === address.sort ? (address.dir ?? firstDirection[sort]) : null;
        const Arrow = direction === 'asc' ? ArrowUp : ArrowDown;
        return (
          <div
            key={key}
            role="columnheader"
            {...(sort ? { 'aria-sort': direction === null ? ('none' as const) : direction === 'asc' ? ('ascending' as const) : ('descending' as const) } : {})}
            className={cx('min-w-0 truncate px-1.5', 'right' in column && 'text-right', key === 'lastDay' && 'pr-4', dropOf(key), direction && 'text-text')}
          >
            {sort ? (
              <button
                type="button"
                onClick={() => set({ sort, dir: direction === null ? null : direction === 'asc' ? 'desc' : 'asc' })}
                className="door inline-flex items-center gap-0.5 font-medium whitespace-nowrap hover:text-text focus-visible:-outline-offset-2"
              >
                {label}
                {direction && <Arrow aria-hidden className="size-3 stroke-2" />}
              </button>
            ) : (
              label
            )}
          </div>
        );
      })}
    </div>
  );
};
