import type { ReactNode } from 'react';

/** Title and one sentence, as every entry page begins. */
export const Heading = ({ title, children }: { title: string; children?: ReactNode }) => (
  <header className="mb-6">
    <h1 className="text-20">{title}</h1>
    {children && <div className="mt-1 text-text-2">{children}</div>}
  </header>
);
