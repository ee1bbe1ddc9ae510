/** The text of src/wire.ts: what crosses the wire, from the contracts that validate it. */
import { join } from 'node:path';
import { IngestReply, MAX_EVENTS, UsageEvent } from '@tideline/contracts/ingest';
import * as z from 'zod';
import { type Schema, typeOf } from './type-of-schema.ts';

/** The committed file. */
export const wireFile = join(import.meta.dirname, '../src/wire.ts');

const named = (name: string, schema: z.ZodType, io: 'input' | 'output', about: string): string => {
  const { $defs = {}, ...root } = z.toJSONSchema(schema, { io }) as Schema & { $defs?: Record<string, Schema> };
  const own = root.$ref === `#/$defs/${name}` ? $defs[name] : root;
  if (!own) throw new Error(`${name} points at nothing`);
  // what else is shared by reference is z.json(), any JSON value
  const refs = Object.fromEntries(Object.keys($defs).flatMap((key) => (key === name ? [] : [[`#/$defs/${key}`, 'Json']])));
  return `/** ${about} */\nexport type ${name} = ${typeOf(own, refs)};\n`;
};

/** The file as it must be. */
export const wireText = (): string =>
  [
    '// Generated from packages/contracts by `pnpm --filter @tideline/sdk generate`: change it there.\n',
    `/** How many events one request may carry. */\nexport const MAX_EVENTS = ${MAX_EVENTS};\n`,
    '/** Any JSON value. */\nexport type Json = string | number | boolean | null | Json[] | { [name: string]: Json };\n',
    named('UsageEvent', UsageEvent, 'input', 'One usage event.'),
    named('IngestReply', IngestReply, 'output', 'What became of the events of a request.'),
  ].join('\n');
