'use client';
import { X } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../../../lib/request.ts';
import { Avatar } from '../../../../ui/avatar.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Combobox } from '../../../../ui/combobox.tsx';
import { counted } from '../../../../ui/format.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { done, failed } from '../../../../ui/toast.tsx';
import type { AccountList, Row } from './use-account-list.ts';
import type { Chosen } from './use-chosen.ts';

const NOBODY = 'nobody';
/** The API takes so many at a time. */
const AT_ONCE = 1_000;

/** Gives what is chosen to somebody. Undo gives each account back to whom it belonged. */
const useAssign = (list: AccountList, chosen: Chosen) => {
  const [busy, setBusy] = useState(false);
  const give = async (ids: readonly string[], ownerId: string | null) => {
    for (let i = 0; i < ids.length; i += AT_ONCE) await list.client.call('assignManyAccounts', { body: { accountIds: ids.slice(i, i + AT_ONCE), ownerId } });
  };
  const undo = async (before: Map<string | null, Row[]>) => {
    try {
      for (const [owner, rows] of before)
        await give(
          rows.map(({ id }) => id),
          owner,
        );
    } catch (error) {
      failed('They could not be given back.', problemText(error));
    }
    await list.again();
  };
  const assign = async (owner: string | null) => {
    const { rows } = chosen;
    const before = Map.groupBy(rows, (row) => row.owner?.id ?? null);
    setBusy(true);
    try {
      await give(
        rows.map(({ id }) => id),
        owner,
      );
      chosen.clear();
      const name = list.summary.owners.find(({ id }) => id === owner)?.name ?? 'nobody';
      done(`${counted(rows.length, 'account')} now ${rows.length === 1 ? 'belongs' : 'belong'} to ${name}`, () => void undo(before));
    } catch (error) {
      failed('The accounts keep their owners.', problemText(error));
    } finally {
      setBusy(false);
      await list.again();
    }
  };
  return { busy, assign };
};

/** How many are chosen, and to whom they are given. */
export const AssignBar = ({ list, chosen }: { list: AccountList; chosen: Chosen }) => {
  const { busy, assign } = useAssign(list, chosen);
  if (chosen.rows.length === 0) return null;
  const owners = list.summary.owners.map(({ id, name, accounts }) => ({
    value: id,
    label: name,
    hint: String(accounts),
    icon: <Avatar size="sm" name={name} />,
  }));
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-10 z-5 flex justify-center px-4">
      <div
        role="group"
        aria-label="Chosen accounts"
        className="appears pointer-events-auto flex h-11 items-center gap-2 rounded-3 bg-bg-raised pr-2 pl-3.5 shadow-2"
      >
        <b className="whitespace-nowrap tabular-nums">{counted(chosen.rows.length, 'account')}</b>
        <Combobox
          label="New owner"
          value={null}
          onChange={(value) => void assign(value === NOBODY ? null : value)}
          options={[...owners, { value: NOBODY, label: 'Nobody' }]}
          trigger={
            <Button look="primary" busy={busy}>
              Give to …
            </Button>
          }
        />
        <IconButton label="Choose none" hint="esc" onClick={chosen.clear}>
          <X aria-hidden />
        </IconButton>
      </div>
    </div>
  );
};
