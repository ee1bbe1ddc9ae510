'use client';
import { useState } from 'react';
import { Avatar } from '../../../../ui/avatar.tsx';
import { Combobox } from '../../../../ui/combobox.tsx';
import { Field } from '../../../../ui/field.tsx';
import type { Option } from '../../../../ui/select.tsx';
import { AskDialog } from '../../../../ui/ask-dialog.tsx';
import { useScene, type Person, type Scene } from './scene.ts';

export const NOBODY = 'nobody';
/** The reader first, then the other members, then nobody. */
export const people = ({ me, members }: Pick<Scene, 'me' | 'members'>): Option[] => [
  ...members.filter(({ id }) => id === me.id).map(({ id, name }) => ({ value: id, label: `${name} (me)`, icon: <Avatar size="sm" me name={name} /> })),
  ...members.filter(({ id }) => id !== me.id).map(({ id, name }) => ({ value: id, label: name, icon: <Avatar size="sm" name={name} /> })),
  { value: NOBODY, label: 'Nobody' },
];

/** Gives work to a member, or to nobody; offers the reader. */
export const AssignDialog = ({ what, onClose, onAssign }: { what: string; onClose: () => void; onAssign: (person: Person | null) => void }) => {
  const scene = useScene();
  const { me, members } = scene;
  const [chosen, choose] = useState(me.id);
  return (
    <AskDialog title={`Give ${what} to …`} action="Give" onClose={onClose} onSubmit={() => onAssign(members.find(({ id }) => id === chosen) ?? null)}>
      <Field label="Who does it">{(control) => <Combobox {...control} label="Who does it" options={people(scene)} value={chosen} onChange={choose} />}</Field>
    </AskDialog>
  );
};
