import * as z from 'zod';
import { op } from './operation.ts';
import { Id, IdParams, Name, Nothing } from './value.ts';

const SCREENS = ['triage', 'account', 'alert', 'revenue', 'portfolio'] as const;

/** A named address of a screen, private or shared with the workspace. */
export const SavedView = z
  .object({ id: Id, name: z.string(), screen: z.enum(SCREENS), query: z.string(), shared: z.boolean(), own: z.boolean() })
  .meta({ id: 'SavedView' });
const ViewBody = z.object({ name: Name, screen: z.enum(SCREENS), query: z.string().max(2_000), shared: z.boolean().default(false) });

export const viewOperations = {
  listViews: op({
    method: 'GET',
    path: '/views',
    summary: 'Saved views',
    tag: 'Views',
    permission: 'account.read',
    reply: z.object({ items: z.array(SavedView) }),
  }),
  saveView: op({
    method: 'POST',
    path: '/views',
    summary: 'Save a view',
    tag: 'Views',
    permission: 'account.read',
    body: ViewBody,
    reply: SavedView,
    status: 201,
  }),
  deleteView: op({
    method: 'DELETE',
    path: '/views/{id}',
    summary: 'Delete a saved view',
    tag: 'Views',
    permission: 'account.read',
    params: IdParams,
    reply: Nothing,
  }),
};
