import { PageHeader } from '../../../../../../ui/page-header.tsx';
import { Skeleton, SkeletonRows } from '../../../../../../ui/skeleton.tsx';

/** The page in its real shape: two days, what moved it between them, and both days twice. */
export default function LoadingLookBack() {
  return (
    <>
      <PageHeader title="Look back" meta="as known then, as known now, and what moved it between" />
      <div className="flex max-w-300 flex-col gap-8 px-4 py-5 lg:px-gutter">
        <div className="flex flex-wrap gap-4">
          <Skeleton className="h-14 w-40" />
          <Skeleton className="h-14 w-40" />
        </div>
        <SkeletonRows rows={6} widths={['w-48', 'flex-1', 'w-12']} />
        <div className="grid gap-8 lg:grid-cols-2">
          <SkeletonRows rows={8} widths={['flex-1', 'w-16', 'w-16']} />
          <SkeletonRows rows={8} widths={['flex-1', 'w-16', 'w-16']} />
        </div>
      </div>
    </>
  );
}
