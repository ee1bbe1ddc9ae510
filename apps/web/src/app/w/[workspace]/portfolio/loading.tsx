import { PageHeader } from '../../../../ui/page-header.tsx';
import { SkeletonRows } from '../../../../ui/skeleton.tsx';

/** The screen's shape while it is read. */
export default function PortfolioLoading() {
  return (
    <>
      <PageHeader title="Portfolio" />
      <div className="flex flex-col gap-10 px-4 py-6 lg:px-gutter">
        <SkeletonRows rows={7} widths={['w-40', 'w-12', 'w-12', 'w-16', 'w-16']} />
        <SkeletonRows rows={6} widths={['w-40', 'w-12', 'w-16', 'w-16']} />
      </div>
    </>
  );
}
