import { clients } from '@tideline/contracts/client';

const others: Record<string, string> = { http: 'HTTP', retry: 'taken in again', demo: 'demo data' };

/** What sent it, as people call it. */
export const clientName = (client: string): string => others[client] ?? Object.entries(clients).find(([key]) => key === client)?.[1].name ?? client;
