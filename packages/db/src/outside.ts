/** Reads pages out of a PostgreSQL that is not ours: read-only, bounded in time, holding no transaction between pages. */
import { isIP } from 'node:net';
import pg from 'pg';

/** Why somebody else's database could not be read, in words for the person who connects it. */
export class OutsideProblem extends Error {}

export type OutsideTarget = {
  /** As it is named, for its certificate. */
  host: string;
  /** Where to connect: checked by the caller, and not resolved again. */
  address: string;
  port: number;
  user: string;
  database: string;
  password: string;
  tls: 'off' | 'encrypt' | 'verify';
};
export type OutsideQuery = { query: string; cursor: string; tieBreak?: string | undefined };
/** A row's place in the order of reading. `tie` null: everything from this cursor on, itself included. */
export type Place = { cursor: string; tie: string | null };
export type Page = { columns: string[]; rows: string[][]; places: Place[] };
export type OutsideReader = {
  /** Columns with the types that may be a cursor named, and the first rows in any order. */
  look(limit: number): Promise<{ columns: { name: string; mayBeCursor: boolean }[]; rows: string[][] }>;
  /** Rows behind a place (null: from the first), in order. `back`: start so much before it (minutes of a time, numbers of an id). */
  page(after: Place | null, back: number, limit: number): Promise<Page>;
};

const CONNECT_MS = 10_000;
const STATEMENT_MS = 30_000;
/** Types whose order is the order of growth, by oid. `back` says how far a cursor goes back by a number. */
const CURSORS: Readonly<Record<number, { type: string; back: string | null; finite: boolean }>> = {
  20: { type: 'int8', back: '$4::numeric', finite: false },
  21: { type: 'int2', back: '$4::numeric', finite: false },
  23: { type: 'int4', back: '$4::numeric', finite: false },
  1700: { type: 'numeric', back: '$4::numeric', finite: false },
  1082: { type: 'date', back: "$4 * interval '1 minute'", finite: true },
  1114: { type: 'timestamp', back: "$4 * interval '1 minute'", finite: true },
  1184: { type: 'timestamptz', back: "$4 * interval '1 minute'", finite: true },
  2950: { type: 'uuid', back: null, finite: false },
};
const raw: pg.CustomTypesConfig = { getTypeParser: (() => (value: string) => value) as pg.CustomTypesConfig['getTypeParser'] };
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** A SELECT as a sub-select (on lines of its own, because it may end in a comment), or a table by its name. */
const fromOf = (query: string): string =>
  /^\s*(select|with|values)\b/i.test(query)
    ? `(\n${query.replace(/[\s;]+$/, '')}\n)`
    : query
        .trim()
        .split('.')
        .map((part) => (part.startsWith('"') ? part : quoted(part)))
        .join('.');

/** Opens a connection for one piece of work. Throws `OutsideProblem` for what the other side or the network refuses. */
export const readOutside = async <T>(target: OutsideTarget, wanted: OutsideQuery, work: (reader: OutsideReader) => Promise<T>): Promise<T> => {
  const client = new pg.Client({
    host: target.address,
    port: target.port,
    user: target.user,
    database: target.database,
    password: () => target.password, // a function, or an empty one would be replaced by this process's own PGPASSWORD
    ssl: target.tls === 'off' ? false : { rejectUnauthorized: target.tls === 'verify', ...(isIP(target.host) ? {} : { servername: target.host }) },
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS + 5_000,
    application_name: 'tideline source',
    keepAlive: true,
  });
  client.on('error', () => undefined); // the statement that runs hears of it as well
  try {
    await outside(target, () => client.connect());
    return await work(readerOf(client, target, wanted));
  } finally {
    await client.end().catch(() => undefined);
  }
};

