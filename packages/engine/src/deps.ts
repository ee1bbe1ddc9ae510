import type { Db } from '@tideline/db/client';
import type { SystemDb } from '@tideline/db/system';
import type { Jobs } from '@tideline/jobs/queue';
import type { Role } from '@tideline/domain/role';

export type Log = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

export type Mail = { to: string; subject: string; text: string };

/** What the operator lets sources reach. */
export type Sources = {
  /** Private or loopback ranges (CIDR) that sources may read from all the same. */
  readonly ranges: readonly string[];
  /** Folders whose files may be read; none: no source may be a folder. */
  readonly folders: readonly string[];
  /** The installation's secret, which seals passwords; null: none can be kept. */
  readonly sealingKey: string | null;
};

/** What the verbs of the product need from outside: a plain object, passed first. */
export type Deps = {
  readonly db: Db;
  readonly system: SystemDb;
  readonly jobs: Jobs;
  readonly now: () => Date;
  readonly log: Log;
  /** Sends or, where no mail server is configured, logs that it could not; `sent` says which. */
  readonly mail: (mail: Mail) => Promise<{ sent: boolean }>;
  /** Where people open the product, without a trailing slash. */
  readonly baseUrl: string;
  /** Where uploaded files wait for the worker. */
  readonly uploadDir: string;
  /** Private or loopback ranges (CIDR) that webhooks may call all the same. */
  readonly webhookRanges: readonly string[];
  readonly sources: Sources;
};

/** Who acts: a person in a workspace, a key of it, or the product itself. */
export type Who = {
  readonly workspaceId: string;
  /** null: a machine's key or the product itself. */
  readonly userId: string | null;
  readonly role: Role;
  /** As the audit log names it. */
  readonly actor: string;
  /** Set when a CSM may see only the accounts they own. */
  readonly ownAccountsOf: string | null;
  /** The key that a machine came with, and how many events may come in a minute; null: as many as the workspace may send. */
  readonly key?: { readonly id: string; readonly eventsPerMinute: number | null; readonly workspaceEventsPerMinute: number };
};
