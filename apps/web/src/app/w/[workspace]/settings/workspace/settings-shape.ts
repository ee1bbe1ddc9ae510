import { Currency, Name, TimeZone } from '@tideline/contracts/value';
import { CSM_SCOPES, UNKNOWN_ACCOUNTS, type WorkspaceChange } from '@tideline/contracts/workspace';
import type { WorkspaceSettings } from '@tideline/db/read/workspace';
import { isDay } from '@tideline/domain/calendar';
import * as z from 'zod';

export const EVER = 'ever';

/** As the form holds it: a select cannot hold null, and people think of a target in percent. */
export const SettingsShape = z.object({
  name: Name,
  timezone: TimeZone,
  currency: Currency,
  /** '' = not pinned. */
  asOfPin: z.string().refine((text) => text === '' || isDay(text), { error: 'Not a day' }),
  unknownAccounts: z.enum(UNKNOWN_ACCOUNTS),
  csmScope: z.enum(CSM_SCOPES),
  /** 'longest' = the longest the history allows. */
  nrrDefinition: z.string(),
  nrrTargetPercent: z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, { error: 'Write a percentage, for example 120' }),
  /** Days; 'ever' = for ever. */
  retentionDays: z.string().refine((text) => text === EVER || /^\d{2,4}$/.test(text)),
  newLogoMonths: z.string().regex(/^([1-9]|[12]\d|3[0-6])$/, { error: 'Write a number of months, 1 to 36' }),
});
export type SettingsForm = z.input<typeof SettingsShape>;

const LONGEST = 'longest';

/** Moves the point of a decimal text by two places: ratio ↔ percent, without the noise of floats. */
const shifted = (text: string, places: 2 | -2): string => {
  const number = Number(text) * 10 ** places;
  return String(Number(number.toFixed(4)));
};

export const formOf = (settings: WorkspaceSettings): SettingsForm => ({
  name: settings.name,
  timezone: settings.timezone,
  currency: settings.currency,
  asOfPin: settings.asOfPin ?? '',
  unknownAccounts: settings.unknownAccounts === 'refuse' ? 'refuse' : 'create',
  csmScope: settings.csmScope === 'own' ? 'own' : 'all',
  nrrDefinition: settings.nrrDefinition ?? LONGEST,
  nrrTargetPercent: shifted(settings.nrrTarget, 2),
  newLogoMonths: String(settings.newLogoMonths),
  retentionDays: settings.retentionDays === null ? EVER : String(settings.retentionDays),
});

/** Only what differs from what is kept. */
export const changeFrom = (settings: WorkspaceSettings, given: SettingsForm): z.input<typeof WorkspaceChange> => {
  const before = formOf(settings);
  const changed = (key: keyof SettingsForm) => given[key] !== before[key];
  return {
    ...(changed('name') ? { name: given.name } : {}),
    ...(changed('timezone') ? { timezone: given.timezone } : {}),
    ...(changed('currency') ? { currency: given.currency } : {}),
    ...(changed('asOfPin') ? { asOfPin: given.asOfPin || null } : {}),
    ...(changed('unknownAccounts') ? { unknownAccounts: given.unknownAccounts } : {}),
    ...(changed('csmScope') ? { csmScope: given.csmScope } : {}),
    ...(changed('nrrDefinition') ? { nrrDefinition: given.nrrDefinition === LONGEST ? null : given.nrrDefinition } : {}),
    ...(changed('nrrTargetPercent') ? { nrrTarget: shifted(given.nrrTargetPercent, -2) } : {}),
    ...(changed('retentionDays') ? { retentionDays: given.retentionDays === EVER ? null : Number(given.retentionDays) } : {}),
    ...(changed('newLogoMonths') ? { newLogoMonths: Number(given.newLogoMonths) } : {}),
  };
};