const readerOf = (client: pg.Client, target: OutsideTarget, { query, cursor, tieBreak }: OutsideQuery): OutsideReader => {
  const from = fromOf(query);
  /** One statement in a read-only transaction. It has values, so it goes by the protocol that takes one statement only. */
  const ask = (text: string, values: unknown[]) =>
    outside(target, async () => {
      await client.query(
        `BEGIN READ ONLY; SET LOCAL statement_timeout = ${STATEMENT_MS}; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL extra_float_digits = 1`,
      );
      try {
        return await client.query<(string | null)[]>({ text, values, rowMode: 'array', types: raw });
      } finally {
        await client.query('ROLLBACK').catch(() => undefined);
      }
    });
  let kind: (typeof CURSORS)[number] | null = null;
  const look = async (limit: number) => {
    const { fields, rows } = await ask(`SELECT t.* FROM ${from} AS t LIMIT $1`, [limit]);
    return {
      columns: fields.map(({ name, dataTypeID }) => ({ name, mayBeCursor: dataTypeID in CURSORS })),
      rows: rows.map((row) => row.map((value) => value ?? '')),
      fields,
    };
  };
  const cursorKind = async () => {
    if (kind) return kind;
    const { fields } = await look(0);
    const field = fields.find(({ name }) => name === cursor);
    const named = (missing: string) => new OutsideProblem(`There is no column "${missing}": it has ${fields.map(({ name }) => name).join(', ')}`);
    if (!field) throw named(cursor);
    if (tieBreak && !fields.some(({ name }) => name === tieBreak)) throw named(tieBreak);
    const found = CURSORS[field.dataTypeID];
    if (!found) throw new OutsideProblem(`The column "${cursor}" cannot be the cursor: choose a time, a whole number, a decimal or a time-ordered uuid`);
    return (kind = found);
  };
  return {
    look,
    page: async (after, back, limit) => {
      const { type, back: step, finite } = await cursorKind();
      const at = `t.${quoted(cursor)}`;
      const tie = `(${tieBreak ? `coalesce(t.${quoted(tieBreak)}::text, '')` : 'md5(t::text)'} COLLATE "C")`;
      const start = `$1::${type}${step && back > 0 ? ` - ${step}` : ''}`;
      const values: unknown[] = [after?.cursor ?? null, after?.tie ?? null, limit, ...(step && back > 0 ? [back] : [])];
      const behind = `$1::${type} IS NULL OR (${at} >= ${start} AND ($2::text IS NULL OR ${at} > $1::${type} OR ${tie} > $2))`;
      const { fields, rows } = await ask(
        `SELECT t.*, ${at}::text, ${tie} FROM ${from} AS t WHERE ${at} IS NOT NULL ${finite ? `AND isfinite(${at})` : ''} AND (${behind}) ORDER BY ${at}, ${tie} LIMIT $3`,
        values,
      );
      const width = fields.length - 2;
      return {
        columns: fields.slice(0, width).map(({ name }) => name),
        rows: rows.map((row) => row.slice(0, width).map((value) => value ?? '')),
        places: rows.map((row) => ({ cursor: row[width] ?? '', tie: row[width + 1] ?? '' })),
      };
    },
  };
};

/** What to do about a refusal, by PostgreSQL's code or the network's. */
const ADVICE: Readonly<Record<string, string>> = {
  '28P01': 'change the user or password',
  '28000': 'let this user in from this address, or change the connection',
  '3D000': 'change the database in the connection',
  '42P01': 'change the query, or let the user see the table',
  '42501': 'grant this user SELECT on it',
  '57014': `it took longer than ${STATEMENT_MS / 1000} seconds: an index on the cursor column makes it fast`,
  '53300': 'it is tried again by itself',
};
const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there: check host and port',
  ETIMEDOUT: 'nothing answers there: check host, port and firewall',
  EHOSTUNREACH: 'it cannot be reached from here: check host and firewall',
  ECONNRESET: 'the connection broke off',
};

const outside = async <T>({ host, port }: OutsideTarget, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OutsideProblem || !(error instanceof Error)) throw error;
    const code = 'code' in error ? String(error.code) : '';
    if (error instanceof pg.DatabaseError) throw new OutsideProblem(ADVICE[code] ? `${error.message}: ${ADVICE[code]}` : error.message, { cause: error });
    const place = `${host}:${port}`;
    if (/does not support SSL/i.test(error.message))
      throw new OutsideProblem(`${place} does not encrypt: add ?sslmode=disable to the connection if the way there is safe`, { cause: error });
    const words = NETWORK[code] ?? (/timeout/i.test(error.message) ? NETWORK.ETIMEDOUT : undefined) ?? error.message;
    throw new OutsideProblem(`${place}: ${words}`, { cause: error });
  }
};
