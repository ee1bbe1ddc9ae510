import { customFaults } from '@tideline/domain/custom-signal';
import * as z from 'zod';
import { op } from './operation.ts';
import { Id, IdParams, Nothing } from './value.ts';

const Value = z.number().min(-1e15).max(1e15);
const Reads = z.union([
  z.object({ meterId: Id, windowDays: z.int().min(1).max(364) }).meta({ description: 'a meter over the days before' }),
  z.object({ field: z.string().trim().min(1).max(100) }).meta({ description: 'a number among the fields of the account' }),
]);
const shape = {
  name: z.string().trim().min(1, { error: 'Give it a name' }).max(60),
  unit: z.string().trim().max(20).default(''),
  reads: Reads,
  zeroAt: Value.meta({ description: 'the value that scores 0' }),
  fullAt: Value.meta({ description: 'the value that scores 100; which way is better follows from the two' }),
};
export const CustomSignalBody = z.object(shape).superRefine((body, context) => {
  for (const { path, message } of customFaults(body)) context.addIssue({ code: 'custom', path: [path], message });
});

/** A signal an admin defined. Its key among the weights of a health model is `custom:` and its id. */
export const CustomSignal = z
  .object({ id: Id, ...shape, unit: z.string(), name: z.string(), accounts: z.int().meta({ description: 'accounts it can be read of today' }) })
  .meta({ id: 'CustomSignal' });

const base = { tag: 'Health model', permission: 'model.draft' } as const;
export const customSignalOperations = {
  listCustomSignals: op({ ...base, method: 'GET', path: '/custom-signals', summary: 'Signals of your own', reply: z.object({ items: z.array(CustomSignal) }) }),
  createCustomSignal: op({
    ...base,
    method: 'POST',
    path: '/custom-signals',
    summary: 'Define a signal on a meter or a field of the account; it weighs nothing until a health model gives it points',
    body: CustomSignalBody,
    reply: CustomSignal,
    status: 201,
  }),
  archiveCustomSignal: op({
    ...base,
    method: 'DELETE',
    path: '/custom-signals/{id}',
    summary: 'Take a signal of your own away; refused while the published model weighs it',
    params: IdParams,
    reply: Nothing,
  }),
};
export type CustomSignals = { Item: z.output<typeof CustomSignal>; Body: z.output<typeof CustomSignalBody> };
