import { PageHeader } from '../../../../ui/page-header.tsx';
import { SkeletonRows } from '../../../../ui/skeleton.tsx';

/** The list while it is read. */
export const AccountsSkeleton = () => (
  <>
    <PageHeader title="Accounts" />
    <div className="h-10 border-b border-line" />
    <div className="h-10" />
    <div className="px-4">
      <SkeletonRows rows={16} widths={['w-4', 'w-48', 'w-24', 'w-28', 'w-32', 'w-16', 'w-16']} />
    </div>
  </>
);
