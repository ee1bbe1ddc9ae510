import type { contactOperations } from '@tideline/contracts/contact';
import * as contact from '@tideline/engine/contact';
import type { Routes } from '../serve.ts';

export const contactRoutes = {
  putContacts: ({ deps, who, body }) => contact.put(deps, who, body),
  listContacts: ({ deps, who, query }) => contact.list(deps, who, query),
  changeContact: ({ deps, who, params, body }) => contact.change(deps, who, params.id, body),
  deleteContact: async ({ deps, who, params }) => {
    await contact.remove(deps, who, params.id);
    return {};
  },
} satisfies Routes<typeof contactOperations>;
