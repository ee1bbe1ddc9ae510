'use client';
import Link, { type LinkProps } from 'next/link';
import { useParams } from 'next/navigation';

/** To the list of the workspace in the address, from pages that are told nothing. Takes the looks of what stands around it. */
export const AllAccounts = (looks: Omit<LinkProps, 'href'>) => {
  const { workspace } = useParams<{ workspace: string }>();
  return (
    <Link {...looks} href={`/w/${workspace}/account`}>
      All accounts
    </Link>
  );
};
