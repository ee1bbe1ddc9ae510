import type { ReactNode } from 'react';

/** What the server refused, at the head of a form; announced when it appears. */
export const FormError = ({ children }: { children?: ReactNode }) => (
  <div role="alert" className="empty:hidden">
    {children && <p className="mb-4 rounded-2 border border-l-3 border-line-strong border-l-risk px-3 py-2">{children}</p>}
  </div>
);
