import { savedViews } from '@tideline/db/read/view';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { count as openWork } from '@tideline/engine/open-work';
import { listOf } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { composed } from '../../../composed.ts';
import { hiddenFrom } from '../../../lib/screen-access.ts';
import { whoIs } from '../../../lib/who.ts';
import { isNarrow, NARROW_COOKIE } from '../../../shell/narrow-cookie.ts';
import { THEME_COOKIE, themeOf } from '../../../ui/theme.ts';
import { Frame } from './frame.tsx';

type Props = { children: ReactNode; params: Promise<{ workspace: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  const { name } = await withWorkspace(composed().deps.db, who.workspaceId, workspaceSettings);
  return { title: { default: name, template: `%s · ${name}` } };
};

/** The frame around every screen of a workspace. Answers for another's workspace exactly as for one that does not exist. */
export default async function WorkspaceLayout({ children, params }: Props) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  const { deps } = composed();
  const userId = who.userId ?? '';
  const [shown, open, own, jar] = await Promise.all([
    withWorkspace(deps.db, who.workspaceId, async (tx) => ({
      settings: await workspaceSettings(tx),
      views: await savedViews(tx, userId),
    })),
    openWork(deps, who),
    listOf(deps, userId),
    cookies(),
  ]);
  return (
    <Frame
      workspace={{ slug: shown.settings.slug, name: shown.settings.name }}
      workspaces={own.map(({ slug, name }) => ({ slug, name }))}
      mayCreate={own.some((one) => one.role === 'ADMIN')}
      person={{ name: who.actor, role: who.role }}
      open={open}
      views={shown.views.map(({ id, name, screen, query }) => ({ id, name, href: `/w/${shown.settings.slug}/${screen}${query ? `?${query}` : ''}` }))}
      hidden={hiddenFrom(who.role)}
      theme={themeOf(jar.get(THEME_COOKIE)?.value)}
      narrow={isNarrow(jar.get(NARROW_COOKIE)?.value)}
    >
      {children}
    </Frame>
  );
}
