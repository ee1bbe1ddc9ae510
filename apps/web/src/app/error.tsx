'use client';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';

/** A page that failed to read its data. The digest lets an operator find the error in the server's log. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="px-gutter py-6">
      <h1 className="sr-only">This page could not be shown</h1>
      <ErrorState title="This page could not be shown." action={<Button onClick={reset}>Try again</Button>}>
        Nothing you saved is lost. {error.digest && <>If it happens again, tell your admin the code {error.digest}.</>}
      </ErrorState>
    </main>
  );
}
