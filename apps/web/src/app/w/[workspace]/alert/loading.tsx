import { PageHeader } from '../../../../ui/page-header.tsx';
import { Skeleton, SkeletonRows } from '../../../../ui/skeleton.tsx';
import { ROW_WIDTHS } from './row-widths.ts';

/** The shape of the screen at its real heights. */
export default function InboxLoading() {
  return (
    <>
      <PageHeader title="Alerts and tasks" className="lg:px-4" />
      <div aria-hidden className="flex h-10 items-center gap-5 border-b border-line px-4">
        <Skeleton className="w-16" />
        <Skeleton className="w-14" />
      </div>
      <div aria-hidden className="flex h-12 items-center gap-4 px-4">
        <Skeleton className="h-7 w-96 max-sm:w-48" />
        <Skeleton className="w-20" />
      </div>
      <div className="h-9 border-b border-line" />
      <div className="px-4">
        <SkeletonRows tall rows={10} widths={ROW_WIDTHS} />
      </div>
    </>
  );
}
