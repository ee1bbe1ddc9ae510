import { hasPrices, hasUsage, workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { may } from '@tideline/domain/role';
import type { Metadata } from 'next';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../not-allowed.tsx';
import { SettingsForm } from './settings-form.tsx';

export const metadata: Metadata = { title: 'Workspace' };

export default async function WorkspacePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'workspace.manage')) return <NotAllowed title="Workspace" permission="workspace.manage" />;
  const { settings, fixed } = await withWorkspace(composed().deps.db, who.workspaceId, async (tx) => ({
    settings: await workspaceSettings(tx),
    fixed: { timezone: await hasUsage(tx), currency: await hasPrices(tx) },
  }));
  return (
    <>
      <PageHeader title="Workspace" meta={`/w/${settings.slug}`} />
      <SettingsForm key={JSON.stringify(settings)} settings={settings} fixed={fixed} reader={await readerOf(settings.timezone)} />
    </>
  );
}
