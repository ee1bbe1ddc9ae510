'use client';
import { Field } from '../../../../../../../ui/field.tsx';
import { Input } from '../../../../../../../ui/input.tsx';
import { SectionTitle } from '../../../../../../../ui/page-header.tsx';
import { ColumnField } from '../../import/column-field.tsx';
import type { Look } from '../../import/guess.ts';
import type { ConnectionDraft } from './connection-draft.ts';

type Props = { look: Look; cursors: readonly string[]; draft: ConnectionDraft; onChange: (next: ConnectionDraft) => void };

/** In which order rows of a database are read, so that only new ones are asked for. */
export const OrderFields = ({ look, cursors, draft, onChange }: Props) => {
  const at = (column: string) => look.columns.indexOf(column);
  const growing: Look = { columns: cursors, sample: look.sample.map((row) => cursors.map((column) => row[at(column)] ?? '')) };
  return (
    <section className="flex flex-col gap-4">
      <SectionTitle title="What is new" sub="only rows behind the last one are asked for" />
      <ColumnField
        look={growing}
        label="Cursor"
        help="A column that only grows: the id, or when the row was written. An index on it keeps reading fast."
        value={draft.cursor || undefined}
        error={draft.cursor ? undefined : 'Choose the column that only grows'}
        onChange={(cursor) => onChange({ ...draft, cursor: cursor ?? '' })}
      />
      <ColumnField
        look={look}
        label="Told apart by"
        none="The whole row"
        help="Where several rows share a cursor: their id."
        value={draft.tieBreak || undefined}
        onChange={(tieBreak) => onChange({ ...draft, tieBreak: tieBreak ?? '' })}
      />
      <Field
        label="Read again"
        help="Minutes of a time, or numbers of an id, that each reading goes back for rows that were committed late. They count once all the same."
      >
        {(control) => (
          <Input
            {...control}
            numeric
            inputMode="numeric"
            className="max-w-40"
            value={draft.overlap}
            onChange={({ target }) => onChange({ ...draft, overlap: target.value })}
          />
        )}
      </Field>
    </section>
  );
};
