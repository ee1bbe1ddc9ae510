import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Heading } from './heading.tsx';

/** A one-time link that opens nothing: used, expired, withdrawn or never made; which of them is not said. */
export const LinkGone = ({ children, action }: { children: ReactNode; action: { href: string; label: string } }) => (
  <>
    <Heading title="This link no longer works">{children}</Heading>
    <Button asChild className="self-start">
      <Link href={action.href}>{action.label}</Link>
    </Button>
  </>
);
