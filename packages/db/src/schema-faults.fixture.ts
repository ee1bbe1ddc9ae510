import type pg from 'pg';

/**
 * Tables that carry no workspace, and why each may. Everything else must: a table added here widens the wall,
 * so it needs a reason.
 */
const referenceTables: Record<string, string> = {
  workspace: 'the tenant itself, guarded by its id',
  app_user: 'people belong to several workspaces; visible only as members',
  password_reset: 'of a person; the system role alone',
  setup_link: 'before any workspace; the system role alone',
  sign_in_attempt: 'before a workspace is known; the system role alone',
  _prisma_migrations: 'what was migrated; no run-time role',
};

const own = (column: string) => `(${column} = ( SELECT app_workspace() AS app_workspace))`;
type Policy = { roles: string; command: string; permissive: boolean; using: string | null; check: string | null };
const isolation = (column: string): Policy => ({ roles: 'public', command: 'ALL', permissive: true, using: own(column), check: own(column) });
const system: Policy = { roles: 'tideline_system', command: 'ALL', permissive: true, using: 'true', check: 'true' };

/** Policies beyond the isolation that every table has. A restrictive policy narrows and is always welcome. */
const furtherPolicies: Record<string, Record<string, Policy>> = {
  workspace: { workspace_isolation: isolation('id'), system_all: system },
  membership: { system_all: system },
  app_user: {
    member_visible: {
      roles: 'public',
      command: 'SELECT',
      permissive: true,
      using:
        '(EXISTS ( SELECT 1\n   FROM membership m\n  WHERE ((m.user_id = app_user.id) AND (m.workspace_id = ( SELECT app_workspace() AS app_workspace)))))',
      check: null,
    },
    system_all: system,
  },
};

/** What the app role may not do to a table; null = nothing at all. */
const appMayNot: Record<string, string[] | null> = {
  workspace: ['INSERT', 'DELETE'],
  app_user: ['INSERT', 'UPDATE', 'DELETE'],
  audit_log: ['UPDATE', 'DELETE'],
  password_reset: null,
  setup_link: null,
  sign_in_attempt: null,
  _prisma_migrations: null,
};
const RUNTIME_ROLES = ['tideline_app', 'tideline_system', 'tideline_queue'];
const SYSTEM_TABLES = ['workspace', 'app_user', 'membership', 'password_reset', 'setup_link', 'sign_in_attempt'];
/** The system role reads which migrations were applied: readiness asks. */
const isReadiness = (grant: Grant) => grant.table === '_prisma_migrations' && grant.role === 'tideline_system' && grant.privilege === 'SELECT';

/** Functions that run with their owner's rights, and why each may. */
const ownersFunctions: Record<string, string> = {
  make_event_partition: 'makes guarded partitions; takes a month and returns nothing',
  drop_event_partition: 'drops a month that holds only events of the workspaces named; the system role alone calls it',
};

type Table = { name: string; partition: boolean; enabled: boolean; forced: boolean; workspace: boolean; nullable: boolean; owner: string };
type Key = { table: string; name: string; columns: string[]; primary: boolean };
type Grant = { table: string; role: string; privilege: string };

/**
 * Reads the catalogue and says everything that would let one workspace see, reach or collide with another, one
 * sentence each; an empty list is the proof the tests ask for. Connect as the owner.
 */
export const faultsIn = async (client: Pick<pg.Client, 'query'>): Promise<string[]> => {
  const tables = await rows<Table>(client, TABLES);
  const faults = tables.flatMap(tableFaults);
  // One after the other: they share one connection.
  for (const check of [policyFaults, keyFaults, foreignKeyFaults, viewFaults, grantFaults, roleFaults]) faults.push(...(await check(client, tables)));
  return faults;
};

const rows = async <T>(client: Pick<pg.Client, 'query'>, sql: string): Promise<T[]> => (await client.query(sql)).rows as T[];

const TABLES = `
  SELECT c.relname AS name, c.relispartition AS partition, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
    a.attname IS NOT NULL AS workspace, coalesce(NOT a.attnotnull, false) AS nullable, pg_get_userbyid(c.relowner) AS owner
  FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY 1`;

const guarded = (table: Table) => table.workspace || table.name === 'workspace' || table.name === 'app_user';

const tableFaults = (table: Table): string[] => [
  ...(table.workspace || table.name in referenceTables ? [] : [`${table.name}: no workspace_id, and not a reference table`]),
  ...(guarded(table) && !(table.enabled && table.forced) ? [`${table.name}: row-level security is not enabled and forced`] : []),
  ...(table.nullable ? [`${table.name}: workspace_id may be null`] : []),
  ...(RUNTIME_ROLES.includes(table.owner) ? [`${table.name}: owned by ${table.owner}, whom its policies would not bind`] : []),
];

const policyFaults = async (client: Pick<pg.Client, 'query'>, tables: Table[]): Promise<string[]> => {
  const found = await rows<Policy & { table: string; name: string }>(
    client,
    `SELECT tablename AS table, policyname AS name, array_to_string(roles, ',') AS roles, cmd AS command, permissive = 'PERMISSIVE' AS permissive, qual AS using, with_check AS check
     FROM pg_policies WHERE schemaname = 'public'`,
  );
  return tables.filter(guarded).flatMap((table) => {
    const wanted: Record<string, Policy> = { ...(table.workspace ? { workspace_isolation: isolation('workspace_id') } : {}), ...furtherPolicies[table.name] };
    const have = found.filter((policy) => policy.table === table.name && policy.permissive);
    const strangers = have.filter((policy) => !(policy.name in wanted)).map((policy) => `${table.name}: policy "${policy.name}" is not among those expected`);
    const wrong = Object.entries(wanted).flatMap(([name, policy]) => {
      const is = have.find((one) => one.name === name);
      const same = is && (['roles', 'command', 'using', 'check'] as const).every((part) => is[part] === policy[part]);
      return same
        ? []
        : [`${table.name}: the policy is not what "${name}" should be: ${is ? `${is.roles} ${is.command} using ${is.using} check ${is.check}` : 'missing'}`];
    });
    return [...strangers, ...wrong];
  });
};

