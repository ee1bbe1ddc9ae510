import { expect, it } from 'vitest';
import { columnAtFault } from './import-refused.ts';

const columns = ['No', 'customer', 'opened', 'closed', 'level', 'pieces', 'price'];
const cells = ['7', 'acme', '2026-03-01', ' Soon ', 'Huge', '3', 'ten'];
const mapping = {
  externalId: { column: 'No' },
  account: { column: 'customer' },
  openedAt: { column: 'opened' },
  closedAt: { column: 'closed' },
  severity: { column: 'level' },
  value: { product: ['pieces', 'price'] },
  filter: [],
};
const at = (reason: string, message: string, row: readonly string[] = cells) => columnAtFault({ reason, message }, mapping, columns, row);

it('names the column of the file that a fault lies in', () => {
  expect(at('no-such-account', 'There is no account with the key "acme": send it first')).toBe('customer');
  expect(at('bad-item', 'closedAt: it lies before the ticket was opened')).toBe('closed');
  expect(at('bad-item', '"Huge" is no severity that is known')).toBe('level');
  expect(at('bad-time', '"Soon" is not a time that can be read')).toBe('closed');
  expect(at('bad-number', '"ten" is not a number')).toBe('price');
  expect(at('bad-number', '"" is not a number', ['7', 'acme', '', '', '', '3', ''])).toBe('price');
});

it('names none where it is the whole row, or cannot be told', () => {
  expect(at('wrong-columns', 'The row has 4 columns, the header 7')).toBeNull();
  expect(at('bad-item', 'It is not as it should be')).toBeNull();
  expect(at('bad-time', '"Soon" is not a time that can be read', [])).toBeNull(); // a row too long to be kept whole
});
