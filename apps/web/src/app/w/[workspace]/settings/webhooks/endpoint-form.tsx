'use client';
import { WEBHOOK_EVENTS, webhookEvents, type WebhookEvent } from '@tideline/contracts/fact';
import { webhookOperations } from '@tideline/contracts/webhook';
import { Controller } from 'react-hook-form';
import type * as z from 'zod';
import { showProblem, useContractForm } from '../../../../../lib/form.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Checkbox } from '../../../../../ui/checkbox.tsx';
import { ChoiceField, Field } from '../../../../../ui/field.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import { Input } from '../../../../../ui/input.tsx';

const Body = webhookOperations.createWebhook.body;
export type EndpointFields = z.input<typeof Body>;

type Props = { fields: EndpointFields; action: string; onSave: (body: EndpointFields) => Promise<void> };

export const EndpointForm = ({ fields, action, onSave }: Props) => {
  const form = useContractForm(Body, fields);
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      await onSave(body);
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError>{errors.root?.message}</FormError>
      <Field label="Address" help="Called by POST with JSON. It must be reachable from the open internet." error={errors.url?.message}>
        {(control) => (
          <Input {...control} {...form.register('url')} type="url" inputMode="url" spellCheck={false} placeholder="https://hooks.example.com/tideline" />
        )}
      </Field>
      <Controller
        control={form.control}
        name="events"
        render={({ field }) => <EventsField chosen={field.value} onChange={field.onChange} error={errors.events?.message} />}
      />
      <Button look="primary" type="submit" busy={isSubmitting} className="self-end">
        {action}
      </Button>
    </form>
  );
};

type EventsProps = { chosen: readonly WebhookEvent[]; onChange: (chosen: WebhookEvent[]) => void; error: string | undefined };

const EventsField = ({ chosen, onChange, error }: EventsProps) => (
  <fieldset>
    <legend className="mb-1 text-12 text-text-2">It is called when</legend>
    {WEBHOOK_EVENTS.map((event) => (
      <ChoiceField
        key={event}
        label={webhookEvents[event].label}
        help={`${webhookEvents[event].words}. Type ${event}.`}
        control={(id) => (
          <Checkbox
            id={id}
            checked={chosen.includes(event)}
            onCheckedChange={(on) => onChange(on === true ? [...chosen, event] : chosen.filter((one) => one !== event))}
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
