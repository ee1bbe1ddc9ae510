import { EmptyState } from '../../../../ui/empty-state.tsx';
import { PageHeader } from '../../../../ui/page-header.tsx';
import { Button } from '../../../../ui/button.tsx';
import Link from 'next/link';

/** Before the first full month there is nothing to compare. */
export const NothingYet = ({ workspace }: { workspace: string }) => (
  <>
    <PageHeader title="Revenue" />
    <div className="px-4 py-6 lg:px-gutter">
      <EmptyState
        title="Retention appears here after the first full month of usage"
        actions={
          <>
            <Button asChild look="primary">
              <Link href={`/w/${workspace}/settings/data`}>Bring in history</Link>
            </Button>
            <Button asChild>
              <Link href={`/w/${workspace}/settings/meters`}>Meters and prices</Link>
            </Button>
          </>
        }
      >
        Revenue comes from usage and the price of each meter. With 6 full months there is retention by quarter, with 24 over the trailing 12 months.
      </EmptyState>
    </div>
  </>
);
