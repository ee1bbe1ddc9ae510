'use client';
import { createContext, useContext } from 'react';
import type { Reader } from '../../../../ui/format.ts';

export type Person = { id: string; name: string };
/** What every part of the screen needs to draw itself. `allowed` is by role; the server judges again. */
export type Scene = {
  workspace: string;
  reader: Reader;
  currency: string;
  me: Person;
  members: readonly Person[];
  rules: readonly { id: string; name: string }[];
  allowed: { alert: boolean; task: boolean };
};

const Given = createContext<Scene | null>(null);
export const SceneProvider = Given.Provider;
export const useScene = (): Scene => {
  const scene = useContext(Given);
  if (!scene) throw new Error('Parts of the inbox stand inside <Inbox>, which gives them their scene');
  return scene;
};
