import { hash } from 'node:crypto';
import type { Fault } from '@tideline/contracts/ingest';
import { EARLIEST_MS } from '@tideline/contracts/ingest-event';
import { isStorable } from '@tideline/contracts/ingest-properties';
import type { Placement } from '@tideline/db/write/client-user';
import type { StatedAccount } from '@tideline/db/write/import-account';

/**
 * What a client's message means here. A mapping is a pure function from a request's messages to these; `take` does them.
 * An event without an account gets that of its user; `fault` says that it is refused already, and why.
 */
export type Step =
  | { readonly do: 'event'; readonly event: unknown; readonly user: string | null; readonly fault?: Fault }
  | { readonly do: 'account'; readonly account: StatedAccount }
  | ({ readonly do: 'place' } & Readonly<Placement>)
  | { readonly do: 'alias'; readonly from: string; readonly into: string };

export type Fields = Readonly<Record<string, unknown>>;

/** A JSON object, or an empty one for anything else. */
export const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {});

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A key as events may carry it: a text of 1 to 200 characters, or a number written as one. */
export const keyText = (value: unknown): string | null => {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  return typeof text === 'string' && text.length > 0 && text.length <= 200 && isStorable(text) ? text : null;
};

const FIGURE = /^-?\d{1,20}(\.\d{1,18})?$/;

/** A quantity, where what a client calls value is one; its other uses stay among the properties. */
export const figure = (value: unknown): number | string | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) < 1e20 ? value : undefined;
  return typeof value === 'string' && FIGURE.test(value) ? value : undefined;
};

/** An id made from a fact's own content, for a message that has none: sent again, it is the same. */
export const contentId = (prefix: string, content: unknown): string => `${prefix}_${hash('sha256', JSON.stringify(content), 'hex').slice(0, 40)}`;

const DAY_MS = 86_400_000;

/** When a message says it happened; when it came, where it says nothing that can be believed. */
export const timeMsOf = (value: unknown, receivedMs: number): number => {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return ms >= EARLIEST_MS && ms <= receivedMs + DAY_MS ? ms : receivedMs;
};

/** An event in our own form; one that was refused for its user's sake names that user, who may belong somewhere by now. */
export const eventStep = (event: unknown, ofUser: boolean): Step => {
  if (!ofUser || !isFields(event) || typeof event.user !== 'string') return { do: 'event', event, user: null };
  const { user, ...rest } = event;
  return { do: 'event', event: rest, user };
};
