import { PageHeader } from '../../../../ui/page-header.tsx';
import { Skeleton, SkeletonRows } from '../../../../ui/skeleton.tsx';

/** The shape of the screen at its real heights: nothing moves when the list comes. */
export default function TriageLoading() {
  return (
    <div className="flex h-dvh min-w-0 flex-col overflow-hidden">
      <PageHeader title="Triage" className="lg:px-4" />
      <div aria-hidden className="grid grid-cols-2 border-b border-line lg:grid-cols-4">
        {['w-24', 'w-20', 'w-24', 'w-28'].map((width, i) => (
          <div key={i} className="border-line px-4 pt-2.5 pb-2.75 lg:border-l lg:first:border-l-0">
            <Skeleton className={`my-0.5 h-3 ${width}`} />
            <Skeleton className="mt-2 mb-1.5 h-4.5 w-28" />
          </div>
        ))}
      </div>
      <div aria-hidden className="flex h-10 items-center gap-5 border-b border-line px-4">
        {['w-20', 'w-16', 'w-20', 'w-24', 'w-16'].map((width, i) => (
          <Skeleton key={i} className={width} />
        ))}
      </div>
      <div aria-hidden className="flex h-10 items-center gap-4 px-4">
        <Skeleton className="h-6 w-44" />
        <Skeleton className="w-16" />
      </div>
      <div className="px-4 pt-7">
        <SkeletonRows tall rows={12} widths={['w-3', 'w-36', 'w-16', 'w-22', 'w-72 flex-1', 'w-12', 'w-12']} />
      </div>
    </div>
  );
}
