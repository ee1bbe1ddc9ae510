import * as z from 'zod';
import { op } from './operation.ts';
import { DecimalText, Id, IdParams, Name, Nothing } from './value.ts';

const Fields = z.object({
  name: Name,
  meterId: Id,
  threshold: DecimalText.refine((text) => Number(text) > 0, { error: 'The threshold must be above zero' }).meta({
    description: 'total quantity on the meter that reaches it',
  }),
  firstValue: z.boolean().meta({ description: 'the one that ends time to first value; setting it takes it from another' }),
});
const MilestoneBody = Fields.extend({ firstValue: Fields.shape.firstValue.default(false) });
export const Milestone = z
  .object({
    id: Id,
    name: z.string(),
    meterId: Id,
    meterName: z.string(),
    unit: z.string(),
    threshold: z.string(),
    firstValue: z.boolean(),
    accounts: z.int().meta({ description: 'live accounts that have started' }),
    reached: z.int().meta({ description: 'of them, those that have reached it' }),
    medianDays: z.int().nullable().meta({ description: 'days from start by which half of them reach it (Kaplan–Meier); null when too few have' }),
    p90Days: z.int().nullable().meta({ description: 'the same for nine of ten' }),
  })
  .meta({ id: 'Milestone' });

const write = { tag: 'Milestones', permission: 'meter.write', key: 'manage' } as const;
export const milestoneOperations = {
  listMilestones: op({
    tag: 'Milestones',
    permission: 'account.read',
    key: 'read',
    method: 'GET',
    path: '/milestones',
    summary: 'Milestones',
    reply: z.object({ items: z.array(Milestone) }),
  }),
  createMilestone: op({ ...write, method: 'POST', path: '/milestones', summary: 'Create a milestone', body: MilestoneBody, reply: Milestone, status: 201 }),
  changeMilestone: op({
    ...write,
    method: 'PATCH',
    path: '/milestones/{id}',
    summary: 'Change a milestone; when accounts reached it is worked out anew',
    params: IdParams,
    body: Fields.partial(),
    reply: Milestone,
  }),
  archiveMilestone: op({ ...write, method: 'DELETE', path: '/milestones/{id}', summary: 'Archive a milestone', params: IdParams, reply: Nothing }),
};
