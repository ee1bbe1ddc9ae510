import { may } from '@tideline/domain/role';
import { state } from '@tideline/engine/model';
import { settings } from '@tideline/engine/workspace';
import { ModelState } from '@tideline/contracts/model';
import type { Metadata } from 'next';
import { composed } from '../../../../composed.ts';
import { readerOf } from '../../../../lib/reader.ts';
import { whoIs } from '../../../../lib/who.ts';
import { NotAllowed } from '../not-allowed.tsx';
import { ModelScreen } from './model-screen.tsx';

export const metadata: Metadata = { title: 'Health model' };

export default async function HealthModelPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'model.draft')) return <NotAllowed title="Health model" permission="model.draft" />;
  const { deps } = composed();
  const [model, { timezone }] = await Promise.all([state(deps, who), settings(deps, who)]);
  return <ModelScreen workspace={workspace} role={who.role} initial={ModelState.parse(model)} reader={await readerOf(timezone)} />;
}
