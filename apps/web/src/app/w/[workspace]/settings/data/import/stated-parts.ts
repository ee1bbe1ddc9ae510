import type { StatedName } from '@tideline/contracts/import';

/** A part of a contact, ticket, touch or contract: how the screen names it, whether it must be there, and by which names of columns it is found. */
export type StatedPart = { label: string; help?: string; needed?: string; time?: true; found: readonly string[] };
export const isTime = (part: StatedPart): boolean => part.time === true;

const own = (what: string, found: readonly string[]): StatedPart => ({
  label: 'Key',
  help: `Your own key of the ${what}: the same row again changes it.`,
  needed: `Choose the column with the key of the ${what}`,
  found: [...found, 'externalid', 'id', 'key'],
});
const account: StatedPart = {
  label: 'Account',
  help: 'Your own key of the account.',
  needed: 'Choose the column that names the account',
  found: ['account', 'accountid', 'customer', 'company', 'organization', 'org', 'tenant'],
};

/** The parts a file may fill, in the words of the screen. */
export const statedParts = {
  contacts: {
    externalId: own('contact', ['contactid', 'personid']),
    account,
    name: { label: 'Name', found: ['name', 'fullname', 'contact'] },
    email: { label: 'E-mail', found: ['email', 'mail'] },
    title: { label: 'Title', found: ['title', 'position', 'job'] },
    role: { label: 'Role', help: 'champion, executive sponsor, user or other', found: ['role'] },
    leftOn: { label: 'Left on', help: 'As YYYY-MM-DD', found: ['lefton', 'left'] },
  },
  tickets: {
    externalId: own('ticket', ['ticketid', 'ticket', 'number']),
    account,
    subject: { label: 'Subject', found: ['subject', 'title', 'summary'] },
    severity: { label: 'Severity', help: 'urgent, high, normal or low; also P1 to P4, critical, medium', found: ['severity', 'priority'] },
    status: { label: 'Status', help: 'Solved, resolved and done count as closed.', found: ['status', 'state'] },
    openedAt: { label: 'Opened', time: true, found: ['openedat', 'opened', 'createdat', 'created'] },
    closedAt: { label: 'Closed', time: true, found: ['closedat', 'closed', 'solvedat', 'resolved'] },
    url: { label: 'Link', found: ['url', 'link'] },
  },
  touches: {
    externalId: own('touch', ['touchid', 'activityid']),
    account,
    kind: { label: 'Kind', help: 'call, email, meeting or note', needed: 'Choose the column that says what it was', found: ['kind', 'type', 'activity'] },
    at: { label: 'When', time: true, needed: 'Choose the column that says when it was', found: ['at', 'when', 'timestamp', 'time', 'date', 'day'] },
    contact: { label: 'With', help: 'The key of a contact, which must be there already.', found: ['contactid', 'contact', 'with'] },
    by: { label: 'By', help: 'E-mail of a member', found: ['by', 'member', 'owner', 'user'] },
    text: { label: 'Text', found: ['text', 'note', 'body', 'comment', 'summary'] },
  },
  contracts: {
    externalId: own('contract', ['contractid', 'contract', 'subscriptionid']),
    account,
    startDay: { label: 'First day', time: true, needed: 'Choose the column with the first day of the term', found: ['startday', 'start', 'startdate', 'from'] },
    endDay: { label: 'Last day', time: true, needed: 'Choose the column with the last day of the term', found: ['endday', 'end', 'enddate', 'until', 'to'] },
    commitment: { label: 'Commitment', help: 'Money committed for the term', found: ['commitment', 'committed', 'commit', 'amount', 'value'] },
  },
  invoices: {
    externalId: own('invoice', ['invoiceid', 'invoiceno', 'invoicenumber', 'invoice', 'number']),
    account,
    dueDay: { label: 'Due', time: true, needed: 'Choose the column with the day it is due', found: ['dueday', 'due', 'duedate', 'dueon'] },
    paidDay: { label: 'Paid', time: true, help: 'Empty: not paid yet', found: ['paidday', 'paid', 'paiddate', 'paidon', 'paymentdate'] },
    amount: { label: 'Amount', found: ['amount', 'total', 'value'] },
  },
} as const satisfies Record<StatedName, Record<string, StatedPart>>;
