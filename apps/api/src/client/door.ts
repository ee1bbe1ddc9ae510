import type { ClientKey } from '@tideline/contracts/client';
import type { IngestReply } from '@tideline/contracts/ingest';
import type { Step } from '@tideline/engine/client/step';

/** What a request of a client says, once it was read. */
export type Said = { token: string | null; historical: boolean; steps: (receivedMs: number) => readonly Step[]; answer: (reply: IngestReply) => Response };
/** How a client of others reaches us: its own addresses, its own form, its own answers. */
export type ClientDoor = {
  client: ClientKey;
  /** Paths as Hono reads them. */
  paths: readonly string[];
  /** Whether a request at such a path is this client's. */
  mine?: (request: Request) => boolean;
  /** A request that asks instead of sending: answered without a key, because nothing of a workspace is in the answer. */
  polite?: (request: Request) => Response | null;
  read: (request: Request, params: Record<string, string>) => Promise<Said>;
};
