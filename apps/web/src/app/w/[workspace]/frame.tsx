'use client';
import type { Role } from '@tideline/domain/role';
import { KeyRound, LogOut, MonitorOff, Plus } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useCallback, useState, type ReactNode } from 'react';
import { api } from '../../../lib/api.ts';
import { entryApi } from '../../../lib/entry-api.ts';
import { useLive } from '../../../lib/live.ts';
import { roleWords } from '../../../lib/role-words.ts';
import { leave } from '../../../lib/sign-in.ts';
import { PersonButton, WorkspaceButton, type RailProps } from '../../../shell/rail.tsx';
import { Shell } from '../../../shell/shell.tsx';
import { Confirm } from '../../../ui/dialog.tsx';
import { Menu, MenuItem, MenuLink, MenuRule, MenuTitle } from '../../../ui/menu.tsx';
import { ChangePassword } from './change-password.tsx';
import { OpenWorkProvider, useLiveWork, type OpenWork } from './open-work.ts';
import { HeldScores } from './held-scores.tsx';
import { Uncounted } from './uncounted.tsx';

type Named = { slug: string; name: string };
type FrameProps = Pick<RailProps, 'workspace' | 'views' | 'hidden' | 'theme'> & {
  /** The person's own workspaces, and no other. */
  workspaces: readonly Named[];
  mayCreate: boolean;
  person: { name: string; role: Role };
  open: OpenWork;
  narrow: boolean;
  children: ReactNode;
};

/** Fills the shell: switcher, person's menu, the search of the palette; keeps its counts up to date. */
export const Frame = ({ workspaces, mayCreate, person, open, children, ...shell }: FrameProps) => {
  const { slug, name } = shell.workspace;
  const router = useRouter();
  // A new day moves what "today" is on every page; a membership, what may be done.
  useLive(slug, ['member', 'day'], () => router.refresh(), 2_000);
  const work = useLiveWork(slug, open);
  const searchAccounts = useCallback(
    async (query: string, signal: AbortSignal) => {
      const { items } = await api(slug).call('findAccounts', { query: { q: query }, signal });
      return items.map(({ id, name: account, externalId }) => ({ id, name: account, href: `/w/${slug}/account/${id}`, hint: externalId }));
    },
    [slug],
  );
  return (
    <Shell
      {...shell}
      counts={{ triage: work.needsYou, alert: work.alerts + work.tasks, data: work.proposals }}
      person={person}
      searchAccounts={searchAccounts}
      switcher={<Switcher current={{ slug, name }} workspaces={workspaces} mayCreate={mayCreate} />}
      personMenu={<PersonMenu person={person} />}
    >
      <OpenWorkProvider value={work}>
        <HeldScores workspace={slug} faults={work.faults} role={person.role} />
        <Uncounted workspace={slug} names={work.uncounted} role={person.role} />
        {children}
      </OpenWorkProvider>
    </Shell>
  );
};

const Switcher = ({ current, workspaces, mayCreate }: { current: Named; workspaces: readonly Named[]; mayCreate: boolean }) => (
  <Menu align="start" className="max-w-72" trigger={<WorkspaceButton name={current.name} />}>
    <MenuTitle>Workspaces</MenuTitle>
    {workspaces.map(({ slug, name }) => (
      <MenuLink key={slug}>
        <Link href={`/w/${slug}`} {...(slug === current.slug ? { 'aria-current': 'true' as const } : {})} className="aria-[current]:font-semibold">
          <span className="truncate">{name}</span>
        </Link>
      </MenuLink>
    ))}
    {mayCreate && (
      <>
        <MenuRule />
        <MenuLink>
          <Link href="/new-workspace">
            <Plus aria-hidden /> New workspace
          </Link>
        </MenuLink>
      </>
    )}
  </Menu>
);

const PersonMenu = ({ person }: { person: { name: string; role: Role } }) => {
  const [asking, ask] = useState<'password' | 'everywhere' | null>(null);
  const everywhere = async () => {
    await entryApi('endSessions');
    await leave();
  };
  return (
    <>
      <Menu align="start" trigger={<PersonButton name={person.name} />}>
        <MenuTitle>
          {person.name} · {roleWords[person.role].label}
        </MenuTitle>
        <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => ask('password')}>
          Change password
        </MenuItem>
        <MenuRule />
        <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void leave()}>
          Sign out
        </MenuItem>
        <MenuItem icon={<MonitorOff aria-hidden />} onSelect={() => ask('everywhere')}>
          Sign out everywhere
        </MenuItem>
      </Menu>
      <Confirm
        open={asking === 'everywhere'}
        onOpenChange={(open) => !open && ask(null)}
        title="Sign out everywhere?"
        body="Every device you are signed in on, this one too, asks for your password again."
        action="Sign out everywhere"
        onConfirm={everywhere}
      />
      {asking === 'password' && <ChangePassword onClose={() => ask(null)} />}
    </>
  );
};
