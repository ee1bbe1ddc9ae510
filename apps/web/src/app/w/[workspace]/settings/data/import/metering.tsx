'use client';
import { UnitPrice } from '@tideline/contracts/meter';
import { describeMeter, meterOf } from '@tideline/domain/meter';
import { Wand2 } from 'lucide-react';
import { Button } from '../../../../../../ui/button.tsx';
import { Checkbox } from '../../../../../../ui/checkbox.tsx';
import { Field } from '../../../../../../ui/field.tsx';
import { Input } from '../../../../../../ui/input.tsx';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { Select } from '../../../../../../ui/select.tsx';
import type { Draft, DraftMeter } from './draft.ts';
import { eventNamesIn, suggestMeters, type Look } from './guess.ts';

export type KnownMeter = { key: string; name: string; main: boolean; eventName: string };
type Props = { look: Look; draft: Draft; meters: readonly KnownMeter[]; currency: string; onChange: (next: Draft) => void };

/** Meters that measure what the file brings: those that are there, and those that are made when the import starts. */
export const Metering = ({ look, draft, meters, currency, onChange }: Props) => {
  const names = eventNamesIn(look, draft.usage);
  const counting = meters.filter(({ eventName }) => names.includes(eventName));
  const known = new Set(meters.map(({ key }) => key));
  const suggest = () => onChange({ ...draft, meters: suggestMeters(look, draft.usage).filter(({ body }) => !known.has(body.key)) });
  const replace = (index: number, change: Partial<DraftMeter>) =>
    onChange({ ...draft, meters: draft.meters.map((meter, i) => (i === index ? { ...meter, ...change } : meter)) });
  return (
    <section>
      <SectionTitle title="Meters this file needs" />
      <p className="text-12 text-text-3">
        {counting.length > 0
          ? `Measured already by ${counting.map(({ name }) => name).join(', ')}.`
          : 'No meter counts these events yet: without one they are stored, and nothing is shown.'}
      </p>
      {draft.meters.length > 0 && (
        <ul className="mt-3 flex flex-col gap-4">
          {draft.meters.map((meter, index) => (
            <li key={meter.body.key}>
              <MeterChoice meter={meter} there={known.has(meter.body.key)} currency={currency} onChange={(change) => replace(index, change)} />
            </li>
          ))}
        </ul>
      )}
      <Button look="ghost" size="sm" icon={<Wand2 aria-hidden />} className="mt-2 -ml-2" onClick={suggest}>
        {draft.meters.length > 0 ? 'Suggest anew from the mapping' : 'Suggest meters from the mapping'}
      </Button>
      <MainMeter draft={draft} meters={meters} onChange={onChange} />
    </section>
  );
};

type ChoiceProps = { meter: DraftMeter; there: boolean; currency: string; onChange: (change: Partial<DraftMeter>) => void };

const MeterChoice = ({ meter: { on, body, price }, there, currency, onChange }: ChoiceProps) => {
  const id = `meter-${body.key}`;
  const rename = (change: Partial<typeof body>) => onChange({ body: { ...body, ...change } });
  return (
    <div className="flex items-start gap-2.5">
      <span className="flex h-5 items-center">
        <Checkbox id={id} checked={on && !there} disabled={there} onCheckedChange={(next) => onChange({ on: next === true })} />
      </span>
      <div className="min-w-0 flex-1">
        <label htmlFor={id}>
          {body.name}
          <span className="block text-12 text-text-3">
            {there ? 'There already; it stays as it is.' : describeMeter(meterOf({ ...body, countsAsActivity: body.countsActivity }))}
          </span>
        </label>
        {on && !there && (
          <div className="mt-2 grid grid-cols-3 gap-2">
            <Field label="Name">{(control) => <Input {...control} value={body.name} onChange={({ target }) => rename({ name: target.value })} />}</Field>
            <Field label="Unit">{(control) => <Input {...control} value={body.unit} onChange={({ target }) => rename({ unit: target.value })} />}</Field>
            <Field label={`${currency} a unit`} error={price.trim() === '' || UnitPrice.safeParse(price.trim()).success ? undefined : 'Not a price'}>
              {(control) => <Input {...control} numeric placeholder="not priced" value={price} onChange={({ target }) => onChange({ price: target.value })} />}
            </Field>
          </div>
        )}
      </div>
    </div>
  );
};

const KEEP = '';

/** Which meter stands for usage where there is no money; asked only where the file could change it. */
const MainMeter = ({ draft, meters, onChange }: Pick<Props, 'draft' | 'meters' | 'onChange'>) => {
  const wanted = draft.meters.filter(({ on }) => on);
  if (wanted.length === 0) return null;
  const main = meters.find((meter) => meter.main);
  return (
    <Field label="Main meter" help="Stands for usage wherever there is no money." className="mt-4">
      {(control) => (
        <Select
          {...control}
          options={[
            { value: KEEP, label: main ? `${main.name}, as it is` : 'The first of them' },
            ...wanted.map(({ body }) => ({ value: body.key, label: body.name })),
          ]}
          value={wanted.some(({ body }) => body.key === draft.mainMeter) ? (draft.mainMeter ?? KEEP) : KEEP}
          onChange={(key) => onChange({ ...draft, mainMeter: key === KEEP ? null : key })}
        />
      )}
    </Field>
  );
};
