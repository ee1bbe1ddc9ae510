import { Skeleton, SkeletonRows } from '../../../../../ui/skeleton.tsx';

/** The shape of the page at its real heights: nothing moves when the account comes. */
export default function AccountLoading() {
  return (
    <div aria-busy>
      <div className="flex h-12 items-center border-b border-line px-4 max-lg:pl-13 lg:px-gutter">
        <Skeleton className="w-36" />
        <Skeleton className="ml-auto h-6 w-24" />
      </div>
      <div className="flex flex-col gap-1 px-4 pt-6 pb-5 lg:px-gutter">
        <Skeleton className="my-1 h-5 w-56" />
        <Skeleton className="w-96 max-w-full" />
      </div>
      <div className="grid grid-cols-2 border-y border-line lg:mx-gutter lg:grid-cols-4">
        {['w-20', 'w-24', 'w-20', 'w-28'].map((width, i) => (
          <div key={i} className="px-4 py-2.5 lg:border-l lg:first:border-l-0 lg:first:pl-0">
            <Skeleton className="my-0.5 h-3 w-16" />
            <Skeleton className={`mt-2 h-4.5 ${width}`} />
            <Skeleton className="my-1 h-3 w-32 max-w-full" />
          </div>
        ))}
      </div>
      <div className="grid gap-x-8 gap-y-10 px-4 py-6 side:grid-cols-[minmax(0,1fr)_var(--side)] lg:px-gutter">
        <div>
          <Skeleton className="w-80 max-w-full" />
          <Skeleton className="mt-4 h-78 w-full" />
          <SkeletonRows rows={4} widths={['w-24', 'w-32', 'flex-1']} />
        </div>
        <SkeletonRows rows={5} widths={['w-4', 'flex-1', 'w-10']} />
      </div>
    </div>
  );
}
