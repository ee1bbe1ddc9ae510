import { Button } from '../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { AllAccounts } from './all-accounts.tsx';

/** The same for an account that never was, one of another workspace and one this person may not see. */
export default function AccountNotFound() {
  return (
    <div className="px-4 py-6 max-lg:pt-14 lg:px-gutter">
      <h1 className="sr-only">Account not found</h1>
      <EmptyState
        title="There is no such account."
        actions={
          <Button asChild>
            <AllAccounts />
          </Button>
        }
      >
        It may have been removed, or it is not one you may see.
      </EmptyState>
    </div>
  );
}
