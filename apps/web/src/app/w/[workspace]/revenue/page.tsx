import { list } from '@tideline/engine/revenue-accounts';
import { revenuePage } from '@tideline/engine/revenue-page';
import { Download } from 'lucide-react';
import { may } from '@tideline/domain/role';
import type { Metadata } from 'next';
import { composed } from '../../../../composed.ts';
import { api } from '../../../../lib/api.ts';
import { readerOf } from '../../../../lib/reader.ts';
import { whoIs } from '../../../../lib/who.ts';
import { workspaceZone } from '../../../../lib/workspace-zone.ts';
import { PageHeader } from '../../../../ui/page-header.tsx';
import { readAddress, type Search } from './address.ts';
import { AccountSheet } from './account-sheet.tsx';
import { Bridge } from './bridge.tsx';
import { Cohorts } from './cohorts.tsx';
import { FilterChips, RefreshAtClose, WindowSwitch } from './controls.tsx';
import { Hero } from './hero.tsx';
import { MonthTable } from './month-table.tsx';
import { NothingYet } from './nothing-yet.tsx';
import type { Scene } from './scene.ts';
import { Slices } from './slices.tsx';
import { Trends } from './trends.tsx';
import { restatedWords, windowWords } from './words.ts';

export const metadata: Metadata = { title: 'Revenue' };
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Search> };

export default async function RevenueScreen({ params, searchParams }: Props) {
  const [{ workspace }, search] = await Promise.all([params, searchParams]);
  const who = await whoIs(workspace);
  const address = readAddress(search);
  const { deps } = composed();
  const page = await revenuePage(deps, who, { window: address.window, ...address.scope });
  const reader = await readerOf(await workspaceZone(who.workspaceId));
  const { month } = page;
  if (month === null) return <NothingYet workspace={workspace} mayImport={may(who.role, 'import.run')} />;
  const opened = address.door && (await list(deps, who, { ...address.door, limit: 50 }));
  const scene: Scene = { workspace, page: { ...page, month }, address, reader };
  const labels = Object.fromEntries(Object.values(page.slices.rows).flatMap((rows) => rows.map((row) => [row.value, row.label])));
  const window = page.bridge?.window ?? address.window ?? 'month';
  return (
    <>
      <PageHeader
        title="Revenue"
        meta={[windowWords(window, month, reader), restatedWords(page.bridge?.restated ?? null, page.currency)].filter(Boolean).join(' · ')}
        actions={
          <>
            <WindowSwitch value={window} />
            <a
              href={api(workspace).href('exportRevenueMonths', { query: address.scope })}
              aria-label="Download months as CSV"
              title="Download months as CSV"
              className="moves grid size-control place-items-center rounded-2 text-text-2 hover:bg-bg-hover hover:text-text"
            >
              <Download aria-hidden />
            </a>
          </>
        }
      />
      <div className="flex flex-col gap-10 px-4 py-6 lg:px-gutter">
        <FilterChips address={address} names={labels} />
        <Hero {...scene} />
        <Bridge {...scene} window={window} />
        <Trends {...scene} />
        <Slices {...scene} />
        <MonthTable {...scene} />
        <Cohorts {...scene} />
      </div>
      {address.door && opened && (
        <AccountSheet
          key={JSON.stringify(address.door)}
          {...{ workspace, address, reader, month }}
          door={address.door}
          first={opened}
          currency={page.currency}
          label={labels[address.door.value ?? ''] ?? address.door.value ?? ''}
        />
      )}
      <RefreshAtClose workspace={workspace} />
    </>
  );
}
