import { cx } from './cx.ts';

/** A sentence in parts, as reasons cross the wire; the changed figures are strong. */
export type Part = { text: string; strong?: boolean | undefined };

export const plainText = (parts: readonly Part[]): string => parts.map((part) => part.text).join('');

/** Words with the changed figures bold. `clamp` keeps a row at two lines; the whole sentence is then on hover. */
export const Sentence = ({ parts, clamp = false, className }: { parts: readonly Part[]; clamp?: boolean; className?: string }) => (
  <span className={cx('text-pretty text-text-2', clamp && 'line-clamp-2 leading-4.5', className)} {...(clamp ? { title: plainText(parts) } : {})}>
    {parts.map((part, index) =>
      part.strong ? (
        <b key={index} className="text-text">
          {part.text}
        </b>
      ) : (
        part.text
      ),
    )}
  </span>
);
