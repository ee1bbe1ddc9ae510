import { permissions, type Permission } from '@tideline/domain/role';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { roleWords } from '../../../lib/role-words.ts';

/** A screen this person's role may not use: says which roles may, and what for. */
export const NotAllowed = ({ title, permission }: { title: string; permission: Permission }) => {
  const { roles, words } = permissions[permission];
  const who = roles.map((role) => roleWords[role].label).join(' and ');
  return (
    <>
      <PageHeader title={title} />
      <div className="px-gutter py-4">
        <EmptyState title="This screen is not for your role.">
          To {words}, a person needs the role {who}. An admin can change yours.
        </EmptyState>
      </div>
    </>
  );
};
