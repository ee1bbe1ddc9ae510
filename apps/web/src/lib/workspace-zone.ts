import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { cache } from 'react';
import { composed } from '../composed.ts';

/** The time zone of a workspace, read once per request. */
export const workspaceZone = cache(
  async (workspaceId: string): Promise<string> => (await withWorkspace(composed().deps.db, workspaceId, workspaceSettings)).timezone,
);
