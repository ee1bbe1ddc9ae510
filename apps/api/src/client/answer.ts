import type { IngestReply } from '@tideline/contracts/ingest';
import { Problem } from '@tideline/contracts/problem';

const SHOWN = 20;

/** Some events of a request were refused; the rest of it was taken. */
export class RefusedEvents extends Problem {}

/**
 * The answer to a client that knows success or failure and nothing between: 204 when every event is stored, else 400 that
 * names each refused one. The others are stored all the same, and sending all again counts nothing twice.
 */
export const refusedAnswer = ({ accepted, duplicates, conflicts, rejected }: IngestReply): Response => {
  if (rejected.length === 0) return new Response(null, { status: 204 });
  const sent = accepted + duplicates + conflicts + rejected.length;
  const errors = rejected.slice(0, SHOWN).map(({ index, message }) => ({ path: `body.${index}`, message }));
  throw new RefusedEvents('invalid-request', `${rejected.length} of ${sent} events were refused, the others are stored: ${rejected[0]?.message ?? ''}`, {
    errors,
  });
};
