import { Backtest } from '@tideline/contracts/backtest';
import { Problem } from '@tideline/contracts/problem';
import { may } from '@tideline/domain/role';
import { get } from '@tideline/engine/backtest-run';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { composed } from '../../../../../../composed.ts';
import { readerOf } from '../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../lib/who.ts';
import { NotAllowed } from '../../../not-allowed.tsx';
import { BacktestScreen } from './backtest-screen.tsx';

export const metadata: Metadata = { title: 'Backtest' };

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Another workspace's backtest answers like a missing one. */
const found = async <T,>(read: Promise<T>): Promise<T> => {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') return notFound();
    throw error;
  }
};

export default async function BacktestPage({ params }: { params: Promise<{ workspace: string; id: string }> }) {
  const { workspace, id } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'model.draft')) return <NotAllowed title="Backtest" permission="model.draft" />;
  if (!UUID.test(id)) return notFound();
  const { deps } = composed();
  const [one, { timezone }] = await Promise.all([found(get(deps, who, id)), settings(deps, who)]);
  return <BacktestScreen workspace={workspace} initial={Backtest.parse(one)} reader={await readerOf(timezone)} />;
}
