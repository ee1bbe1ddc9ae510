import ipaddr from 'ipaddr.js';
import { Problem } from '@tideline/contracts/problem';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** A range from CIDR, or from one address alone; null when it is neither. */
const rangeOf = (text: string): Range | null => {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  // Shorthands such as "10.1" or "0x7f000001" are addresses to some programs: here they would be surprises.
  if (!ipaddr.IPv6.isValid(text) && !ipaddr.IPv4.isValidFourPartDecimal(text)) return null;
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
};

/** Throws `invalid-request` that names the first text that is neither an address nor a range. */
export const checkRanges = (texts: readonly string[]): void => {
  for (const [i, text] of texts.entries()) {
    if (rangeOf(text)) continue;
    const message = `"${text}" is not an address: write 203.0.113.7, or a range such as 203.0.113.0/24`;
    throw new Problem('invalid-request', message, { errors: [{ path: `body.sourceAddresses.${i}`, message }] });
  }
};

/** Whether an address lies in one of the ranges; IPv4 in IPv6 form is taken for what it is, and a text that is no address lies in none. */
export const isWithin = (address: string, ranges: readonly string[]): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const own = ipaddr.process(address);
  return ranges.some((text) => {
    const range = rangeOf(text);
    return range !== null && range[0].kind() === own.kind() && own.match(range as [ipaddr.IPv4 & ipaddr.IPv6, number]);
  });
};
