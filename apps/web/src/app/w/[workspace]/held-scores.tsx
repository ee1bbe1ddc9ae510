import { may, type Role } from '@tideline/domain/role';
import Link from 'next/link';

type Fault = { title: string; held: string };

/** Above every screen (below it where the menu stands on top) while scores are held because usage stopped together. */
export const HeldScores = ({ workspace, faults, role }: { workspace: string; faults: readonly Fault[]; role: Role }) => {
  const [first, ...others] = faults;
  if (first === undefined) return null;
  return (
    <aside
      aria-label="Scores are held"
      className="flex flex-wrap gap-x-3 gap-y-1 border-line bg-watch-soft px-4 py-2 max-lg:order-last max-lg:border-t lg:border-b lg:px-6"
    >
      <p>
        <span className="font-medium">{first.held}</span>: {first.title.charAt(0).toLowerCase() + first.title.slice(1)}. This is a fault of the data, so nobody
        is called silent{others.length > 0 && `; ${others.length === 1 ? 'one more fault stands' : `${others.length} more faults stand`}`}.
      </p>
      {may(role, 'workspace.manage') && (
        <Link href={`/w/${workspace}/settings/data#faults`} className="door font-medium text-accent-text">
          See the fault
        </Link>
      )}
    </aside>
  );
};
