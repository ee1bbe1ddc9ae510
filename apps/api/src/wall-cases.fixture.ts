import type { OperationName } from '@tideline/contracts/operations';
import { defaultModelConfig } from '@tideline/domain/model-config';
import type { Ids } from './wall-world.fixture.ts';

export type Asked = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown };
/** A request that is right when the ids are the workspace's own. */
type Case = (ids: Ids) => Asked;

const none: Case = () => ({});
const byId =
  (kind: keyof Ids, body?: unknown): Case =>
  (ids) => ({ params: { id: ids[kind] }, ...(body === undefined ? {} : { body }) });
const accounts =
  (more: object = {}): Case =>
  (ids) => ({ body: { accounts: [ids.account], ...more } });

const { weights, shiftByRegularity, caps, bands, segments } = defaultModelConfig;
const edit = { weights, shiftByRegularity, caps, bands, segments };
const mapping = { account: { column: 'a' }, event: { constant: 'e' }, time: { column: 't' } };
const connection = { connector: 'postgres', url: 'postgres://reader@127.0.0.1:1/a', query: 'a', cursor: 'id' };
const sourceBody = { kind: 'usage', mapping, name: 'Warehouse', connection };
const condition = { kind: 'health_below', threshold: 45, clear: 50 };
const span = { from: '2026-10-01T00:00:00Z', until: '2026-10-02T00:00:00Z' };
const endpoint = { url: 'https://receiver.example.com/', events: ['alert.opened'] };

/**
 * One or more requests for every operation there is. An operation that is not here does not compile: whoever
 * adds one says by which ids it can be asked, and the wall test tries it with another workspace's.
 */
