import Link from 'next/link';
import { counted } from '../../../../../../ui/format.ts';
import { refusedAddress } from './refused-address.ts';

type Props = { workspace: string; /** The import or source. */ origin: string; /** How many of its rows wait. */ kept: number };

/** From what was read to its rows that wait to be mended; nothing where none do. */
export const RefusedDoor = ({ workspace, origin, kept }: Props) =>
  kept > 0 && (
    <p className="max-w-[72ch] text-text-2">
      <Link href={refusedAddress(workspace, { origin })} className="door font-medium text-accent-text">
        {counted(kept, 'row waits', 'rows wait')} under Refused events
      </Link>
      : put the cause right and take them in from there, each once.
    </p>
  );
