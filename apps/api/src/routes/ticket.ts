import type { ticketOperations } from '@tideline/contracts/ticket';
import * as ticket from '@tideline/engine/ticket';
import type { Routes } from '../serve.ts';

export const ticketRoutes = {
  putTickets: ({ deps, who, body }) => ticket.put(deps, who, body),
  listTickets: ({ deps, who, query }) => ticket.list(deps, who, query),
  changeTicket: ({ deps, who, params, body }) => ticket.change(deps, who, params.id, body),
  deleteTicket: async ({ deps, who, params }) => {
    await ticket.remove(deps, who, params.id);
    return {};
  },
} satisfies Routes<typeof ticketOperations>;
