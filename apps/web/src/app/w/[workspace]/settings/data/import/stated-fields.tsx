'use client';
import type { StatedName } from '@tideline/contracts/import';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { ColumnField } from './column-field.tsx';
import type { Draft } from './draft.ts';
import type { Look } from './guess.ts';
import { isTime, type StatedPart, statedParts } from './stated-parts.ts';
import { TimeField } from './usage-fields.tsx';

type Props<K extends StatedName> = {
  kind: K;
  look: Look;
  draft: Draft;
  missing: Readonly<Record<string, string>>;
  timeZone: string;
  onChange: (next: Draft) => void;
};
type Mapped = Record<string, { column?: string; form?: never } | undefined>;

/** Which columns become which part of a contact, ticket or touch. */
export const StatedFields = <K extends StatedName>({ kind, look, draft, missing, timeZone, onChange }: Props<K>) => {
  const mapping = draft.stated[kind] as Mapped;
  const set = (key: string, value: object | undefined) => {
    const rest = Object.fromEntries(Object.entries(mapping).filter(([name]) => name !== key));
    onChange({ ...draft, stated: { ...draft.stated, [kind]: value === undefined ? rest : { ...rest, [key]: value } } });
  };
  return (
    <section className="flex flex-col gap-4">
      <SectionTitle title="What each row says" sub="empty cells change nothing" />
      {Object.entries<StatedPart>(statedParts[kind]).map(([key, part]) => {
        const value = mapping[key];
        return isTime(part) ? (
          <TimeField
            key={key}
            label={part.label}
            look={look}
            time={value?.column === undefined ? undefined : { ...value, column: value.column }}
            error={missing[key]}
            timeZone={timeZone}
            onChange={(time) => set(key, time)}
            {...(part.needed ? {} : { none: 'Not in the file' })}
          />
        ) : (
          <ColumnField
            key={key}
            look={look}
            label={part.label}
            {...(part.help ? { help: part.help } : {})}
            {...(part.needed ? {} : { none: 'Not in the file' })}
            value={value?.column}
            error={missing[key]}
            onChange={(column) => set(key, column === undefined ? undefined : { column })}
          />
        );
      })}
    </section>
  );
};
