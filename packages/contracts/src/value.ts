import { isDay, isTimeZone, type Day } from '@tideline/domain/calendar';
import * as z from 'zod';

/** Shapes that several contracts share: ids, days, decimal text. */
export const Id = z.uuid().meta({ description: 'uuid' });
export const DayText = z
  .string()
  .refine((text): boolean => isDay(text), { error: 'Not a day: write it as YYYY-MM-DD, for example 2026-11-22' })
  .transform((text) => text as Day)
  .meta({ description: 'A calendar day in the workspace time zone', examples: ['2026-11-22'], format: 'date', type: 'string' });
/** What a reply carries; the database already guarantees the form. */
export const DayOut = z.string().meta({ format: 'date' });
export const TimeOut = z.iso.datetime({ offset: true });
/** Exact decimal as text: no exponent, at most 40 digits before and 20 after the point. */
export const DecimalText = z
  .string()
  .regex(/^-?\d{1,40}(\.\d{1,20})?$/, { error: 'Not a decimal: write digits with an optional point, for example 12.50' })
  .meta({ examples: ['12.50'] });
export const TimeZone = z.string().refine(isTimeZone, { error: 'Not a time zone: use an IANA name, for example Europe/London' });
export const Currency = z.string().regex(/^[A-Z]{3}$/, { error: 'Not a currency: use three letters, for example EUR' });
export const Slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, { error: 'Use 1 to 40 lower-case letters, digits and hyphens' });
export const Email = z
  .email({ error: 'Not an e-mail address' })
  .max(254)
  .transform((text) => text.toLowerCase())
  .meta({ format: 'email', type: 'string' });
export const Name = z.string().trim().min(1, { error: 'Give it a name' }).max(200);
export const PersonName = z.string().trim().min(1, { error: 'Say what colleagues call you' }).max(200);
export const Nothing = z.object({}).meta({ description: 'Nothing to say: it worked' });
export const IdParams = z.object({ id: Id });
