import { may, type Role } from '@tideline/domain/role';
import Link from 'next/link';

/** Above every screen (below it where the menu stands on top) while events come in and no meter says which of them are usage: until then no account has any. */
export const Uncounted = ({ workspace, names, role }: { workspace: string; names: readonly string[]; role: Role }) => {
  const [most] = names;
  if (most === undefined) return null;
  return (
    <aside
      aria-label="Events without a meter"
      className="flex flex-wrap gap-x-3 gap-y-1 border-line bg-watch-soft px-4 py-2 max-lg:order-last max-lg:border-t lg:border-b lg:px-6"
    >
      <p>
        Events come in ({names.map((name) => `“${name}”`).join(', ')}), but no meter counts them as usage yet.
        {!may(role, 'meter.write') && ' An admin of this workspace makes meters.'}
      </p>
      {may(role, 'meter.write') && (
        <Link href={`/w/${workspace}/settings/meters/new?event=${encodeURIComponent(most)}`} className="door font-medium text-accent-text">
          Make a meter of “{most}”
        </Link>
      )}
    </aside>
  );
};