const keyFaults = async (client: Pick<pg.Client, 'query'>, tables: Table[]): Promise<string[]> => {
  const keys = await rows<Key>(
    client,
    `SELECT t.relname AS table, i.relname AS name, x.indisprimary AS primary,
       ARRAY(SELECT coalesce(a.attname, '?') FROM unnest(x.indkey) WITH ORDINALITY k(n, at) LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.n AND k.n > 0 ORDER BY at)::text[] AS columns
     FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
     WHERE x.indisunique AND t.relkind IN ('r', 'p') AND t.relnamespace = 'public'::regnamespace`,
  );
  return tables
    .filter((table) => table.workspace)
    .flatMap((table) => {
      const own = keys.filter((key) => key.table === table.name);
      const wrong = own.filter((key) => key.columns[0] !== 'workspace_id').map((key) => `${table.name}: ${key.name} does not start with workspace_id`);
      return own.some((key) => key.primary) ? wrong : [...wrong, `${table.name}: no primary key`];
    });
};

/** Between workspace tables the workspace must be tied to the workspace; to a person or to the workspace itself it is a plain key. */
const foreignKeyFaults = async (client: Pick<pg.Client, 'query'>): Promise<string[]> => {
  const keys = await rows<{ table: string; name: string; from: string[]; to: string[]; target: string }>(
    client,
    `SELECT t.relname AS table, c.conname AS name, r.relname AS target,
       ARRAY(SELECT attname FROM unnest(c.conkey) WITH ORDINALITY k(n, at) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = n ORDER BY at)::text[] AS from,
       ARRAY(SELECT attname FROM unnest(c.confkey) WITH ORDINALITY k(n, at) JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = n ORDER BY at)::text[] AS to
     FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid
     WHERE c.contype = 'f' AND t.relnamespace = 'public'::regnamespace`,
  );
  return keys
    .filter((key) => !(key.target in referenceTables))
    .filter((key) => key.from.indexOf('workspace_id') === -1 || key.from.indexOf('workspace_id') !== key.to.indexOf('workspace_id'))
    .map((key) => `${key.table}: ${key.name} does not carry the workspace`);
};

const viewFaults = async (client: Pick<pg.Client, 'query'>): Promise<string[]> => {
  const views = await rows<{ name: string; kind: string; invoker: boolean }>(
    client,
    `SELECT relname AS name, relkind AS kind, coalesce('security_invoker=true' = ANY (reloptions) OR 'security_invoker=on' = ANY (reloptions), false) AS invoker
     FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace`,
  );
  const functions = await rows<{ name: string }>(client, `SELECT proname AS name FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace`);
  return [
    ...views.filter((view) => view.kind === 'm').map((view) => `${view.name}: materialized views ignore policies`),
    ...views.filter((view) => view.kind === 'v' && !view.invoker).map((view) => `${view.name}: a view without security_invoker reads with its owner's rights`),
    ...functions.filter(({ name }) => !(name in ownersFunctions)).map(({ name }) => `${name}: runs as its owner`),
  ];
};

const grantFaults = async (client: Pick<pg.Client, 'query'>, tables: Table[]): Promise<string[]> => {
  const grants = await rows<Grant>(
    client,
    `SELECT c.relname AS table, a.grantee::regrole::text AS role, a.privilege_type AS privilege
     FROM pg_class c, aclexplode(c.relacl) a WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner AND a.grantee <> 0
     UNION ALL SELECT c.relname, 'PUBLIC', a.privilege_type FROM pg_class c, aclexplode(c.relacl) a WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = 0`,
  );
  const partitions = new Set(tables.filter((table) => table.partition).map((table) => table.name));
  return grants
    .filter((grant) => !isReadiness(grant))
    .flatMap(({ table, role, privilege }) => {
      const closed =
        partitions.has(table) || (role === 'tideline_app' && appMayNot[table] === null) || (role === 'tideline_system' && !SYSTEM_TABLES.includes(table));
      if (closed || role === 'PUBLIC' || role === 'tideline_queue') return [`${table}: granted to ${role} (${privilege})`];
      return role === 'tideline_app' && appMayNot[table]?.includes(privilege) ? [`${table}: ${role} may ${privilege}`] : [];
    });
};

const roleFaults = async (client: Pick<pg.Client, 'query'>): Promise<string[]> => {
  const list = RUNTIME_ROLES.map((role) => `'${role}'`).join(', ');
  const roles = await rows<{ name: string; above: boolean }>(
    client,
    `SELECT rolname AS name, rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication AS above FROM pg_roles WHERE rolname IN (${list})`,
  );
  const memberships = await rows<{ name: string; of: string }>(
    client,
    `SELECT m.member::regrole::text AS name, m.roleid::regrole::text AS of FROM pg_auth_members m WHERE m.member::regrole::text IN (${list})`,
  );
  return [
    ...RUNTIME_ROLES.filter((name) => !roles.some((role) => role.name === name)).map((name) => `${name}: the role is missing`),
    ...roles.filter((role) => role.above).map((role) => `${role.name}: superuser or may bypass policies`),
    ...memberships.map(({ name, of }) => `${name}: is a member of ${of}`),
  ];
};
