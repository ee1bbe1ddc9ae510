import { AuditQuery } from '@tideline/contracts/audit';
import { may } from '@tideline/domain/role';
import { choices, names, page } from '@tideline/engine/audit';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { Button } from '../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../not-allowed.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';

export const metadata: Metadata = { title: 'Audit log' };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'audit.read')) return <NotAllowed title="Audit log" permission="audit.read" />;
  const { deps } = composed();
  const asked = await searchParams;
  // An address someone mistyped shows the log from its start rather than an error.
  const query = AuditQuery.safeParse(asked).data ?? AuditQuery.parse({});
  const [{ items, next }, options, { timezone }] = await Promise.all([page(deps, who, query), choices(deps, who), settings(deps, who)]);
  const here = {
    ...(query.actor ? { actor: query.actor } : {}),
    ...(query.target ? { target: query.target } : {}),
    ...(query.from ? { from: query.from } : {}),
    ...(query.to ? { to: query.to } : {}),
  };
  const address = (more: Record<string, string>) => `?${new URLSearchParams({ ...here, ...more }).toString()}`;
  return (
    <>
      <PageHeader title="Audit log" meta="who changed what" />
      <AuditFilters actors={options.actors} targets={options.targets} />
      <div className="px-4 pb-6 lg:px-6">
        {items.length === 0 ? (
          <EmptyState title={Object.keys(here).length > 0 ? 'Nothing in the log matches these filters.' : 'Nothing has been changed yet.'} />
        ) : (
          <AuditTable items={items} names={await names(deps, who, items)} reader={await readerOf(timezone)} />
        )}
        <nav aria-label="Pages of the log" className="mt-4 flex gap-2">
          {query.cursor && (
            <Button asChild>
              <Link href={address({})}>Newest</Link>
            </Button>
          )}
          {next && (
            <Button asChild>
              <Link href={address({ cursor: next })}>Older</Link>
            </Button>
          )}
        </nav>
      </div>
    </>
  );
}
