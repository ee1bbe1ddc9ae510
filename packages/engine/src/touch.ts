import { randomUUID } from 'node:crypto';
import type { BodyOf, QueryOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { TouchItem, type touchOperations } from '@tideline/contracts/touch';
import type { triageOperations } from '@tideline/contracts/triage';
import { type ContactRow, contactsBy } from '@tideline/db/read/contact';
import { memberIds } from '@tideline/db/read/import';
import { touchesBy, touchPage, type TouchRow } from '@tideline/db/read/touch';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { deleteTouch, insertTouch, writeTouches } from '@tideline/db/write/touch';
import { actedOn } from '@tideline/db/write/triage';
import { type Day, dayOf, isDay } from '@tideline/domain/calendar';
import type { Deps, Who } from './deps.ts';
import { pageFor } from './stated-page.ts';
import { noteOthers } from './other-signal.ts';
import { putStated, tellStated, type Laid, type Refused, type StatedKind } from './stated.ts';
import { todayIn } from './today.ts';

type Ops = typeof touchOperations;
const AHEAD_MS = 86_400_000;

/** A day on which no time is known counts as its noon. */
const noonOf = (day: Day): Date => new Date(`${day}T12:00:00Z`);

export const touchKind: StatedKind<TouchItem, TouchRow> = {
  of: 'touches',
  item: TouchItem,
  stored: touchesBy,
  layer: async (tx, items, now) => {
    const { timezone } = await workspaceSettings(tx);
    const members = await memberIds(tx);
    const keys = [...new Set(items.flatMap(({ contact }) => (contact ? [contact] : [])))];
    const contacts = new Map((await contactsBy(tx, { keys })).map((contact) => [contact.externalId, contact]));
    return (item, before, accountId) => {
      const contact = contactOf(item, contacts, before, accountId);
      if (typeof contact === 'object' && contact !== null) return contact;
      const at = isDay(item.at) ? noonOf(item.at) : new Date(item.at);
      if (at.getTime() > now.getTime() + AHEAD_MS) return { code: 'invalid', message: 'at: a touch is logged when it has happened' };
      const body = item.text ?? before?.body ?? '';
      if (item.kind === 'note' && body === '') return { code: 'invalid', message: 'text: write what the note says' };
      const byId = item.by === undefined ? (before?.byId ?? null) : item.by === null ? null : (members.get(item.by) ?? null);
      const { externalId, kind } = item;
      const day = isDay(item.at) ? item.at : dayOf(at, timezone);
      const row: TouchRow = { id: before?.id ?? randomUUID(), accountId, externalId, kind, body, day, at, byId, contactId: contact };
      return withNote(row, item.by && byId === null ? `by: ${item.by} is not a member of this workspace` : null);
    };
  },
  write: (tx, rows) => writeTouches(tx, rows),
};

const withNote = (row: TouchRow, note: string | null): Laid<TouchRow> => (note === null ? { row } : { row, note });

/** The id of the contact it was with. */
const contactOf = ({ contact: key }: TouchItem, known: Map<string, ContactRow>, before: TouchRow | null, accountId: string): string | null | Refused => {
  if (key === undefined) return before?.accountId === accountId ? before.contactId : null;
  if (key === null) return null;
  const contact = known.get(key);
  if (!contact) return { code: 'unknown-contact', message: `There is no contact with the key "${key}": send it first` };
  return contact.accountId === accountId ? contact.id : { code: 'other-account', message: `The contact "${key}" is one of another account` };
};

/** Logs and changes touches by the workspace's own keys. */
export const put = (deps: Deps, who: Who, given: BodyOf<Ops['putTouches']>) => putStated(deps, who, touchKind, given);

/** Touches of one account or of all. */
export const list = async (deps: Deps, who: Who, query: QueryOf<Ops['listTouches']>) => {
  const { items, next } = await pageFor(deps, who, query, touchPage);
  return { items: items.map((touch) => ({ ...touch, at: touch.at.toISOString() })), next };
};

/** Logs a touch or a note; a day after today is refused. */
export const log = async (
  deps: Deps,
  who: Who,
  { account: accountId, kind, body, day, contact: contactId }: BodyOf<(typeof triageOperations)['logTouch']>,
): Promise<{ id: string }> => {
  const id = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const [account] = await actedOn(tx, { ids: [accountId], onlyOwner: who.ownAccountsOf });
    if (!account) throw new Problem('not-found', 'There is no such account');
    const [contact] = contactId === undefined ? [] : await contactsBy(tx, { ids: [contactId] });
    if (contactId !== undefined && contact?.accountId !== accountId) throw new Problem('not-found', 'There is no such contact of this account');
    const today = await todayIn(tx, deps.now());
    if (day !== undefined && day > today) throw new Problem('rule-violated', 'A touch is logged when it has happened: choose today or a day before');
    if (kind === 'note' && body === '') throw new Problem('rule-violated', 'Write what the note says');
    const at = day === undefined || day === today ? deps.now() : noonOf(day);
    await noteOthers(tx, [accountId], deps.now());
    return insertTouch(tx, { accountId, kind, body, day: day ?? today, at, byId: who.userId, contactId: contactId ?? null });
  });
  await tellStated(deps, who.workspaceId, [accountId]);
  return { id };
};

/** Takes back a touch: a person one that they logged, a key any. */
export const remove = async (deps: Deps, who: Who, id: string): Promise<void> => {
  const account = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const of = await deleteTouch(tx, id, who.userId);
    if (of !== null) await noteOthers(tx, [of], deps.now());
    return of;
  });
  if (account === null) throw new Problem('not-found', 'There is no such touch of yours');
  await tellStated(deps, who.workspaceId, [account]);
};
