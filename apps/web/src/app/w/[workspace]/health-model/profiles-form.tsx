'use client';
import { profileWords } from '@tideline/domain/profile';
import { ArrowUp, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/cx.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import type { Edit } from './edit.ts';
import { Group } from './group.tsx';
import { ProfileDialog } from './profile-dialog.tsx';
import { type EditProfile, keyFor, withEarlier, withoutProfile, withProfile } from './profiles.ts';

type Props = { edit: Edit; active: string | null; onChoose: (key: string | null) => void; onChange: (change: (edit: Edit) => Edit) => void };

/** Whom the sliders below are for: profiles in their order, the first that fits judges an account, and everyone else. */
export const ProfilesForm = ({ edit, active, onChoose, onChange }: Props) => {
  const [asking, ask] = useState<EditProfile | 'new' | null>(null);
  return (
    <Group
      title="Profiles"
      aside={
        <Button look="ghost" size="sm" className="-my-1 -mr-2" icon={<Plus aria-hidden />} onClick={() => ask('new')}>
          Profile
        </Button>
      }
    >
      {edit.profiles.length === 0 ? (
        <p className="text-12 text-text-3">
          Everyone is judged alike. A profile gives some accounts, for example new ones or a plan, weights and bands of their own.
        </p>
      ) : (
        <ol>
          {edit.profiles.map((profile, i) => (
            <Row
              key={profile.key}
              name={profile.name}
              words={profileWords(profile.rule)}
              current={profile.key === active}
              onChoose={() => onChoose(profile.key)}
            >
              {i > 0 && (
                <IconButton label={`Ask ${profile.name} earlier`} onClick={() => onChange((before) => withEarlier(before, profile.key))}>
                  <ArrowUp aria-hidden className="size-3.5" />
                </IconButton>
              )}
              <IconButton label={`Whom ${profile.name} is for`} onClick={() => ask(profile)}>
                <Pencil aria-hidden className="size-3.5" />
              </IconButton>
              <IconButton
                label={`Take ${profile.name} away`}
                onClick={() => {
                  if (active === profile.key) onChoose(null);
                  onChange((before) => withoutProfile(before, profile.key));
                }}
              >
                <Trash2 aria-hidden className="size-3.5" />
              </IconButton>
            </Row>
          ))}
          <Row name="Everyone else" words="" current={active === null} onChoose={() => onChoose(null)} />
        </ol>
      )}
      {asking && (
        <ProfileDialog
          profile={asking === 'new' ? null : asking}
          names={edit.profiles.filter((one) => one !== asking).map(({ name }) => name)}
          onClose={() => ask(null)}
          onSave={(name, rule) => {
            const key = asking === 'new' ? keyFor(edit, name) : asking.key;
            onChange((before) => withProfile(before, { key, name, rule }));
            onChoose(key);
            ask(null);
          }}
        />
      )}
    </Group>
  );
};

type RowProps = { name: string; words: string; current: boolean; onChoose: () => void; children?: React.ReactNode };

const Row = ({ name, words, current, onChoose, children }: RowProps) => (
  <li className={cx('flex items-center rounded-2 pr-1', current && 'bg-bg-selected')}>
    <button type="button" aria-pressed={current} onClick={onChoose} className="min-w-0 flex-1 rounded-2 px-2 py-1.5 text-left">
      <span className={cx('block', current && 'font-semibold')}>{name}</span>
      {words && <span className="block truncate text-12 text-text-3">{words}</span>}
    </button>
    {children}
  </li>
);
