import type { Operation } from '@tideline/contracts/operation';
import { operations, type OperationName } from '@tideline/contracts/operations';
import { may, ROLES } from '@tideline/domain/role';
import { openWorld } from '@tideline/testkit/build';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { testApi } from './api.fixture.ts';
import { wallCases, type Asked } from './wall-cases.fixture.ts';
import { aFullWorkspace, fingerprint, ID_KINDS, missingIds, type Full, type IdKind, type Ids } from './wall-world.fixture.ts';

const world = await openWorld();
const { deps, api } = testApi(world.urls);
afterAll(() => deps.close());

type Way = 'person' | 'key';
type Answer = { status: number; text: string };
const all = Object.entries<Operation>(operations) as [OperationName, Operation][];
const waysOf = (operation: Operation): Way[] => [...(operation.permission ? (['person'] as const) : []), ...(operation.key ? (['key'] as const) : [])];
const casesOf = (name: OperationName): readonly ((ids: Ids) => Asked)[] => wallCases[name];

const send = async (operation: Operation, asked: Asked, base: string, headers: Record<string, string>): Promise<Answer> => {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(asked.params?.[name] ?? ''));
  const query = new URLSearchParams(asked.query).toString();
  const answer = await api.request(`${deps.baseUrl}${base}${path}${query ? `?${query}` : ''}`, {
    method: operation.method,
    headers: { ...headers, ...(operation.body ? { 'content-type': 'application/json' } : {}) },
    ...(operation.body ? { body: JSON.stringify(asked.body ?? {}) } : {}),
  });
  return { status: answer.status, text: await answer.text() };
};
const person = (userId: string | null) => ({ origin: deps.baseUrl, ...(userId ? { 'x-test-person': userId } : {}) });
const askAs = (way: Way, from: Full, operation: Operation, asked: Asked): Promise<Answer> =>
  way === 'person'
    ? send(operation, asked, `/api/v1/w/${from.slug}`, person(from.admin))
    : send(operation, asked, '/api/v1', { authorization: `Bearer ${from.key}` });

/** The kinds of id a case names. */
const kindsIn = (build: (ids: Ids) => Asked): IdKind[] => {
  const touched = new Set<IdKind>();
  build(new Proxy(missingIds(), { get: (ids, kind: IdKind) => (touched.add(kind), ids[kind]) }));
  return [...touched];
};

/** An answer without what differs by chance: ids, texts of the own workspace, times, secrets. */
const plain = (answer: Answer, own: Full, asked: Ids): Answer => {
  let text = answer.text;
  for (const kind of ID_KINDS) text = text.replaceAll(asked[kind], `<${kind}>`).replaceAll(own.ids[kind], `<own ${kind}>`);
  text = text
    .replaceAll(own.mark, '<own>')
    .replaceAll(own.admin, '<admin>')
    .replaceAll(own.workspaceId, '<workspace>')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<new id>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/whsec_[\w+/=]+|tl_[\w-]+|…[\w-]{4}/g, '<secret>');
  return { status: answer.status, text };
};

let foreign: Full;
let untouched: string;
beforeAll(async () => {
  foreign = await aFullWorkspace(world);
  untouched = await fingerprint(world, foreign);
});

/** Nothing of the other workspace may be in an answer, except what was asked with. */
const shows = (answer: Answer, asked: Asked): string[] => {
  const said = JSON.stringify(asked);
  return [foreign.mark, foreign.workspaceId, foreign.admin, ...Object.values(foreign.ids)].filter((text) => answer.text.includes(text) && !said.includes(text));
};

describe.each(all)('%s', (name, operation) => {
  test.each(waysOf(operation))('with another workspace’s ids answers a %s exactly as with ids that do not exist', async (way) => {
    for (const build of casesOf(name)) {
      for (const kind of kindsIn(build)) {
        const ask = async (id: string): Promise<Answer> => {
          const own = await aFullWorkspace(world); // for each its own: what one changes the other must not find
          const ids = { ...own.ids, [kind]: id };
          const answer = await askAs(way, own, operation, build(ids));
          expect(shows(answer, build(ids))).toEqual([]);
          expect(answer.status).toBeLessThan(500);
          return plain(answer, own, ids);
        };
        const [theirs, nobodys] = await Promise.all([ask(foreign.ids[kind]), ask(missingIds()[kind])]);
        expect(theirs, `${kind} of another workspace`).toEqual(nobodys);
      }
    }
    expect(await fingerprint(world, foreign)).toBe(untouched);
    expect(JSON.stringify(deps.jobs.asked)).not.toContain(foreign.workspaceId);
  });

  test.each(waysOf(operation))('works for a %s with their own, so that the wall is what stopped it', async (way) => {
    for (const build of casesOf(name)) {
      const own = await aFullWorkspace(world);
      const answer = await askAs(way, own, operation, build(own.ids));
      expect(shows(answer, {})).toEqual([]);
      // What needs a state these rows are not in is refused for that reason, never as malformed or missing.
      const fine = answer.status < 300 || needsMore.has(name);
      expect(fine, `${answer.status} ${answer.text.slice(0, 300)}`).toBe(true);
    }
  });

  test('is tried with a foreign id wherever it takes one', () => {
    const builds = casesOf(name).map((build) => build(foreign.ids));
    const places = [...idPlaces('params', operation.params), ...idPlaces('query', operation.query), ...idPlaces('body', operation.body)];
    const ids = Object.values(foreign.ids);
    const covered = (path: string[]) => builds.some((asked) => valuesAt(asked, path).some((value) => ids.some((id) => String(value).includes(id))));
    expect(places.filter((path) => !covered(path)).map((path) => path.join('.'))).toEqual([]);
  });
});

