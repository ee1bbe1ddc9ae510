import { portfolio } from '@tideline/engine/portfolio';
import { BOOK_SLICES, type BookSlice } from '@tideline/db/read/portfolio';
import { may } from '@tideline/domain/role';
import type { Metadata } from 'next';
import { composed } from '../../../../composed.ts';
import { whoIs } from '../../../../lib/who.ts';
import { counted, money } from '../../../../ui/format.ts';
import { PageHeader } from '../../../../ui/page-header.tsx';
import { Bands } from './bands.tsx';
import { FirstValue } from './first-value.tsx';
import { RefreshOnChange } from './controls.tsx';
import { Loads } from './loads.tsx';
import { MoneyBySlice } from './money-by-slice.tsx';
import { NothingYet } from './nothing-yet.tsx';
import { Segments } from './segments.tsx';

export const metadata: Metadata = { title: 'Portfolio' };
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

const sliceIn = (value: string | string[] | undefined, otherwise: BookSlice): BookSlice => BOOK_SLICES.find((one) => one === value) ?? otherwise;

export default async function PortfolioScreen({ params, searchParams }: Props) {
  const [{ workspace }, search] = await Promise.all([params, searchParams]);
  const who = await whoIs(workspace);
  const page = await portfolio(composed().deps, who);
  if (page.book.accounts === 0) return <NothingYet workspace={workspace} mayImport={may(who.role, 'import.run')} />;
  const scene = { workspace, page };
  return (
    <>
      <PageHeader title="Portfolio" meta={`${counted(page.book.accounts, 'account')}, ${money(page.book.runRate, page.currency)} run rate`} />
      <div className="flex flex-col gap-10 px-4 py-6 lg:px-gutter">
        <Segments {...scene} />
        <div className="grid gap-x-14 gap-y-10 side:grid-cols-2">
          <MoneyBySlice {...scene} slice={sliceIn(search.by, 'industry')} />
          <div className="flex min-w-0 flex-col gap-10">
            <Bands {...scene} />
            <FirstValue {...scene} />
          </div>
        </div>
        <Loads {...scene} />
      </div>
      <RefreshOnChange workspace={workspace} />
    </>
  );
}
