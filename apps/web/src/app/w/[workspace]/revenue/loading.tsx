import { PageHeader } from '../../../../ui/page-header.tsx';
import { Skeleton, SkeletonRows } from '../../../../ui/skeleton.tsx';

/** The screen's shape while it is read. */
export default function RevenueLoading() {
  return (
    <>
      <PageHeader title="Revenue" />
      <div className="flex flex-col gap-10 px-4 py-6 lg:px-gutter">
        <div>
          <Skeleton className="w-36" />
          <Skeleton className="h-9 w-40" />
          <Skeleton className="mt-4 w-3/4" />
        </div>
        <Skeleton className="h-85 w-full" />
        <div className="grid gap-14 side:grid-cols-2">
          <SkeletonRows rows={6} widths={['w-32', 'w-12', 'w-16', 'w-16']} />
          <SkeletonRows rows={6} widths={['w-32', 'w-12', 'w-16', 'w-16']} />
        </div>
      </div>
    </>
  );
}
