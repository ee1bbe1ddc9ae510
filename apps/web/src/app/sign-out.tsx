'use client';
import { leave } from '../lib/sign-in.ts';
import { Button } from '../ui/button.tsx';

/** For pages outside a workspace, which have no menu. */
export const SignOut = () => <Button onClick={() => void leave()}>Sign out</Button>;
