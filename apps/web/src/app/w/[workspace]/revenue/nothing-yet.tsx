import { EmptyState } from '../../../../ui/empty-state.tsx';
import { PageHeader } from '../../../../ui/page-header.tsx';
import { Button } from '../../../../ui/button.tsx';
import Link from 'next/link';

/** Before the first full month there is nothing to compare. */
export const NothingYet = ({ workspace, mayImport }: { workspace: string; mayImport: boolean }) => (
  <>
    <PageHeader title="Revenue" />
    <div className="px-4 py-6 lg:px-6">
      <EmptyState
        title="Retention stands here after the first full month of usage."
        actions={
          mayImport && (
            <>
              <Button asChild look="primary">
                <Link href={`/w/${workspace}/settings/data`}>Import usage</Link>
              </Button>
              <Button asChild>
                <Link href={`/w/${workspace}/settings/meters`}>Meters and prices</Link>
              </Button>
            </>
          )
        }
      >
        Revenue comes from usage and the price of each meter. With 6 full months there is retention by quarter, with 24 over the trailing 12 months.
        {!mayImport && ' An admin of this workspace connects usage and sets prices.'}
      </EmptyState>
    </div>
  </>
);
