import type { ReactNode } from 'react';
import { whoIs } from '../../../../../lib/who.ts';
import { accountOf } from './account-of.ts';

type Props = { params: Promise<{ workspace: string; id: string }>; children: ReactNode };

/** Around the loading page: what is not there answers 404 before anything is shown. The page asks again who the person is. */
export default async function AccountLayout({ params, children }: Props) {
  const { workspace, id } = await params;
  await accountOf(await whoIs(workspace), id);
  return children;
}