export const wallCases = {
  getAccount: [(ids) => ({ params: { externalId: ids.externalId } })],
  putAccount: [
    (ids) => ({ params: { externalId: ids.externalId }, body: { plan: 'pro' } }),
    (ids) => ({ params: { externalId: ids.externalId }, body: { owner: ids.email } }),
    (ids) => ({ params: { externalId: 'part' }, body: { parent: ids.externalId } }),
  ],
  listAccounts: [(ids) => ({ query: { owner: ids.member } })],
  accountSummary: [(ids) => ({ query: { owner: ids.member } })],
  exportAccounts: [(ids) => ({ query: { owner: ids.member } })],
  accountPage: [byId('account')],
  accountUsage: [byId('account')],
  accountFamily: [byId('account')],
  accountTimeline: [byId('account')],
  assignManyAccounts: [(ids) => ({ body: { accountIds: [ids.account], ownerId: ids.member } })],
  listAlerts: [(ids) => ({ query: { owner: ids.member } }), (ids) => ({ query: { rule: ids.rule } }), (ids) => ({ query: { account: ids.account } })],
  countAlerts: [(ids) => ({ query: { owner: ids.member } }), (ids) => ({ query: { rule: ids.rule } }), (ids) => ({ query: { account: ids.account } })],
  moveAlerts: [
    (ids) => ({ body: { move: 'acknowledge', ids: [ids.alert] } }),
    (ids) => ({ body: { move: 'assign', ids: [ids.alert], assignee: ids.member } }),
    (ids) => ({ body: { move: 'snooze', ids: [ids.alert], until: '2026-12-24', note: 'Away' } }),
    (ids) => ({ body: { move: 'resolve', ids: [ids.alert] } }),
  ],
  listAlertRules: [none],
  createAlertRule: [() => ({ body: { name: 'New', condition } })],
  changeAlertRule: [byId('rule', { name: 'Changed', condition })],
  deleteAlertRule: [byId('rule')],
  previewAlertRule: [() => ({ body: { condition } })],
  listApiKeys: [none],
  createApiKey: [() => ({ body: { name: 'New', scopes: ['read'] } })],
  changeApiKey: [byId('key', { name: 'Changed' })],
  rotateApiKey: [byId('key', { overlapHours: 1 })],
  revokeApiKey: [byId('key')],
  listAudit: [(ids) => ({ query: { actor: ids.member } })],
  findAccounts: [(ids) => ({ query: { q: ids.externalId } })],
  listMembers: [none],
  changeRole: [(ids) => ({ params: { userId: ids.member }, body: { role: 'VIEWER' } })],
  removeMember: [(ids) => ({ params: { userId: ids.member } })],
  linkToReset: [(ids) => ({ params: { userId: ids.member } })],
  listInvitations: [none],
  invite: [() => ({ body: { email: 'someone-new@example.com', role: 'CSM' } })],
  withdrawInvitation: [byId('invitation')],
  listEvents: [none],
  listUncountedEvents: [none],
  postEvents: [(ids) => ({ body: { id: 'one', account: ids.externalId, event: 'call' } })],
  listRefusedEvents: [(ids) => ({ query: { account: ids.externalId } }), (ids) => ({ query: { origin: ids.import } })],
  retryRefusedEvents: [(ids) => ({ body: { account: ids.externalId } }), (ids) => ({ body: { origin: ids.source } })],
  discardRefusedEvents: [(ids) => ({ body: { account: ids.externalId } }), (ids) => ({ body: { origin: ids.import } })],
  voidEvents: [() => ({ body: { ids: ['one'], reason: 'Twice' } })],
  replaceEvent: [(ids) => ({ body: { event: { id: 'one', account: ids.externalId, event: 'call' }, reason: 'Wrong' } })],
  previewVoid: [(ids) => ({ body: { ...span, account: ids.externalId } })],
  voidRange: [(ids) => ({ body: { filter: { ...span, account: ids.externalId }, reason: 'Twice' } })],
  listCorrections: [none],
  undoCorrection: [byId('correction')],
  listIntake: [none],
  listIntakeRequests: [(ids) => ({ query: { key: ids.key } })],
  previewMerge: [(ids) => ({ body: { from: ids.account, into: ids.other } })],
  mergeAccounts: [(ids) => ({ body: { from: ids.account, into: ids.other } })],
  listMerges: [none],
  undoMerge: [byId('merge')],
  listProposals: [none],
  acceptProposal: [byId('proposal', {}), (ids) => ({ params: { id: ids.proposal }, body: { into: ids.account } })],
  dismissProposal: [byId('proposal')],
  reopenProposal: [byId('proposal')],
  uploadImport: [none],
  previewImport: [(ids) => ({ body: { kind: 'usage', mapping, uploadId: ids.upload } })],
  startImport: [(ids) => ({ body: { kind: 'usage', mapping, uploadId: ids.upload } })],
  listImports: [none],
  getImport: [byId('import')],
  cancelImport: [byId('import')],
  exportRejects: [byId('import')],
  listSources: [none],
  createSource: [() => ({ body: sourceBody })],
  changeSource: [byId('source', sourceBody)],
  deleteSource: [byId('source')],
  lookIntoSource: [(ids) => ({ body: { connection, id: ids.source } })],
  previewSource: [(ids) => ({ body: { kind: 'usage', mapping, connection, id: ids.source } })],
  pullSource: [byId('source')],
  pauseSource: [byId('source', { paused: true })],
  sourceRuns: [byId('source')],
  listMeters: [none],
  createMeter: [() => ({ body: { key: 'other', name: 'Other', unit: 'things', eventName: 'other', aggregation: 'COUNT' } })],
  changeMeter: [byId('meter', { name: 'Changed' })],
  previewMeter: [(ids) => ({ body: { eventName: 'call', aggregation: 'COUNT', meterId: ids.meter } })],
  archiveMeter: [byId('meter')],
  setMainMeter: [byId('meter')],
  listPrices: [byId('meter')],
  setPrice: [byId('meter', { unitPrice: '2', effectiveFrom: '2026-10-01' })],
  listMilestones: [none],
  createMilestone: [(ids) => ({ body: { name: 'New', meterId: ids.meter, threshold: '5' } })],
  changeMilestone: [byId('milestone', { name: 'Changed' }), (ids) => ({ params: { id: ids.milestone }, body: { meterId: ids.meter } })],
  archiveMilestone: [byId('milestone')],
  getModel: [none],
  previewModel: [none],
  saveModelDraft: [() => ({ body: { config: edit, savedAt: null } })],
  discardModelDraft: [none],
  publishModel: [() => ({ body: { note: 'Why', savedAt: '2026-11-22T09:00:00.000Z' } })],
  restoreModel: [byId('model', { note: 'Back' })],
  listTriage: [(ids) => ({ query: { owner: ids.member, tab: 'all' } })],
  triageRows: [(ids) => ({ query: { ids: ids.account, owner: ids.member, tab: 'all' } })],
  triageSummary: [(ids) => ({ query: { owner: ids.member } })],
  triageGlance: [byId('account')],
  exportTriage: [(ids) => ({ query: { owner: ids.member, tab: 'all' } })],
  markDone: [accounts()],
  undoDone: [accounts()],
  snoozeAccounts: [accounts({ until: '2026-12-24', reason: 'other', note: 'Away' })],
  unsnoozeAccounts: [accounts()],
  addTasks: [accounts({ title: 'Call' })],
  logTouch: [(ids) => ({ body: { account: ids.account, kind: 'call', body: 'Spoke' } })],
  removeTouch: [byId('touch')],
  getPortfolio: [none],
  getRevenue: [(ids) => ({ query: { owner: ids.member } })],
  listRevenueAccounts: [(ids) => ({ query: { of: 'closing', owner: ids.member } })],
  exportRevenueAccounts: [(ids) => ({ query: { of: 'closing', owner: ids.member } })],
  exportRevenueMonths: [(ids) => ({ query: { owner: ids.member } })],
  countWork: [none],
  listTasks: [(ids) => ({ query: { owner: ids.member, account: ids.account } })],
  createTask: [(ids) => ({ body: { account: ids.account, title: 'Call', owner: ids.member } })],
  editTask: [(ids) => ({ params: { id: ids.task }, body: { owner: ids.member } })],
  moveTasks: [
    (ids) => ({ body: { move: 'done', ids: [ids.task] } }),
    (ids) => ({ body: { move: 'assign', ids: [ids.task], owner: ids.member } }),
    (ids) => ({ body: { move: 'postpone', ids: [ids.task], dueDay: '2026-12-24' } }),
  ],
  listViews: [none],
  saveView: [() => ({ body: { name: 'New', screen: 'triage', query: '' } })],
  deleteView: [byId('view')],
  listWebhooks: [none],
  createWebhook: [() => ({ body: endpoint })],
  changeWebhook: [byId('endpoint', endpoint)],
  rotateWebhookSecret: [byId('endpoint')],
  deleteWebhook: [byId('endpoint')],
  testWebhook: [byId('endpoint')],
  listDeliveries: [(ids) => ({ query: { endpoint: ids.endpoint } })],
  redeliver: [byId('delivery')],
  listRuns: [none],
  stopRun: [byId('run')],
  listBacktests: [none],
  startBacktest: [() => ({ body: { cutoffs: ['2026-01-01'] } })],
  getBacktest: [byId('backtest')],
  stopBacktest: [byId('backtest')],
  downloadBacktest: [byId('backtest')],
  getWorkspace: [none],
  changeWorkspace: [() => ({ body: { name: 'Changed' } })],
} satisfies Record<OperationName, readonly Case[]>;
