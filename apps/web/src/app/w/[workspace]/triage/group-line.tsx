'use client';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { cx } from '../../../../ui/cx.ts';
import { dropped, gridLine, type ShownColumn } from './columns.ts';
import type { Group } from './list-state.ts';
import { useScene } from './scene.ts';

type GroupLineProps = {
  group: Group;
  folded: boolean;
  index: number;
  columns: readonly ShownColumn[];
  onFold: (why: string) => void;
  /** The copy that stays at the top while its rows scroll: for the eye and the pointer only. */
  still?: boolean;
};

/** The heading of a group; its sums stand in the columns they sum. */
export const GroupLine = ({ group, folded, index, columns, onFold, still = false }: GroupLineProps) => {
  const Chevron = folded ? ChevronRight : ChevronDown;
  return (
    <div
      role="row"
      aria-rowindex={index}
      className={cx('flex h-8 items-center justify-between border-b border-line bg-bg-group text-12 max-sm:px-4', gridLine)}
    >
      <div role="gridcell" className="max-sm:hidden">
        <button
          type="button"
          tabIndex={still ? -1 : 0}
          aria-expanded={!folded}
          aria-label={`${folded ? 'Unfold' : 'Fold'} ${group.heading}`}
          onClick={() => onFold(group.why)}
          className="moves ml-2.5 grid size-6 place-items-center rounded-1 text-text-3 hover:text-text focus-visible:outline-offset-0"
        >
          <Chevron aria-hidden className="size-3.5" />
        </button>
      </div>
      <div role="rowheader" className="min-w-0 whitespace-nowrap sm:px-1.5">
        {group.heading}
        <span className="ml-1.5 text-text-3 tabular-nums">{group.accounts}</span>
      </div>
      {columns.slice(2).map((column) => (
        <Sum key={column.key} column={column} group={group} />
      ))}
    </div>
  );
};

const Sum = ({ column: { key, drop }, group }: { column: ShownColumn; group: Group }) => {
  const { amount, exact } = useScene();
  const sum = key === 'runRate' || key === 'stake' ? group[key] : null;
  return (
    <div
      role="gridcell"
      className={cx('text-right tabular-nums sm:px-1.5', drop && dropped[drop], key !== 'stake' && 'max-sm:hidden', key === 'runRate' && 'text-text-3')}
      {...(sum === null ? {} : { title: exact(sum) })}
    >
      {sum === null ? '' : amount(sum)}
    </div>
  );
};
