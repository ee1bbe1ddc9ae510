import { viewOperations } from './view.ts';

/** Every endpoint of the product. Each feature keeps its own records; here they become one table. */
export const operations = {
  ...viewOperations,
};

export type Operations = typeof operations;
export type OperationName = keyof Operations;
