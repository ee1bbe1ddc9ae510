import type { RowKind } from '@tideline/contracts/import';

/** What rows can be, in the words of these screens. */
export const rowKinds = {
  usage: { label: 'Usage', one: 'fact', many: 'facts', words: 'Each row is a fact: an account used something at a time.' },
  accounts: {
    label: 'Accounts',
    one: 'account',
    many: 'accounts',
    words: 'Each row is an account, with its owner and what you know of it. Columns of other files stay as they are.',
  },
  contacts: {
    label: 'Contacts',
    one: 'contact',
    many: 'contacts',
    words: 'Each row is a person at an account. A row with a key that is known changes that person.',
  },
  tickets: {
    label: 'Tickets',
    one: 'ticket',
    many: 'tickets',
    words: 'Each row is a ticket of an account, open or closed. A row with a key that is known changes that ticket.',
  },
  touches: {
    label: 'Touches',
    one: 'touch',
    many: 'touches',
    words: 'Each row is a call, mail, meeting or note. A row with a key that is known changes that touch.',
  },
  contracts: {
    label: 'Contracts',
    one: 'contract',
    many: 'contracts',
    words: 'Each row is a term of an account with what it committed to. A row with a key that is known changes that contract.',
  },
  invoices: {
    label: 'Invoices',
    one: 'invoice',
    many: 'invoices',
    words: 'Each row is an invoice with the day it is due and the day it was paid. A row with a key that is known changes that invoice.',
  },
} as const satisfies Record<RowKind, { label: string; one: string; many: string; words: string }>;

export const rowKindOf = (kind: string): (typeof rowKinds)[RowKind] => rowKinds[kind as RowKind];
