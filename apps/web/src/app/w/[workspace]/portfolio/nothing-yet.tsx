import Link from 'next/link';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { PageHeader } from '../../../../ui/page-header.tsx';

/** Before the first account has a score. */
export const NothingYet = ({ workspace, mayImport }: { workspace: string; mayImport: boolean }) => (
  <>
    <PageHeader title="Portfolio" />
    <div className="px-4 py-6 lg:px-6">
      <EmptyState
        title="Your book stands here once the first account has a score."
        actions={
          mayImport && (
            <Button asChild look="primary">
              <Link href={`/w/${workspace}/settings/data`}>Import usage</Link>
            </Button>
          )
        }
      >
        How many accounts are in each segment and how they move, health, money by owner and industry, and the book of each CSM.
        {!mayImport && ' An admin of this workspace connects usage.'}
      </EmptyState>
    </div>
  </>
);
