'use client';
import type { Measures } from '@tideline/domain/measure';
import { profileWords, reachOf } from '@tideline/domain/profile';
import { ArrowUp, Pencil, Plus, Trash2 } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/cx.ts';
import { counted } from '../../../../ui/format.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import type { Edit } from './edit.ts';
import { Group } from './group.tsx';
import { ProfileDialog } from './profile-dialog.tsx';
import { type EditProfile, emptyWords, keyFor, profileControl, withEarlier, withoutProfile, withProfile } from './profiles.ts';

type Props = {
  edit: Edit;
  /** Every account as it is measured today; null while that is read. */
  accounts: readonly Measures[] | null;
  active: string | null;
  onChoose: (key: string | null) => void;
  onChange: (change: (edit: Edit) => Edit) => void;
};

/** Whom the sliders below are for: profiles in their order, the first that fits judges an account, and everyone else. */
export const ProfilesForm = ({ edit, accounts, active, onChoose, onChange }: Props) => {
  const [asking, ask] = useState<EditProfile | 'new' | null>(null);
  const profiles = useDeferredValue(edit.profiles);
  const reach = useMemo(() => {
    if (!accounts) return null;
    const { profiles: each, rest } = reachOf(profiles, accounts);
    return {
      of: new Map(profiles.map(({ key, rule }, i) => [key, { ...(each[i] ?? { fits: 0, judges: 0 }), empty: emptyWords(rule, each[i], accounts) }])),
      rest,
    };
  }, [profiles, accounts]);
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
              id={profileControl(profile.key)}
              words={profileWords(profile.rule)}
              judges={reach?.of.get(profile.key)?.judges}
              empty={reach?.of.get(profile.key)?.empty}
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
          <Row name="Everyone else" words="" judges={reach?.rest} current={active === null} onChoose={() => onChoose(null)} />
        </ol>
      )}
      {asking && (
        <ProfileDialog
          profile={asking === 'new' ? null : asking}
          before={edit.profiles.slice(0, asking === 'new' ? undefined : edit.profiles.indexOf(asking))}
          accounts={accounts}
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

type RowProps = {
  name: string;
  id?: string;
  words: string;
  /** Accounts it judges today; undefined while that is not known. */
  judges: number | undefined;
  /** Why it judges nobody. */
  empty?: string | null | undefined;
  current: boolean;
  onChoose: () => void;
  children?: React.ReactNode;
};

const Row = ({ name, id, words, judges, empty, current, onChoose, children }: RowProps) => (
  <li className={cx('flex items-center rounded-2 pr-1', current && 'bg-bg-selected')}>
    <button type="button" {...(id ? { id } : {})} aria-pressed={current} onClick={onChoose} className="min-w-0 flex-1 rounded-2 px-2 py-1.5 text-left">
      <span className="flex items-baseline gap-2">
        <span className={cx('min-w-0 flex-1 truncate', current && 'font-semibold')}>{name}</span>{' '}
        {judges !== undefined && <span className="flex-none text-12 text-text-2 tabular-nums">{counted(judges, 'account')}</span>}
      </span>
      {words && <span className="block truncate text-12 text-text-3">{words}</span>}
      {empty && <span className="block text-12 text-watch-text">{empty}</span>}
    </button>
    {children}
  </li>
);
