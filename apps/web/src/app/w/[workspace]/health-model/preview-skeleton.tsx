import { Skeleton, SkeletonRows } from '../../../../ui/skeleton.tsx';

/** The preview's shape while the accounts are on their way. */
export const PreviewSkeleton = () => (
  <>
    <Skeleton className="mt-2 w-60" />
    <div className="mt-4 flex gap-10">
      {[0, 1, 2].map((i) => (
        <Skeleton key={i} className="h-8 w-20" />
      ))}
    </div>
    <Skeleton className="mt-4 h-52 w-full" />
    <div className="mt-12">
      <SkeletonRows rows={8} widths={['w-40', 'w-24', 'w-16', 'w-16']} />
    </div>
  </>
);
