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

type Lookup = (host: string) => Promise<{ address: string; family: number }[]>;
const systemAddresses: Lookup = (host) => systemLookup(host, { all: true });

/**
 * Resolves a host (brackets of IPv6 allowed) and checks every address it has. The caller must connect to one of the returned addresses
 * and not resolve again, or the name could point elsewhere the second time. Throws `RefusedTarget`.
 */
export const checkedHost = async (named: string, allowedRanges: readonly string[], lookup: Lookup = systemAddresses): Promise<[Address, ...Address[]]> => {
  const host = named.replace(/^\[|\]$/g, '');
  const found = ipaddr.isValid(host) ? [{ address: host, family: host.includes(':') ? 6 : 4 }] : await lookup(host);
  for (const { address } of found) {
    if (!isAllowed(address, allowedRanges)) throw new RefusedTarget(`${host} leads to ${address}, which is a private or reserved address`);
  }
  const [first, ...rest] = found.map(({ address, family }): Address => ({ address, family: family === 6 ? 6 : 4 }));
  if (!first) throw new RefusedTarget(`${host} has no address`);
  return [first, ...rest];
};

/** The same for the address of a webhook, which must be a plain web address. */
export const checkedAddresses = async (url: URL, allowedRanges: readonly string[], lookup: Lookup = systemAddresses): Promise<Address[]> => {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new RefusedTarget('A webhook needs an address that starts with https:// or http://');
  if (url.username || url.password) throw new RefusedTarget('A webhook address may not carry a user name or password');
  return checkedHost(url.hostname, allowedRanges, lookup);
};
