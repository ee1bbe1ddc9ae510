import { backtestOperations } from '@tideline/contracts/backtest';
import { may } from '@tideline/domain/role';
import { list } from '@tideline/engine/backtest-run';
import { state } from '@tideline/engine/model';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import { Scale } from 'lucide-react';
import Link from 'next/link';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { Button } from '../../../../../ui/button.tsx';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../not-allowed.tsx';
import { BacktestList } from './backtest-list.tsx';
import { StartForm } from './start-form.tsx';

export const metadata: Metadata = { title: 'Backtests' };

export default async function BacktestsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'model.draft')) return <NotAllowed title="Backtests" permission="model.draft" />;
  const { deps } = composed();
  const [listed, model, { timezone }] = await Promise.all([list(deps, who), state(deps, who), settings(deps, who)]);
  return (
    <>
      <PageHeader
        title="Backtests"
        meta="a health model, tested on the past"
        actions={
          <Button asChild look="ghost" icon={<Scale aria-hidden />}>
            <Link href={`/w/${workspace}/health-model/fit`}>
              <span>
                Fit weights<span className="max-sm:sr-only"> to our history</span>
              </span>
            </Link>
          </Button>
        }
        crumbs={
          <>
            <Link href={`/w/${workspace}/health-model`} className="door">
              Health model
            </Link>
            /
          </>
        }
      />
      <div className="max-w-300 px-gutter py-5 max-sm:px-4">
        <StartForm
          workspace={workspace}
          versions={model.versions.map(({ version, state: inForce }) => ({ version, state: inForce }))}
          draft={model.draft !== null}
        />
        <BacktestList workspace={workspace} initial={backtestOperations.listBacktests.reply.parse(listed).items} reader={await readerOf(timezone)} />
      </div>
    </>
  );
}
