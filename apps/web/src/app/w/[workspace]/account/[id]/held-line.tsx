import type { AccountPages } from '@tideline/contracts/account-page';
import { CirclePause } from 'lucide-react';
import Link from 'next/link';

type Held = NonNullable<AccountPages['Page']['held']>;

/** Why its score stands still while a fault of the data holds it; `faultHref` where the reader may see the fault. */
export const HeldLine = ({ held: { stamp, because }, faultHref }: { held: Held; faultHref: string | null }) => (
  <p className="max-w-[88ch] text-text-2">
    <CirclePause aria-hidden className="mr-1.5 mb-0.5 inline size-3.5 text-watch-text" />
    <b className="text-text">{stamp}</b>: {because}. It goes on when usage arrives.
    {faultHref && (
      <>
        {' '}
        <Link href={faultHref} className="door font-medium text-accent-text">
          See the fault
        </Link>
      </>
    )}
  </p>
);
