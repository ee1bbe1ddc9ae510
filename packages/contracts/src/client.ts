/**
 * Clients people already run, each by its own address and in its own form. `address` follows the installation's own;
 * the words are those of the Developers page.
 */
export const clients = {
  segment: {
    name: 'Segment',
    package: '@segment/analytics-node',
    address: '',
    auth: 'The API key is the write key.',
    account:
      'The account is the group: the one named with the call (context.groupId), else the one its user was put into by group(). Traits of a group become fields of the account.',
    value: 'properties.value is the value; revenue stays a property, which a meter can add up. page and screen arrive as the events Page and Screen.',
  },
} as const satisfies Record<string, { name: string; package: string; address: string; auth: string; account: string; value: string }>;

export type ClientKey = keyof typeof clients;
