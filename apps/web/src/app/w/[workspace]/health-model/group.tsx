import { useId, type ReactNode } from 'react';

/** One group of settings: a hairline, a heading, what it adds up to at the right. */
export const Group = ({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) => {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t border-line py-5 first:border-t-0 first:pt-0">
      <div className="mb-2 flex min-h-5 items-baseline gap-2">
        <h2 id={id} className="mr-auto font-semibold">
          {title}
        </h2>
        {aside && <span className="text-12 text-text-3 tabular-nums">{aside}</span>}
      </div>
      {children}
    </section>
  );
};

/** What is wrong with the settings above it. */
export const Wrong = ({ id, message }: { id: string; message: string | undefined }) =>
  message ? (
    <p id={id} role="alert" className="mt-1 text-12 text-risk-text">
      {message}
    </p>
  ) : null;
