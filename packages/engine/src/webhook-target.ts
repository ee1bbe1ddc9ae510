import { lookup as systemLookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

/** Why a webhook may not go to an address. */
export class RefusedTarget extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedTarget';
  }
}

export type Address = { address: string; family: 4 | 6 };

const within = (address: ipaddr.IPv4 | ipaddr.IPv6, cidr: string): boolean => {
  const [range, bits] = ipaddr.parseCIDR(cidr);
  return range.kind() === address.kind() && address.match([range, bits] as [ipaddr.IPv4 & ipaddr.IPv6, number]);
};

/** Whether an address lies on the open internet, or in a range the operator allows. IPv4 in IPv6 is taken for what it is. */
export const isAllowed = (text: string, allowedRanges: readonly string[]): boolean => {
  const address = ipaddr.process(text);
  return address.range() === 'unicast' || allowedRanges.some((cidr) => within(address, cidr));
};

/**
 * Resolves a webhook's host and checks every address it has. The caller must connect to one of the returned addresses
 * and not resolve again, or the name could point elsewhere the second time. Throws `RefusedTarget`.
 */
export const checkedAddresses = async (
  url: URL,
  allowedRanges: readonly string[],
  lookup: (host: string) => Promise<{ address: string; family: number }[]> = (host) => systemLookup(host, { all: true }),
): Promise<Address[]> => {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new RefusedTarget('A webhook needs an address that starts with https:// or http://');
  if (url.username || url.password) throw new RefusedTarget('A webhook address may not carry a user name or password');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = ipaddr.isValid(host) ? [{ address: host, family: host.includes(':') ? 6 : 4 }] : await lookup(host);
  if (found.length === 0) throw new RefusedTarget(`${host} has no address`);
  for (const { address } of found) {
    if (!isAllowed(address, allowedRanges)) throw new RefusedTarget(`${host} leads to ${address}, which is a private or reserved address`);
  }
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};
