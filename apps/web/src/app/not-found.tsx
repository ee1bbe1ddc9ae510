import Link from 'next/link';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

export default function NotFound() {
  return (
    <main className="px-gutter py-6">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is nothing at this address."
        actions={
          <Button asChild>
            <Link href="/">Go to your workspace</Link>
          </Button>
        }
      >
        It may have been removed, or it belongs to a workspace you are not a member of.
      </EmptyState>
    </main>
  );
}
