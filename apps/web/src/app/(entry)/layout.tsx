import type { ReactNode } from 'react';

/** What is seen before a workspace is: one narrow column, nothing else. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-90 flex-col px-4 pt-[14vh] pb-10">
      <p className="mb-8 flex items-center gap-2 font-semibold">
        <span className="grid size-6 flex-none place-items-center rounded-[6px] bg-text text-bg">
          <svg aria-hidden width="14" height="14" viewBox="0 0 12 12" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
            <path d="M1 4.2c1.7-1.8 3.3-1.8 5 0s3.3 1.8 5 0M1 8.4c1.7-1.8 3.3-1.8 5 0s3.3 1.8 5 0" />
          </svg>
        </span>
        Tideline
      </p>
      {children}
    </main>
  );
}
