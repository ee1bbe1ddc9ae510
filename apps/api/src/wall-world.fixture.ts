import { createHash, randomUUID } from 'node:crypto';
import { exampleMeasures } from '@tideline/domain/example';
import { packMeasures } from '@tideline/domain/measure-pack';
import { defaultModelConfig } from '@tideline/domain/model-config';
import type { World } from '@tideline/testkit/build';

/** What an operation can name by id, one of each in every workspace of these tests. */
export const ID_KINDS = [
  'account',
  'other',
  'merged',
  'merge',
  'proposal',
  'externalId',
  'member',
  'email',
  'invitation',
  'key',
  'rule',
  'alert',
  'task',
  'contact',
  'contactKey',
  'ticket',
  'touch',
  'view',
  'meter',
  'milestone',
  'model',
  'endpoint',
  'delivery',
  'import',
  'source',
  'upload',
  'run',
  'correction',
  'backtest',
  'fit',
  'fault',
  'customSignal',
] as const;
export type IdKind = (typeof ID_KINDS)[number];
export type Ids = Record<IdKind, string>;

/** A workspace with one of everything: its admin, a key that may everything, and the ids. `mark` is in each of its texts. */
export type Full = { workspaceId: string; slug: string; admin: string; key: string; ids: Ids; mark: string };

const json = (value: unknown): string => `'${JSON.stringify(value).replaceAll("'", "''")}'`;

/** Ids of a kind that name nothing anywhere. */
export const missingIds = (): Ids => ({
  ...(Object.fromEntries(ID_KINDS.map((kind) => [kind, randomUUID()])) as Ids),
  externalId: `ext-${randomUUID()}`,
  email: `${randomUUID()}@example.com`,
});

