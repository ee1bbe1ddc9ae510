'use client';
import { InviteBody } from '@tideline/contracts/member';
import { UserPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Controller } from 'react-hook-form';
import { api } from '../../../../../lib/api.ts';
import { showProblem, useContractForm } from '../../../../../lib/form.ts';
import { roleNames, roleWords } from '../../../../../lib/role-words.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { Field } from '../../../../../ui/field.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import { Input } from '../../../../../ui/input.tsx';
import { Secret } from '../../../../../ui/secret.tsx';
import { Select } from '../../../../../ui/select.tsx';

export type Invited = { email: string; link: string | null };

export const InviteButton = ({ workspace }: { workspace: string }) => {
  const [open, setOpen] = useState(false);
  const [invited, setInvited] = useState<Invited | null>(null);
  const show = (next: boolean) => {
    setOpen(next);
    if (next) setInvited(null);
  };
  return (
    <>
      <Button look="primary" icon={<UserPlus aria-hidden />} onClick={() => show(true)}>
        Invite
      </Button>
      <Dialog open={open} onOpenChange={show} title={invited ? `Invitation for ${invited.email}` : 'Invite a person'} width="sm">
        {invited ? <InvitedPart invited={invited} /> : <InviteForm workspace={workspace} onInvited={setInvited} />}
      </Dialog>
    </>
  );
};

/** What to do with the invitation: nothing when it was mailed, else hand the link over. */
export const InvitedPart = ({ invited }: { invited: Invited }) =>
  invited.link ? (
    <Secret value={invited.link} label="Invitation link" note="Hand it over to the person. It works once, for seven days, and is not shown again." />
  ) : (
    <p role="status">A mail with the link is on its way. It works for seven days.</p>
  );

const InviteForm = ({ workspace, onInvited }: { workspace: string; onInvited: (invited: Invited) => void }) => {
  const router = useRouter();
  const form = useContractForm(InviteBody, { email: '', role: 'CSM' });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      onInvited(await api(workspace).call('invite', { body }));
      router.refresh();
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError>{errors.root?.message}</FormError>
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => <Input {...control} {...form.register('email')} type="email" />}
      </Field>
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => (
          <Field label="Role" help={roleWords[field.value].help}>
            {(control) => <Select {...control} options={roleNames} value={field.value} onChange={field.onChange} />}
          </Field>
        )}
      />
      <Button look="primary" type="submit" busy={isSubmitting} className="self-end">
        Invite
      </Button>
    </form>
  );
};
