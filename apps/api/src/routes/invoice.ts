import type { invoiceOperations } from '@tideline/contracts/invoice';
import * as invoice from '@tideline/engine/invoice';
import type { Routes } from '../serve.ts';

export const invoiceRoutes = {
  putInvoices: ({ deps, who, body }) => invoice.put(deps, who, body),
  listInvoices: ({ deps, who, query }) => invoice.list(deps, who, query),
} satisfies Routes<typeof invoiceOperations>;
