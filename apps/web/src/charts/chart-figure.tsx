'use client';
import { Table2 } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { IconButton } from '../ui/icon-button.tsx';
import { Table, Tbody, Td, Th, Thead, Tr, RowHead } from '../ui/table.tsx';
import type { ChartTable } from './plot.ts';

/**
 * A chart under its answer: `title` says what it shows with its number; `controls` choose what is drawn; one button
 * swaps the drawing for a table of the same data.
 */
export const ChartFigure = ({
  title,
  sub,
  controls,
  under,
  table,
  children,
  level = 2,
}: {
  title: ReactNode;
  sub?: ReactNode;
  controls?: ReactNode;
  /** More choices than the title's line has room for. */
  under?: ReactNode;
  table: ChartTable;
  children: ReactNode;
  level?: 2 | 3;
}) => {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="flex min-h-7 flex-wrap items-center gap-2">
        <Heading id={id} className="mr-auto font-semibold max-sm:min-w-[40%] max-sm:flex-1">
          {title}
        </Heading>
        {controls}
        <IconButton label="Table view" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          <Table2 aria-hidden />
        </IconButton>
      </div>
      {sub && <p className="max-w-[72ch] text-12 text-text-2">{sub}</p>}
      {under}
      <div className="mt-2">{asTable ? <TableView table={table} caption={typeof title === 'string' ? title : 'The data of the chart'} /> : children}</div>
    </section>
  );
};

const TableView = ({ table, caption }: { table: ChartTable; caption: string }) => (
  <div className="quiet-scroll max-h-120 overflow-y-auto">
    <Table caption={caption}>
      <Thead>
        <Tr>
          {table.columns.map((column, i) => (
            <Th key={column} right={i > 0}>
              {column}
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {table.rows.map((row, n) => (
          <Tr key={n}>
            {row.map((text, i) =>
              i === 0 ? (
                <RowHead key={i}>{text}</RowHead>
              ) : (
                <Td key={i} right>
                  {text}
                </Td>
              ),
            )}
          </Tr>
        ))}
      </Tbody>
    </Table>
  </div>
);