/** Operations whose own run is refused in the state these workspaces are in: no draft, no earlier draft, no uploaded file, no database to read, no usage, no closed day, nothing said against the model, a backtest that runs. */
const needsMore = new Set<OperationName>([
  'publishModel',
  'discardModelDraft',
  'uploadImport',
  'previewImport',
  'startImport',
  'createSource',
  'changeSource',
  'lookIntoSource',
  'previewSource',
  'replaceEvent',
  'endOverride',
  'accountMoved',
  'accountOnDay',
  'startBacktest',
  'downloadBacktest',
  'startWeightFit',
  'draftWeightFit',
]);

describe.each(all.filter(([, operation]) => operation.permission))('%s', (name, operation) => {
  const [build] = casesOf(name);
  const asked = (ids: Ids) => build?.(ids) ?? {};

  test('answers a member of another workspace exactly as if this one did not exist', async () => {
    const own = await aFullWorkspace(world);
    const theirs = await send(operation, asked(foreign.ids), `/api/v1/w/${foreign.slug}`, person(own.admin));
    const nowhere = await send(operation, asked(foreign.ids), '/api/v1/w/never-was', person(own.admin));
    expect(theirs).toEqual(nowhere);
    expect(theirs.status).toBe(404);
    expect(await fingerprint(world, foreign)).toBe(untouched);
  });

  test('needs a session, the right role and our own origin', async () => {
    const own = await aFullWorkspace(world);
    const base = `/api/v1/w/${own.slug}`;
    expect((await send(operation, asked(own.ids), base, person(null))).status).toBe(401);
    for (const role of ROLES.filter((one) => !may(one, operation.permission as NonNullable<Operation['permission']>))) {
      await world.arrange('UPDATE membership SET role = $3 WHERE workspace_id = $1 AND user_id = $2', [own.workspaceId, own.ids.member, role]);
      const refused = await send(operation, asked(own.ids), base, person(own.ids.member));
      expect([role, refused.status]).toEqual([role, 403]);
    }
    if (operation.method === 'GET') return;
    for (const origin of ['https://elsewhere.example', undefined]) {
      const headers = { 'x-test-person': own.admin, ...(origin ? { origin } : {}) };
      expect(JSON.parse((await send(operation, asked(own.ids), base, headers)).text)).toMatchObject({ status: 403, code: 'wrong-origin' });
    }
  });
});

describe.each(all.filter(([, operation]) => operation.key))('%s', (name, operation) => {
  const [build] = casesOf(name);
  test('needs a key of its scope that is in force', async () => {
    const own = await aFullWorkspace(world);
    const asked = build?.(own.ids) ?? {};
    const withKey = async () => (await send(operation, asked, '/api/v1', { authorization: `Bearer ${own.key}` })).status;
    for (const headers of [{}, { authorization: 'Bearer nonsense' }, { authorization: `Bearer ${own.key}x` }]) {
      expect((await send(operation, asked, '/api/v1', headers)).status).toBe(401);
    }
    const scopes = ['ingest', 'read', 'manage'].filter((scope) => scope !== operation.key);
    await world.arrange('UPDATE api_key SET scopes = $2 WHERE workspace_id = $1', [own.workspaceId, scopes]);
    expect(await withKey()).toBe(403);
  });
});

type Schema = { properties?: Record<string, Schema>; items?: Schema; anyOf?: Schema[]; oneOf?: Schema[]; allOf?: Schema[]; format?: string; $ref?: string };

/** Where a part of an operation takes ids: every path parameter, and every uuid in query and body. */
function idPlaces(part: 'params' | 'query' | 'body', schema: z.ZodType | undefined): string[][] {
  if (!schema) return [];
  if (part === 'params') return Object.keys((schema as z.ZodObject).shape).map((name) => ['params', name]);
  const both = (['input', 'output'] as const).map((io) => z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Schema);
  const found = new Map(both.flatMap((one) => uuidsIn(one, [part])).map((path) => [path.join('.'), path]));
  return [...found.values()];
}

function uuidsIn(schema: Schema, path: string[]): string[][] {
  if (schema.format === 'uuid') return [path];
  const inside = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? []), ...(schema.items ? [schema.items] : [])];
  return [...inside.flatMap((one) => uuidsIn(one, path)), ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) => uuidsIn(one, [...path, name]))];
}

/** The values at a path, through lists. */
function valuesAt(value: unknown, path: string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, path));
  const [name, ...rest] = path;
  if (name === undefined) return value === undefined ? [] : [value];
  return typeof value === 'object' && value !== null ? valuesAt((value as Record<string, unknown>)[name], rest) : [];
}
