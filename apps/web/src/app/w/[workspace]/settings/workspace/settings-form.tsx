'use client';
import type { WorkspaceSettings } from '@tideline/db/read/workspace';
import { useRouter } from 'next/navigation';
import { FormProvider } from 'react-hook-form';
import { api } from '../../../../../lib/api.ts';
import { showProblem, useContractForm } from '../../../../../lib/form.ts';
import { useLive } from '../../../../../lib/live.ts';
import { Button } from '../../../../../ui/button.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import type { Reader } from '../../../../../ui/format.ts';
import { done } from '../../../../../ui/toast.tsx';
import { changeFrom, formOf, SettingsShape } from './settings-shape.ts';
import { Basics, Books, Events, Judgement, Retention } from './sections.tsx';

type Props = {
  settings: WorkspaceSettings;
  /** What figures stand on already and can no longer change. */
  fixed: { timezone: boolean; currency: boolean };
  reader: Reader;
};

export const SettingsForm = ({ settings, fixed, reader }: Props) => {
  const router = useRouter();
  const form = useContractForm(SettingsShape, formOf(settings));
  const { errors, isSubmitting, isDirty } = form.formState;
  // A form being filled in is not taken away under the hands.
  useLive(settings.slug, ['day'], () => !isDirty && router.refresh(), 2_000);
  const submit = form.handleSubmit(async (given) => {
    const change = changeFrom(settings, given);
    if (Object.keys(change).length === 0) return;
    try {
      await api(settings.slug).call('changeWorkspace', { body: change });
      done(change.asOfPin === undefined ? 'Saved' : 'Saved. Days are being judged up to the new as-of day.');
      router.refresh();
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate className="flex w-full max-w-130 flex-col gap-10 px-4 py-6 lg:px-6">
        <FormError>{errors.root?.message}</FormError>
        <Basics fixed={fixed} settings={settings} />
        <Judgement settings={settings} reader={reader} />
        <Retention />
        <Events settings={settings} reader={reader} />
        <Books />
        <div className="sticky bottom-0 -mt-4 border-t border-line bg-bg py-3">
          <Button look="primary" type="submit" busy={isSubmitting} disabled={!isDirty}>
            Save changes
          </Button>
        </div>
      </form>
    </FormProvider>
  );
};
