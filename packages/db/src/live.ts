import pg from 'pg';
import type { Db } from './client.ts';
import { isUuid } from './workspace.ts';

const CHANNEL = 'tideline_live';

/** What changed in a workspace, by ids only: a NOTIFY payload holds 8,000 bytes. */
export type LiveChange = {
  workspaceId: string;
  kind: 'score' | 'alert' | 'task' | 'account' | 'import' | 'run' | 'day' | 'model' | 'event' | 'member' | 'delivery';
  ids?: string[];
};

/** Tells every open page of the workspace. Called after commit, because NOTIFY inside a transaction serialises commits. */
export const announce = async (db: Db, change: LiveChange): Promise<void> => {
  const ids = (change.ids ?? []).slice(0, 150); // more than a page shows: the page reloads its list
  await db.prisma.$executeRaw`SELECT pg_notify(${CHANNEL}, ${JSON.stringify({ ...change, ids })})`;
};

/** `change` null: changes may have been missed, all is to be read anew. */
type Listener = (change: LiveChange | null) => void;
export type LiveHub = { subscribe(workspaceId: string, listener: Listener): () => void; close(): Promise<void> };

/**
 * One LISTEN connection per process, opened with the first subscriber and closed with the last; it reconnects
 * by itself, and `onError` hears why. What is announced while it is away reaches nobody: once it listens again
 * every listener is told that there was a gap.
 */
export const createLiveHub = (url: string, onError: (error: Error) => void): LiveHub => {
  const listeners = new Map<string, Set<Listener>>();
  let client: pg.Client | null = null;
  let closed = false;
  let lost = false;

  const connect = async (): Promise<void> => {
    if (client || closed || listeners.size === 0) return;
    const made = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'tideline live' });
    client = made;
    const drop = (error?: Error) => {
      if (client !== made) return;
      client = null;
      lost = true;
      if (error) onError(error);
      made.end().catch(() => undefined); // a connection that failed half-way is not kept open
      if (!closed) setTimeout(() => void connect(), 500);
    };
    made.on('error', drop);
    made.on('end', () => drop());
    made.on('notification', ({ payload }) => {
      const change = JSON.parse(payload ?? '{}') as LiveChange;
      for (const listener of listeners.get(change.workspaceId) ?? []) listener(change);
    });
    try {
      await made.connect();
      await made.query(`LISTEN ${CHANNEL}`);
      if (lost && client === made) for (const own of listeners.values()) for (const listener of own) listener(null);
      lost = false;
    } catch (error) {
      drop(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const disconnect = async (): Promise<void> => {
    const open = client;
    client = null;
    await open?.end();
  };

  return {
    subscribe: (workspaceId, listener) => {
      if (!isUuid(workspaceId)) throw new Error(`"${workspaceId}" is not a workspace id`);
      const own = listeners.get(workspaceId) ?? new Set();
      listeners.set(workspaceId, own.add(listener));
      void connect();
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(workspaceId);
        if (listeners.size === 0) void disconnect();
      };
    },
    close: async () => {
      closed = true;
      listeners.clear();
      await disconnect();
    },
  };
};
