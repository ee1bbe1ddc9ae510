/** A small business for tests, and what a demo workspace holds, without the ids that differ from run to run. */
import type { Db } from '@tideline/db/client';
import type { Day } from '@tideline/domain/calendar';
import type { Arrange } from '@tideline/testkit/build';
import { businesses, type DemoBusiness } from './business.ts';

/** Twelve accounts and 180 days: 120 come first, 60 lie behind them. */
export const smallBusiness: DemoBusiness = { ...businesses[0], slug: 'small', accounts: 12, months: 6 };

/** A database that is gone after `calls` transactions, as if the process had been killed there. */
export const mortal = (db: Db, left: { calls: number }): Db => {
  const counting = <T extends object>(of: T, begin: keyof T): T =>
    new Proxy(of, {
      get: (target, name) => {
        const found: unknown = Reflect.get(target, name);
        if (typeof found !== 'function') return found;
        if (name !== begin) return found.bind(target) as unknown;
        return (...args: unknown[]) => (--left.calls < 0 ? Promise.reject(new Error('killed')) : (Reflect.apply(found, target, args) as unknown));
      },
    });
  return { ...db, prisma: counting(db.prisma, '$transaction'), pool: counting(db.pool, 'connect') };
};

type Rows = Record<string, unknown>[];
export type UsageSeen = { account: string; meter: string; day: Day; quantity: string };
export type AlertSeen = { account: string; rule: string; openedOn: Day; digest: boolean; sentence: string };
export type Held = {
  usage(from?: string): Promise<UsageSeen[]>;
  events(): Promise<number>;
  closes(): Promise<Rows>;
  alerts(): Promise<AlertSeen[]>;
  tasks(): Promise<Rows>;
  touches(): Promise<Rows>;
  contacts(): Promise<Rows>;
  tickets(): Promise<Rows>;
};

/** Everything a demo workspace holds that a person could see, in a stable order. */
export const heldBy = (arrange: Arrange, slug: string): Held => {
  const w = `(SELECT id FROM workspace WHERE slug = '${slug}')`;
  const ofAccount = (table: string) => `JOIN account a ON a.workspace_id = ${table}.workspace_id AND a.id = ${table}.account_id`;
  return {
    usage: async (from = '-infinity') =>
      (await arrange(
        `SELECT a.external_id AS account, m.key AS meter, d.day::text, d.quantity::text AS quantity FROM daily_usage d ${ofAccount('d')}
         JOIN meter_version v ON v.workspace_id = d.workspace_id AND v.id = d.meter_version_id JOIN meter m ON m.workspace_id = v.workspace_id AND m.id = v.meter_id
         WHERE d.workspace_id = ${w} AND d.day >= $1::date ORDER BY d.day, account, meter`,
        [from],
      )) as UsageSeen[],
    events: async () => Number((await arrange(`SELECT count(*) FROM event WHERE workspace_id = ${w}`))[0]?.count),
    closes: () => arrange(`SELECT day::text, backfilled, late, active_accounts AS active FROM day_close WHERE workspace_id = ${w} ORDER BY day`),
    alerts: async () =>
      (await arrange(
        `SELECT a.external_id AS account, r.name AS rule, x.opened_on::text AS "openedOn", x.digest, x.sentence FROM alert x ${ofAccount('x')}
         JOIN alert_rule r ON r.workspace_id = x.workspace_id AND r.id = x.rule_id WHERE x.workspace_id = ${w} ORDER BY "openedOn", account, rule`,
      )) as AlertSeen[],
    tasks: () =>
      arrange(
        `SELECT a.external_id AS account, t.title, t.state, t.outcome, t.created_at AS "createdAt", t.closed_at AS "closedAt", t.alert_id IS NOT NULL AS alerted
         FROM task t ${ofAccount('t')} WHERE t.workspace_id = ${w} ORDER BY "createdAt", account, title`,
      ),
    touches: () =>
      arrange(`SELECT a.external_id AS account, t.kind, t.body, t.at, c.external_id AS contact FROM touch t ${ofAccount('t')}
        LEFT JOIN contact c ON c.workspace_id = t.workspace_id AND c.id = t.contact_id WHERE t.workspace_id = ${w} ORDER BY at, account, body`),
    contacts: () =>
      arrange(
        `SELECT a.external_id AS account, c.external_id AS key, c.name, c.email, c.title, c.role, c.left_on::text AS "leftOn", c.created_at AS since
         FROM contact c ${ofAccount('c')} WHERE c.workspace_id = ${w} ORDER BY key`,
      ),
    tickets: () =>
      arrange(
        `SELECT a.external_id AS account, t.external_id AS key, t.subject, t.severity, t.opened_at AS "openedAt", t.closed_at AS "closedAt"
         FROM ticket t ${ofAccount('t')} WHERE t.workspace_id = ${w} ORDER BY key`,
      ),
  };
};
