import { openWorld } from '@tideline/testkit/build';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { faultsIn } from './schema-faults.fixture.ts';

const world = await openWorld();
const owner = new pg.Client({ connectionString: world.urls.ownerUrl });
await owner.connect();
owner.on('error', () => undefined); // the database is dropped under it
afterAll(() => owner.end());

/** What the check says with some DDL applied, which is then taken back. */
const faultsAfter = async (ddl: string): Promise<string[]> => {
  await owner.query('BEGIN');
  try {
    await owner.query(ddl);
    return await faultsIn(owner);
  } finally {
    await owner.query('ROLLBACK');
  }
};

const good = `CREATE TABLE planted (workspace_id uuid NOT NULL REFERENCES workspace(id), id uuid NOT NULL, account_id uuid, PRIMARY KEY (workspace_id, id));
  SELECT guard_table('planted'); GRANT SELECT, INSERT, UPDATE, DELETE ON planted TO tideline_app;`;

it('finds nothing wrong with the tables as they are', async () => {
  expect(await faultsIn(owner)).toEqual([]);
});

it('finds nothing wrong with a further table that is as it should be', async () => {
  expect(await faultsAfter(good)).toEqual([]);
});

describe('a planted mistake is found', () => {
  const planted: [what: string, ddl: string, fault: RegExp][] = [
    ['no policy', 'CREATE TABLE planted (workspace_id uuid, id uuid, PRIMARY KEY (workspace_id, id))', /planted: row-level security is not enabled and forced/],
    ['security not forced', `${good} ALTER TABLE planted NO FORCE ROW LEVEL SECURITY`, /planted: row-level security is not enabled and forced/],
    [
      'a policy that lets everything through',
      `${good} DROP POLICY workspace_isolation ON planted; CREATE POLICY workspace_isolation ON planted USING (true)`,
      /planted: the policy is not/,
    ],
    ['a second, permissive policy', `${good} CREATE POLICY more ON planted USING (true)`, /planted: policy "more" is not among those expected/],
    [
      'a permissive policy for another role',
      `${good} CREATE POLICY more ON planted TO tideline_system USING (true)`,
      /planted: policy "more" is not among those expected/,
    ],
    [
      'a primary key without the workspace',
      `${good} ALTER TABLE planted DROP CONSTRAINT planted_pkey; ALTER TABLE planted ADD PRIMARY KEY (id)`,
      /planted_pkey does not start with workspace_id/,
    ],
    ['no primary key', `${good} ALTER TABLE planted DROP CONSTRAINT planted_pkey`, /planted: no primary key/],
    [
      'a unique index without the workspace',
      `${good} CREATE UNIQUE INDEX planted_once ON planted (account_id)`,
      /planted_once does not start with workspace_id/,
    ],
    [
      'a foreign key that may cross over',
      `${good} CREATE UNIQUE INDEX account_alone ON account (id); ALTER TABLE planted ADD CONSTRAINT planted_account FOREIGN KEY (account_id) REFERENCES account (id)`,
      /planted_account does not carry the workspace/,
    ],
    [
      'a foreign key that ties the workspace to another column',
      `${good} ALTER TABLE planted ADD COLUMN other uuid; ALTER TABLE planted ADD CONSTRAINT planted_account FOREIGN KEY (other, account_id) REFERENCES account (workspace_id, id)`,
      /planted_account does not carry the workspace/,
    ],
    [
      'a workspace that may be missing',
      `${good} ALTER TABLE planted DROP CONSTRAINT planted_pkey; ALTER TABLE planted ALTER COLUMN workspace_id DROP NOT NULL`,
      /planted: workspace_id may be null/,
    ],
    ['a table without a workspace', 'CREATE TABLE planted (id uuid PRIMARY KEY)', /planted: no workspace_id, and not a reference table/],
    ['a materialized view', 'CREATE MATERIALIZED VIEW planted AS SELECT workspace_id FROM account', /planted: materialized views ignore policies/],
    ['a view with its owner’s rights', 'CREATE VIEW planted AS SELECT workspace_id FROM account', /planted: a view without security_invoker/],
    [
      'a partition that is open by name',
      `SELECT make_event_partition('2031-05-01'); GRANT SELECT ON event_203105 TO tideline_app`,
      /event_203105: granted to tideline_app/,
    ],
    [
      'a partition without a policy',
      `SELECT make_event_partition('2031-05-01'); ALTER TABLE event_203105 DISABLE ROW LEVEL SECURITY`,
      /event_203105: row-level security is not enabled and forced/,
    ],
    ['a role that bypasses policies', 'ALTER ROLE tideline_app BYPASSRLS', /tideline_app: superuser or may bypass/],
    ['a superuser', 'ALTER ROLE tideline_system SUPERUSER', /tideline_system: superuser or may bypass/],
    [
      'a role that owns a table',
      `${good} GRANT CREATE ON SCHEMA public TO tideline_app; ALTER TABLE planted OWNER TO tideline_app`,
      /planted: owned by tideline_app/,
    ],
    ['a role that is another', 'GRANT tideline_system TO tideline_app', /tideline_app: is a member of tideline_system/],
    [
      'a function that runs as its owner',
      `CREATE FUNCTION planted() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM account'`,
      /planted: runs as its owner/,
    ],
    ['secrets of sign-in granted to the app', 'GRANT SELECT ON password_reset TO tideline_app', /password_reset: granted to tideline_app/],
    ['an audit log that can be rewritten', 'GRANT UPDATE ON audit_log TO tideline_app', /audit_log: tideline_app may UPDATE/],
    ['workspace data granted to the system role', 'GRANT SELECT ON account TO tideline_system', /account: granted to tideline_system/],
  ];
  it.each(planted)('%s', async (_, ddl, fault) => {
    expect((await faultsAfter(ddl)).join('\n')).toMatch(fault);
  });
});

it('the door shows one workspace, and nothing without it', async () => {
  const [one, other] = await Promise.all(
    ['one', 'other'].map(async (slug) => (await world.arrange(`INSERT INTO workspace (slug, name) VALUES ($1, $1) RETURNING id`, [slug]))[0]?.id as string),
  );
  await world.arrange(`INSERT INTO account (workspace_id, external_id, name) VALUES ($1, 'a', 'A'), ($2, 'b', 'B')`, [one, other]);
  const app = new pg.Client({ connectionString: world.urls.appUrl });
  await app.connect();
  app.on('error', () => undefined);
  try {
    expect((await app.query('SELECT * FROM account')).rowCount).toBe(0);
    await app.query('BEGIN');
    await app.query(`SET LOCAL app.workspace_id = '${one}'`);
    expect((await app.query('SELECT external_id FROM account')).rows).toEqual([{ external_id: 'a' }]);
    await expect(app.query(`INSERT INTO account (workspace_id, external_id, name) VALUES ($1, 'c', 'C')`, [other])).rejects.toMatchObject({ code: '42501' });
    await app.query('ROLLBACK');
    expect((await app.query('SELECT * FROM account')).rowCount).toBe(0);
  } finally {
    await app.end();
  }
});
