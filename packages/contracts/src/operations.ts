import { accountOperations } from './account.ts';
import { accountDayOperations } from './account-day.ts';
import { accountFamilyOperations } from './account-family.ts';
import { accountMergeOperations } from './account-merge.ts';
import { accountPageOperations } from './account-page.ts';
import { accountPeopleOperations } from './account-people.ts';
import { alertOperations } from './alert.ts';
import { alertRuleOperations } from './alert-rule.ts';
import { apiKeyOperations } from './api-key.ts';
import { auditOperations } from './audit.ts';
import { backtestOperations } from './backtest.ts';
import { contactOperations } from './contact.ts';
import { contractOperations } from './contract.ts';
import { customSignalOperations } from './custom-signal.ts';
import { invoiceOperations } from './invoice.ts';
import { sentimentOperations } from './sentiment.ts';
import { correctionOperations } from './correction.ts';
import { dataFaultOperations } from './data-fault.ts';
import { eventOperations } from './event.ts';
import { findOperations } from './find.ts';
import { importOperations } from './import.ts';
import { intakeOperations } from './intake.ts';
import { memberOperations } from './member.ts';
import { ingestOperations } from './ingest.ts';
import { mergeProposalOperations } from './merge-proposal.ts';
import { meterOperations } from './meter.ts';
import { milestoneOperations } from './milestone.ts';
import { modelOperations } from './model.ts';
import { ticketOperations } from './ticket.ts';
import { touchOperations } from './touch.ts';
import { triageOperations } from './triage.ts';
import { overrideOperations } from './override.ts';
import { portfolioOperations } from './portfolio.ts';
import { refusedEventOperations } from './refused-event.ts';
import { revenueOperations } from './revenue.ts';
import { runOperations } from './run.ts';
import { sourceOperations } from './source.ts';
import { taskOperations } from './task.ts';
import { viewOperations } from './view.ts';
import { webhookOperations } from './webhook.ts';
import { weightFitOperations } from './weight-fit.ts';
import { workspaceOperations } from './workspace.ts';

/** Every endpoint of the product. Each feature keeps its own records; here they become one table. */
export const operations = {
  ...accountOperations,
  ...accountDayOperations,
  ...accountFamilyOperations,
  ...accountMergeOperations,
  ...accountPageOperations,
  ...accountPeopleOperations,
  ...alertOperations,
  ...alertRuleOperations,
  ...apiKeyOperations,
  ...auditOperations,
  ...backtestOperations,
  ...contactOperations,
  ...contractOperations,
  ...invoiceOperations,
  ...sentimentOperations,
  ...customSignalOperations,
  ...correctionOperations,
  ...dataFaultOperations,
  ...eventOperations,
  ...findOperations,
  ...importOperations,
  ...memberOperations,
  ...ingestOperations,
  ...intakeOperations,
  ...mergeProposalOperations,
  ...meterOperations,
  ...milestoneOperations,
  ...modelOperations,
  ...ticketOperations,
  ...touchOperations,
  ...triageOperations,
  ...overrideOperations,
  ...portfolioOperations,
  ...refusedEventOperations,
  ...revenueOperations,
  ...runOperations,
  ...sourceOperations,
  ...taskOperations,
  ...viewOperations,
  ...webhookOperations,
  ...weightFitOperations,
  ...workspaceOperations,
};

export type Operations = typeof operations;
export type OperationName = keyof Operations;
