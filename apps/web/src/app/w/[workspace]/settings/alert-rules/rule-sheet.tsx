'use client';
import { alertKinds, type AlertKind } from '@tideline/domain/alert';
import { segments, type Segment } from '@tideline/domain/segment';
import { useRouter } from 'next/navigation';
import { Controller, FormProvider, useFormContext, useWatch } from 'react-hook-form';
import { api } from '../../../../../lib/api.ts';
import { showProblem, useContractForm } from '../../../../../lib/form.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Checkbox } from '../../../../../ui/checkbox.tsx';
import { ChoiceField, Field } from '../../../../../ui/field.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import { Input } from '../../../../../ui/input.tsx';
import { SegmentMark } from '../../../../../ui/segment-mark.tsx';
import { Select } from '../../../../../ui/select.tsx';
import { Sheet } from '../../../../../ui/sheet.tsx';
import { done } from '../../../../../ui/toast.tsx';
import { RulePreview } from './rule-preview.tsx';
import { emptyRule, ruleForm, ruleOf, RuleShape, type RuleForm } from './rule-shape.ts';
import { dueWords, severityNames } from './rule-words.ts';
import { sent, type RuleRow } from './rule-row.ts';

type Props = { workspace: string; rule: RuleRow | null; currency: string; onClose: () => void };
const FORM = 'rule-form';

/** Creates or changes a rule, and says meanwhile for whom its condition holds now. */
export const RuleSheet = ({ workspace, rule, currency, onClose }: Props) => {
  const router = useRouter();
  const form = useContractForm(RuleShape, rule ? ruleForm(rule.name, rule.condition) : emptyRule);
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (given) => {
    const body = { name: given.name, condition: sent(ruleOf(given)), enabled: rule?.enabled ?? true };
    try {
      if (rule) await api(workspace).call('changeAlertRule', { params: { id: rule.id }, body });
      else await api(workspace).call('createAlertRule', { body });
      done(rule ? `${given.name} is saved` : `${given.name} watches from now on`);
      onClose();
      router.refresh();
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={rule ? rule.name : 'New alert rule'}
      footer={
        <Button look="primary" type="submit" form={FORM} busy={isSubmitting}>
          {rule ? 'Save changes' : 'Create the rule'}
        </Button>
      }
    >
      <FormProvider {...form}>
        <form id={FORM} onSubmit={submit} noValidate className="flex flex-col gap-5">
          <FormError>{errors.root?.message}</FormError>
          <Field label="Name" help="Stands on the alert and its task." error={errors.name?.message}>
            {(control) => <Input {...control} {...form.register('name')} placeholder="Health falls below 50" />}
          </Field>
          <When />
          <Then />
          <RulePreview workspace={workspace} currency={currency} />
          {rule && rule.open > 0 && (
            <p className="text-12 text-text-3">Its open alerts keep the evidence they fired on; they clear by the rule as you save it.</p>
          )}
        </form>
      </FormProvider>
    </Sheet>
  );
};

const KINDS = (Object.keys(alertKinds) as AlertKind[]).map((value) => ({ value, label: alertKinds[value].label }));

const When = () => {
  const { control, register, formState } = useFormContext<RuleForm>();
  const kind = useWatch({ control, name: 'kind' });
  const { errors } = formState;
  return (
    <>
      <Controller
        control={control}
        name="kind"
        render={({ field }) => (
          <Field label="Fires when">{(wiring) => <Select {...wiring} options={KINDS} value={field.value} onChange={field.onChange} />}</Field>
        )}
      />
      {kind === 'health_below' ? (
        <div className="grid grid-cols-2 gap-4">
          <Field label="Below" error={errors.threshold?.message}>
            {(wiring) => <Input {...wiring} {...register('threshold')} numeric />}
          </Field>
          <Field label="Clears at" help="A little above, so that it does not flicker." error={errors.clear?.message}>
            {(wiring) => <Input {...wiring} {...register('clear')} numeric />}
          </Field>
        </div>
      ) : (
        <Controller
          control={control}
          name="segments"
          render={({ field, fieldState }) => <SegmentsField chosen={field.value} onChange={field.onChange} error={fieldState.error?.message} />}
        />
      )}
    </>
  );
};

type SegmentsProps = { chosen: readonly Segment[]; onChange: (chosen: Segment[]) => void; error: string | undefined };

const SegmentsField = ({ chosen, onChange, error }: SegmentsProps) => (
  <fieldset>
    <legend className="mb-1 text-12 text-text-2">Segments</legend>
    {(Object.keys(segments) as Segment[]).map((segment) => (
      <ChoiceField
        key={segment}
        label={
          <span className="flex items-center gap-2">
            <SegmentMark silent segment={segment} />
            {segments[segment].label}
          </span>
        }
        control={(id) => (
          <Checkbox
            id={id}
            checked={chosen.includes(segment)}
            onCheckedChange={(on) => onChange(on === true ? [...chosen, segment] : chosen.filter((one) => one !== segment))}
          />
        )}
      />
    ))}
    {error && (
      <p role="alert" className="mt-1 text-12 text-risk-text">
        {error}
      </p>
    )}
  </fieldset>
);

const Then = () => {
  const { control, register, formState } = useFormContext<RuleForm>();
  return (
    <div className="grid grid-cols-2 gap-4">
      <Controller
        control={control}
        name="severity"
        render={({ field }) => (
          <Field label="Urgency" help={`${dueWords(field.value)[0]?.toUpperCase()}${dueWords(field.value).slice(1)}.`}>
            {(wiring) => <Select {...wiring} options={severityNames} value={field.value} onChange={field.onChange} />}
          </Field>
        )}
      />
      <Field label="Quiet after it cleared, days" help="A crossing within them waits for their end." error={formState.errors.coolDownDays?.message}>
        {(wiring) => <Input {...wiring} {...register('coolDownDays')} numeric />}
      </Field>
    </div>
  );
};
