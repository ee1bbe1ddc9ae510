'use client';
import { Button } from '../../../../../ui/button.tsx';
import { ErrorState } from '../../../../../ui/error-state.tsx';
import { AllAccounts } from './all-accounts.tsx';

/** The account could not be read; everything around it still works. The digest finds the error in the server's log. */
export default function AccountError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="flex flex-col items-start gap-4 px-4 py-6 max-lg:pt-14 lg:px-gutter">
      <h1 className="sr-only">This account could not be shown</h1>
      <ErrorState title="This account could not be shown." action={<Button onClick={reset}>Try again</Button>} className="w-full max-w-190">
        Nothing is lost: usage goes on arriving and being scored. {error.digest && <>If it happens again, tell your admin the code {error.digest}.</>}
      </ErrorState>
      <Button asChild look="ghost">
        <AllAccounts />
      </Button>
    </div>
  );
}
