import Link from 'next/link';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { PageHeader } from '../../../../ui/page-header.tsx';

/** Before the first account is judged. */
export const NothingYet = ({ workspace }: { workspace: string }) => (
  <>
    <PageHeader title="Portfolio" />
    <div className="px-4 py-6 lg:px-gutter">
      <EmptyState
        title="The book appears here with the first judged account"
        actions={
          <Button asChild look="primary">
            <Link href={`/w/${workspace}/settings/data`}>Bring in usage</Link>
          </Button>
        }
      >
        Segments and how accounts move between them, health, money by owner and industry, and what each person carries.
      </EmptyState>
    </div>
  </>
);
