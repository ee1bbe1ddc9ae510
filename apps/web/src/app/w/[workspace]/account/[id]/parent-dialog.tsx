'use client';
import type { AccountFamily } from '@tideline/contracts/account-family';
import { useState } from 'react';
import { AccountField } from '../../../../../lib/account-field.tsx';
import { problemText } from '../../../../../lib/request.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { Field } from '../../../../../ui/field.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import type { Account } from './merge-shape.ts';
import type { Acts } from './use-acts.ts';

type Parent = AccountFamily['above'][number];
type Props = { workspace: string; account: Account; parent: Parent | null; onClose: () => void; onSave: Acts['edit'] };

/** Asks of which account this one is part; or takes it out. */
export const ParentDialog = ({ workspace, account, parent, onClose, onSave }: Props) => {
  const [chosen, choose] = useState<{ id: string; externalId: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (key: string | null) => {
    setBusy(true);
    try {
      await onSave({ parent: key }, { parent: parent?.externalId ?? null });
      onClose();
    } catch (error) {
      setProblem(problemText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${account.name} is part of …`}
      description="Its usage and revenue are also summed up there. Scores stay each account’s own, and totals of the workspace count everything once."
      footer={
        <>
          {parent && (
            <Button className="mr-auto" disabled={busy} onClick={() => void save(null)}>
              Take out of {parent.name}
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!chosen} busy={busy} onClick={() => void save(chosen?.externalId ?? null)}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex min-h-60 flex-col gap-4">
        <FormError>{problem ?? undefined}</FormError>
        <Field label="The account above it" help={parent ? `Now ${parent.name}.` : ''}>
          {(control) => (
            <AccountField
              {...{ workspace, control }}
              value={chosen?.id ?? null}
              onChange={(id, externalId) => {
                choose({ id, externalId });
                setProblem(null);
              }}
              without={account.id}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
};
