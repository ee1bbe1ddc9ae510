import { accountOperations } from './account.ts';
import { apiKeyOperations } from './api-key.ts';
import { auditOperations } from './audit.ts';
import { findOperations } from './find.ts';
import { memberOperations } from './member.ts';
import { ingestOperations } from './ingest.ts';
import { meterOperations } from './meter.ts';
import { milestoneOperations } from './milestone.ts';
import { triageOperations } from './triage.ts';
import { revenueOperations } from './revenue.ts';
import { viewOperations } from './view.ts';
import { workspaceOperations } from './workspace.ts';

/** Every endpoint of the product. Each feature keeps its own records; here they become one table. */
export const operations = {
  ...accountOperations,
  ...apiKeyOperations,
  ...auditOperations,
  ...findOperations,
  ...memberOperations,
  ...ingestOperations,
  ...meterOperations,
  ...milestoneOperations,
  ...triageOperations,
  ...revenueOperations,
  ...viewOperations,
  ...workspaceOperations,
};

export type Operations = typeof operations;
export type OperationName = keyof Operations;
