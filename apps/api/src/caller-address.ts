import type { IncomingMessage } from 'node:http';

/** The header under which the caller's network address travels inside this process. */
const HEADER = 'x-tideline-address';

/**
 * Notes the caller's address on a request as it arrives, over whatever the caller wrote there. Behind
 * `proxies` (0 when it listens itself) the address is the one the outermost of them saw: that many from the
 * right of X-Forwarded-For, because everything further left is the caller's own word.
 */
export const noteCallerAddress = (request: IncomingMessage, proxies: number): void => {
  const direct = request.socket.remoteAddress ?? 'unknown';
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const address = proxies > 0 ? (forwarded.at(-proxies) ?? direct) : direct;
  request.headers[HEADER] = address;
  // Where request.headers was not read from, the raw pairs are.
  const raw = request.rawHeaders;
  for (let i = raw.length - 2; i >= 0; i -= 2) if (raw[i]?.toLowerCase() === HEADER) raw.splice(i, 2);
  raw.push(HEADER, address);
};

/** The caller's address, as `noteCallerAddress` found it. */
export const callerAddress = (headers: Headers): string => headers.get(HEADER) ?? 'unknown';
