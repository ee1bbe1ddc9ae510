import type { Operations } from '@tideline/contracts/operations';
import { accountRoutes } from './routes/account.ts';
import { accountDayRoutes } from './routes/account-day.ts';
import { accountFamilyRoutes } from './routes/account-family.ts';
import { accountMergeRoutes } from './routes/account-merge.ts';
import { accountPageRoutes } from './routes/account-page.ts';
import { accountPeopleRoutes } from './routes/account-people.ts';
import { alertRoutes, alertRuleRoutes } from './routes/alert.ts';
import { apiKeyRoutes } from './routes/api-key.ts';
import { auditRoutes } from './routes/audit.ts';
import { backtestRoutes } from './routes/backtest.ts';
import { contactRoutes } from './routes/contact.ts';
import { contractRoutes } from './routes/contract.ts';
import { invoiceRoutes } from './routes/invoice.ts';
import { signalRoutes } from './routes/signal.ts';
import { correctionRoutes } from './routes/correction.ts';
import { dataFaultRoutes } from './routes/data-fault.ts';
import { eventRoutes } from './routes/event.ts';
import { findRoutes } from './routes/find.ts';
import { importRoutes } from './routes/import.ts';
import { memberRoutes } from './routes/member.ts';
import { ingestRoutes } from './routes/ingest.ts';
import { intakeRoutes } from './routes/intake.ts';
import { mergeProposalRoutes } from './routes/merge-proposal.ts';
import { meterRoutes } from './routes/meter.ts';
import { milestoneRoutes } from './routes/milestone.ts';
import { modelRoutes } from './routes/model.ts';
import { ticketRoutes } from './routes/ticket.ts';
import { touchRoutes } from './routes/touch.ts';
import { triageRoutes } from './routes/triage.ts';
import { overrideRoutes } from './routes/override.ts';
import { portfolioRoutes } from './routes/portfolio.ts';
import { refusedEventRoutes } from './routes/refused-event.ts';
import { revenueRoutes } from './routes/revenue.ts';
import { runRoutes } from './routes/run.ts';
import { sourceRoutes } from './routes/source.ts';
import { taskRoutes } from './routes/task.ts';
import { viewRoutes } from './routes/view.ts';
import { webhookRoutes } from './routes/webhook.ts';
import { weightFitRoutes } from './routes/weight-fit.ts';
import { workspaceRoutes } from './routes/workspace.ts';
import type { Routes } from './serve.ts';

/** Operation → engine verb. Exhaustive by type: an operation without a handler does not compile. */
export const routes = {
  ...accountRoutes,
  ...accountDayRoutes,
  ...accountFamilyRoutes,
  ...accountMergeRoutes,
  ...accountPageRoutes,
  ...accountPeopleRoutes,
  ...alertRoutes,
  ...alertRuleRoutes,
  ...apiKeyRoutes,
  ...auditRoutes,
  ...backtestRoutes,
  ...contactRoutes,
  ...contractRoutes,
  ...invoiceRoutes,
  ...signalRoutes,
  ...correctionRoutes,
  ...dataFaultRoutes,
  ...eventRoutes,
  ...findRoutes,
  ...importRoutes,
  ...memberRoutes,
  ...ingestRoutes,
  ...intakeRoutes,
  ...mergeProposalRoutes,
  ...meterRoutes,
  ...milestoneRoutes,
  ...modelRoutes,
  ...ticketRoutes,
  ...touchRoutes,
  ...triageRoutes,
  ...overrideRoutes,
  ...portfolioRoutes,
  ...refusedEventRoutes,
  ...revenueRoutes,
  ...runRoutes,
  ...sourceRoutes,
  ...taskRoutes,
  ...viewRoutes,
  ...webhookRoutes,
  ...weightFitRoutes,
  ...workspaceRoutes,
} satisfies Routes<Operations>;
