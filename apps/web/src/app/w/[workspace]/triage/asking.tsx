'use client';
import type { Triage } from '@tideline/contracts/triage';
import type { ReactNode } from 'react';
import { SnoozeDialog } from '../../../../lib/snooze-dialog.tsx';
import { counted } from '../../../../ui/format.ts';
import type { Row } from './list-state.ts';
import { useScene } from './scene.ts';
import { OwnerDialog } from './owner-dialog.tsx';
import { TaskDialog } from './task-dialog.tsx';
import { TouchDialog } from './touch-dialog.tsx';
import type { Actions } from './use-actions.ts';
import type { Asking } from './use-handlers.ts';

/** The question that is open, if any; what is answered is done at once and the question closes. */
export const AskingDialog = ({
  asking,
  rows,
  owners,
  actions,
  onClose,
  onGone,
}: {
  asking: Asking | null;
  rows: readonly Row[];
  owners: Triage['Summary']['owners'];
  actions: Actions;
  onClose: () => void;
  /** Before rows leave the list. */
  onGone: (ids: readonly string[]) => void;
}) => {
  const { reader } = useScene();
  if (asking === null) return null;
  const { kind, ids } = asking;
  const only = ids.length === 1 ? rows.find((row) => row.id === ids[0]) : undefined;
  const what = only?.name ?? counted(ids.length, 'account');
  const answer = (run: () => void) => {
    onClose();
    run();
  };
  const asks = {
    snooze: () => (
      <SnoozeDialog
        what={what}
        description="Out of triage until the morning of that day."
        reader={reader}
        onClose={onClose}
        onSnooze={(snooze) =>
          answer(() => {
            onGone(ids);
            actions.snooze(ids, snooze);
          })
        }
      />
    ),
    task: () => (
      <TaskDialog what={what} reader={reader} suggestion={only?.nextAction ?? ''} onClose={onClose} onTask={(task) => answer(() => actions.task(ids, task))} />
    ),
    touch: () => (
      <TouchDialog
        what={what}
        reader={reader}
        kind={asking.touch ?? 'call'}
        onClose={onClose}
        onTouch={(touch) => answer(() => actions.touch(ids[0] ?? '', touch))}
      />
    ),
    owner: () => <OwnerDialog what={what} owners={owners} onClose={onClose} onAssign={(owner) => answer(() => actions.assign(ids, owner))} />,
  } as const satisfies Record<Asking['kind'], () => ReactNode>;
  return asks[kind]();
};
