'use client';
import { createContext, useContext } from 'react';
import { exactMoney, exactQuantity, money, quantity, type Reader, type Value } from '../../../../ui/format.ts';

/** What a person may do here, by role; the server judges again. */
export type Allowed = { act: boolean; assign: boolean; task: boolean; shareView: boolean; connect: boolean };

/** What every part of the screen needs to draw itself. */
export type Scene = {
  workspace: string;
  reader: Reader;
  me: { id: string; name: string };
  allowed: Allowed;
  has: { touches: boolean; contracts: boolean };
  /** `$119k`, or the main meter's quantity where nothing is priced. */
  amount: (value: Value, options?: { signed?: boolean }) => string;
  exact: (value: Value) => string;
};

export const amountsIn = (currency: string, unit: string | null): Pick<Scene, 'amount' | 'exact'> =>
  unit === null
    ? { amount: (value, options) => money(value, currency, options), exact: (value) => exactMoney(value, currency) }
    : { amount: (value, options) => quantity(value, options), exact: (value) => `${exactQuantity(value)} ${unit}` };

const Given = createContext<Scene | null>(null);
export const SceneProvider = Given.Provider;
export const useScene = (): Scene => {
  const scene = useContext(Given);
  if (!scene) throw new Error('Parts of triage stand inside <Triage>, which gives them their scene');
  return scene;
};
