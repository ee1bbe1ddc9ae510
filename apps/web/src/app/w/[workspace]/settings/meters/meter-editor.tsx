'use client';
import { useRouter } from 'next/navigation';
import { FormProvider, useWatch } from 'react-hook-form';
import { api } from '../../../../../lib/api.ts';
import { showProblem, useContractForm } from '../../../../../lib/form.ts';
import { Button } from '../../../../../ui/button.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import type { Reader } from '../../../../../ui/format.ts';
import { done } from '../../../../../ui/toast.tsx';
import { Activity, Measuring, Naming } from './meter-fields.tsx';
import { bodyOf, changeOf, definitionOf, emptyMeter, MeterShape, type MeterForm } from './meter-shape.ts';
import { Preview } from './preview.tsx';
import type { SeenEvent, Start } from './seen.ts';
import { Trial } from './trial.tsx';

type Props = {
  workspace: string;
  /** The meter as it is; absent: a new one. */
  meter?: { id: string; /** The newest there is. */ version: number; /** That which measures. */ measuring: number; form: MeterForm };
  /** What a new meter is to count, where that is known. */
  counting?: Start;
  events: readonly SeenEvent[];
  reader: Reader;
};

/** Creates or changes a meter. What it would measure is described and tried while the form is filled in. */
export const MeterEditor = ({ workspace, meter, counting, events, reader }: Props) => {
  const router = useRouter();
  const form = useContractForm(MeterShape, meter?.form ?? { ...emptyMeter, ...(counting ? { ...counting, valueField: counting.valueField ?? '' } : {}) });
  const { errors, isSubmitting, isDirty } = form.formState;
  const submit = form.handleSubmit(async (given) => {
    try {
      if (!meter) {
        const made = await api(workspace).call('createMeter', { body: bodyOf(given) });
        done(made.state === 'filling' ? `${made.name} is being counted from the events` : `${made.name} measures from now on`);
        router.push(`/w/${workspace}/settings/meters/${made.id}`);
        return;
      }
      const { change, redefines } = changeOf(meter.form, given);
      if (Object.keys(change).length === 0) return;
      await api(workspace).call('changeMeter', { params: { id: meter.id }, body: change });
      done(redefines ? `Version ${meter.version + 1} is being counted` : 'Saved');
      router.refresh();
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <FormProvider {...form}>
      <div className="flex gap-10 max-side:flex-col">
        <form onSubmit={submit} noValidate className="flex w-full max-w-160 flex-col gap-8">
          <FormError>{errors.root?.message}</FormError>
          <Naming fixedKey={meter !== undefined} />
          <Measuring events={events} />
          <Activity events={events} />
          <div className="sticky bottom-0 -mt-2 flex items-center gap-3 border-t border-line bg-bg py-3">
            <Button look="primary" type="submit" busy={isSubmitting} disabled={meter !== undefined && !isDirty}>
              {meter ? 'Save changes' : 'Create the meter'}
            </Button>
            <SaveNote meter={meter} />
          </div>
        </form>
        <aside aria-label="What it would measure" className="w-full max-w-90 max-side:max-w-160">
          <LiveTrial workspace={workspace} {...(meter ? { meter } : {})} events={events} reader={reader} />
        </aside>
      </div>
    </FormProvider>
  );
};

const LiveTrial = ({ workspace, meter, events, reader }: Props) => {
  const form = useWatch<MeterForm>() as MeterForm;
  const meant = definitionOf({ ...form, filter: form.filter.filter(whole), activityFilter: form.activityFilter.filter(whole) });
  return (
    <Trial meter={meant} events={events} reader={reader}>
      <Preview workspace={workspace} definition={meant} {...(meter ? { changes: meter } : {})} reader={reader} />
    </Trial>
  );
};
/** Left out while it is being written: half a condition describes nothing. */
const whole = ({ on, name, op, value }: MeterForm['filter'][number]): boolean => (on === 'value' || name !== '') && (op === 'exists' || value !== '');

/** What saving will do, before it is done. */
const SaveNote = ({ meter }: { meter: Props['meter'] | undefined }) => {
  const form = useWatch<MeterForm>() as MeterForm;
  if (!meter) return <p className="text-12 text-text-3">Events that are stored already are counted too.</p>;
  const { change, redefines } = changeOf(meter.form, form);
  if (Object.keys(change).length === 0) return null;
  return (
    <p className="text-12 text-text-2">
      {redefines
        ? `Makes version ${meter.version + 1}: it is counted from the stored events beside version ${meter.version}, and takes over when it is done.`
        : 'Takes effect at once; nothing is counted anew.'}
    </p>
  );
};
