import { FAULT_SCOPES } from '@tideline/domain/data-fault';
import * as z from 'zod';
import { op } from './operation.ts';
import { DayOut, Id, IdParams, Nothing, TimeOut } from './value.ts';

export const DataFault = z
  .object({
    id: Id,
    scope: z.enum(FAULT_SCOPES),
    name: z.string().nullable().meta({ description: 'of the meter, key or source; null: the whole workspace' }),
    since: DayOut.meta({ description: 'the first silent day: scores are held as of the day before' }),
    through: DayOut.nullable().meta({ description: 'the last day that stayed silent, where one did' }),
    detectedAt: TimeOut,
    active: z.int().meta({ description: 'accounts active on the day it was found on' }),
    usual: z.number().meta({ description: 'accounts usually active on such a weekday' }),
    accounts: z.int().meta({ description: 'accounts whose scores are held' }),
    title: z.string(),
    evidence: z.string(),
    held: z.string(),
    endedAt: TimeOut.nullable(),
    endedAs: z.enum(['returned', 'resumed', 'dismissed']).nullable().meta({
      description:
        'returned: all that was missing came; resumed: usage flows again and the gap stays; dismissed: a person said that it is real; null: it stands',
    }),
    endedBy: z.string().nullable(),
  })
  .meta({ id: 'DataFault' });
export type DataFault = z.output<typeof DataFault>;

const faults = { tag: 'Usage', permission: 'workspace.manage', key: 'manage' } as const;
export const dataFaultOperations = {
  listDataFaults: op({
    ...faults,
    method: 'GET',
    path: '/data-faults',
    summary: 'Usage that stopped together: faults of the data, those that stand first',
    reply: z.object({ items: z.array(DataFault) }),
  }),
  dismissDataFault: op({
    ...faults,
    method: 'POST',
    path: '/data-faults/{id}/dismiss',
    summary: 'Says that a silence is real: scores go on and it counts',
    params: IdParams,
    reply: Nothing,
  }),
};