/** Arranged in one statement list: the wall test makes hundreds of these. */
export const aFullWorkspace = async (world: World): Promise<Full> => {
  const ids = missingIds();
  const [workspaceId, admin, version, retired] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const mark = `mark${randomUUID().slice(0, 8)}`;
  const key = `tl_${workspaceId.replaceAll('-', '')}_${mark}${'x'.repeat(31)}`;
  const hash = createHash('sha256').update(key).digest('hex');
  const at = `'2026-11-20T10:00:00Z'`;
  const evidence = { rule: { kind: 'health_below' }, day: '2026-11-20', before: null, after: { health: 41, segment: 'steady' }, reason: null };
  const config = { threshold: 50, clear: 54, severity: 'high', coolDownDays: 7 };
  await world.arrange(`
    INSERT INTO workspace (id, slug, name, closed_through) VALUES ('${workspaceId}', '${mark}', '${mark}', '2026-11-21');
    INSERT INTO app_user (id, email, name) VALUES ('${admin}', '${mark}-admin@example.com', '${mark} admin'), ('${ids.member}', '${ids.email}', '${mark} member');
    INSERT INTO membership (workspace_id, user_id, role) VALUES ('${workspaceId}', '${admin}', 'ADMIN'), ('${workspaceId}', '${ids.member}', 'CSM');
    INSERT INTO invitation (workspace_id, id, email, role, token_hash, expires_at) VALUES ('${workspaceId}', '${ids.invitation}', '${mark}-invited@example.com', 'CSM', '\\x00', '2027-01-01');
    INSERT INTO api_key (workspace_id, id, name, prefix, hash, scopes) VALUES
      ('${workspaceId}', gen_random_uuid(), '${mark}', 'tl', '\\x${hash}', '{ingest,read,manage}'), ('${workspaceId}', '${ids.key}', '${mark} other', 'tl', '\\x01', '{read}');
    INSERT INTO account (workspace_id, id, external_id, name, owner_id, industry) VALUES ('${workspaceId}', '${ids.account}', '${ids.externalId}', '${mark}', '${ids.member}', '${mark}');
    INSERT INTO account (workspace_id, id, external_id, name, status, merged_into) VALUES ('${workspaceId}', '${ids.other}', '${mark}-other', '${mark} other', 'live', NULL),
      ('${workspaceId}', '${ids.merged}', '${mark}-merged', '${mark} merged', 'merged', '${ids.other}');
    INSERT INTO account_merge (workspace_id, id, from_id, into_id, state, moved, actor, made_at) VALUES ('${workspaceId}', '${ids.merge}', '${ids.merged}', '${ids.other}', 'merged',
      '{"status":"live","intoCreatedDay":null,"aliases":[],"contracts":[],"tasks":[],"touches":[],"alerts":[],"closed":[]}', '${mark}', ${at});
    INSERT INTO merge_proposal (workspace_id, id, from_id, into_id, proposed_at, via, actor) VALUES ('${workspaceId}', '${ids.proposal}', '${ids.account}', '${ids.other}', ${at}, 'segment', '${mark}');
    INSERT INTO data_fault (workspace_id, id, scope, since, detected_at, active, usual, accounts, name) VALUES ('${workspaceId}', '${ids.fault}', 'workspace', '2026-11-20', ${at}, 0, 9, 9, '${mark}');
    INSERT INTO meter (workspace_id, id, key, name, unit) VALUES ('${workspaceId}', '${ids.meter}', 'calls', '${mark}', 'calls');
    INSERT INTO meter_version (workspace_id, id, meter_id, version, event_name, aggregation, counts_activity) VALUES ('${workspaceId}', '${version}', '${ids.meter}', 1, 'call', 'COUNT', true);
    INSERT INTO price (workspace_id, meter_id, currency, plan, effective_from) VALUES ('${workspaceId}', '${ids.meter}', 'USD', '{"kind":"flat","unitPrice":"1"}', '2026-01-01');
    INSERT INTO daily_usage (workspace_id, account_id, meter_version_id, day, quantity, active, last_at, last_key) VALUES ('${workspaceId}', '${ids.account}', '${version}', '2026-11-20', 5, 5, ${at}, '\\x00');
    INSERT INTO milestone (workspace_id, id, name, meter_id, threshold) VALUES ('${workspaceId}', '${ids.milestone}', '${mark}', '${ids.meter}', 10);
    INSERT INTO health_model (workspace_id, id, version, state, config, published_at) VALUES
      ('${workspaceId}', '${retired}', 2, 'published', ${json(defaultModelConfig)}, ${at}), ('${workspaceId}', '${ids.model}', 1, 'retired', ${json(defaultModelConfig)}, ${at});
    INSERT INTO score (workspace_id, account_id, model_id, as_of, live, scored_at, health, band, segment, segment_since, segment_reason, segment_state, badges, why, reason, next_action, measures, run_rate, stake, urgency, rank)
      VALUES ('${workspaceId}', '${ids.account}', '${retired}', '2026-11-21', false, ${at}, 40, 'at_risk', 'churn_risk', '2026-11-01', 'gone_quiet', '{}', '{}', 'gone_quiet', '[{"text":"Silent"}]', 'Call', ${json(packMeasures(exampleMeasures))}, 100, 50, 1, 50);
    INSERT INTO triage_row SELECT * FROM triage_source WHERE workspace_id = '${workspaceId}';
    INSERT INTO alert_rule (workspace_id, id, name, kind, config) VALUES ('${workspaceId}', '${ids.rule}', '${mark}', 'health_below', ${json(config)}), ('${workspaceId}', '${retired}', '${mark} fired', 'health_below', ${json(config)});
    INSERT INTO alert (workspace_id, id, rule_id, account_id, opened_on, opened_at, sentence, evidence) VALUES ('${workspaceId}', '${ids.alert}', '${retired}', '${ids.account}', '2026-11-20', ${at}, '${mark}', ${json(evidence)});
    INSERT INTO task (workspace_id, id, account_id, title) VALUES ('${workspaceId}', '${ids.task}', '${ids.account}', '${mark}');
    INSERT INTO contact (workspace_id, id, account_id, external_id, name, role) VALUES ('${workspaceId}', '${ids.contact}', '${ids.account}', '${ids.contactKey}', '${mark}', 'champion');
    INSERT INTO custom_signal (workspace_id, id, name, field, zero_at, full_at) VALUES ('${workspaceId}', '${ids.customSignal}', '${mark}', 'seats', 0, 10);
    INSERT INTO sentiment (workspace_id, account_id, day, sentiment, note, set_at) VALUES ('${workspaceId}', '${ids.account}', '2026-11-20', 'good', '${mark}', ${at});
    INSERT INTO invoice (workspace_id, account_id, external_id, due_day) VALUES ('${workspaceId}', '${ids.account}', '${mark}', '2026-11-01');
    INSERT INTO ticket (workspace_id, id, account_id, external_id, subject, severity, opened_at) VALUES ('${workspaceId}', '${ids.ticket}', '${ids.account}', '${mark}', '${mark}', 'high', ${at});
    INSERT INTO touch (workspace_id, id, account_id, kind, body, day, at, by_id) VALUES ('${workspaceId}', '${ids.touch}', '${ids.account}', 'call', '${mark}', '2026-11-20', ${at}, '${admin}');
    INSERT INTO saved_view (workspace_id, id, user_id, name, screen, query) VALUES ('${workspaceId}', '${ids.view}', '${admin}', '${mark}', 'triage', '');
    INSERT INTO webhook_endpoint (workspace_id, id, url, secret, events) VALUES ('${workspaceId}', '${ids.endpoint}', 'https://${mark}.example.com/', 'whsec_${mark}', '{alert.opened}');
    INSERT INTO notification (workspace_id, id, endpoint_id, fact, payload, state, next_at) VALUES ('${workspaceId}', '${ids.delivery}', '${ids.endpoint}', 'alert.opened:1', '{"type":"alert.opened"}', 'failed', ${at});
    INSERT INTO import (workspace_id, id, kind, source, file_name, file_path, mapping) VALUES ('${workspaceId}', '${ids.import}', 'usage', '${mark}', '${mark}.csv', '/nowhere', '{"map":{},"columns":["a"]}');
    INSERT INTO source (workspace_id, id, name, kind, connection, mapping, every_minutes, next_at, created_at) VALUES ('${workspaceId}', '${ids.source}', '${mark}', 'usage', '{"connector":"postgres","url":"postgres://reader@127.0.0.1:1/a","query":"${mark}","cursor":"id"}', '{}', 15, ${at}, ${at});
    INSERT INTO source_run (workspace_id, source_id, place, started_at) VALUES ('${workspaceId}', '${ids.source}', '${mark}', ${at});
    INSERT INTO refused_event (workspace_id, hash, reason, message, client, account, event, body, whole, historical, first_at, last_at, origin_id)
      VALUES ('${workspaceId}', decode(md5('${mark}'), 'hex'), 'clock-ahead', '${mark}', 'import', '${mark}', 'call', '{}', true, false, ${at}, ${at}, '${ids.import}');
    INSERT INTO background_run (workspace_id, id, kind, label, total) VALUES ('${workspaceId}', '${ids.run}', 'score.backfill', '${mark}', 1);
    INSERT INTO background_run (workspace_id, id, kind, label, total) VALUES ('${workspaceId}', '${ids.backtest}', 'score.backtest', '${mark}', 1);
    INSERT INTO backtest (workspace_id, id, run_id, model_label, config, cutoffs, horizon, asked_by, asked_at)
      VALUES ('${workspaceId}', '${ids.backtest}', '${ids.backtest}', '${mark}', '{"bands":{"atRiskBelow":50}}', '{2026-01-31}', 90, '${mark}', ${at});
    INSERT INTO background_run (workspace_id, id, kind, label, total) VALUES ('${workspaceId}', '${ids.fit}', 'score.fit', '${mark}', 1);
    INSERT INTO weight_fit (workspace_id, id, run_id, model_label, config, cutoffs, asked_by, asked_at)
      VALUES ('${workspaceId}', '${ids.fit}', '${ids.fit}', '${mark}', '{}', '{2026-01-31}', '${mark}', ${at});
    INSERT INTO correction (workspace_id, id, kind, reason, actor, made_at) VALUES ('${workspaceId}', '${ids.correction}', 'void', '${mark}', '${mark}', ${at});
    INSERT INTO audit_log (workspace_id, at, actor_id, actor, action, target) VALUES ('${workspaceId}', ${at}, '${ids.member}', '${mark}', 'thing.made', '${mark}');
  `);
  return { workspaceId, slug: mark, admin, key, ids, mark };
};

let tables: Record<string, unknown>[] | undefined;

/** Everything kept of a workspace, as one text: two readings differ when anything changed. */
export const fingerprint = async (world: World, { workspaceId }: Full): Promise<string> => {
  tables ??= await world.arrange(`
    SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace ORDER BY 1`);
  const parts = tables.map(
    ({ name }) =>
      `SELECT '${String(name)}' AS name, md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS kept FROM "${String(name)}" t WHERE workspace_id = '${workspaceId}'`,
  );
  // The key's last use is noted by the very act of asking with it; nobody asks with this workspace's.
  const rows = await world.arrange(
    `${parts.join(' UNION ALL ')} UNION ALL SELECT 'workspace', md5(w::text) FROM workspace w WHERE id = '${workspaceId}' ORDER BY 1`,
  );
  return JSON.stringify(rows);
};
