import type { Mapped } from '@tideline/contracts/import';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import type { Connection, sourceOperations } from '@tideline/contracts/source';
import { OutsideProblem, readOutside } from '@tideline/db/outside';
import { sources } from '@tideline/db/read/source';
import { withWorkspace } from '@tideline/db/workspace';
import type { Deps, Who } from './deps.ts';
import { firstRows, previewOf, readerOf } from './import.ts';
import { columnsIn } from './source-columns.ts';
import { firstFile } from './source-files.ts';
import { openFile } from './source-format.ts';
import { keptSecret, postgresTarget, withoutSecret } from './source-target.ts';

type Ops = typeof sourceOperations;
const SAMPLE_ROWS = 20;

type Looked = { columns: string[]; rows: string[][]; cursors: string[]; place: string };

/** Tries a connection: its columns and first rows, or a `rule-violated` that says what is wrong with it. */
const look = async (deps: Deps, connection: Connection, secret: string, wanted: readonly string[]): Promise<Looked> => {
  try {
    if (connection.connector !== 'postgres') {
      const { store, file } = await firstFile(deps, connection, secret);
      try {
        const rows = await openFile(store, file, wanted, 0);
        return { columns: [...rows.columns], rows: await firstRows(rows, SAMPLE_ROWS), cursors: [], place: file.key };
      } finally {
        store.close();
      }
    }
    const target = await postgresTarget(deps, connection, secret);
    return await readOutside(target, connection, async (reader) => {
      const { columns, rows } = await reader.look(SAMPLE_ROWS);
      const names = columns.map(({ name }) => name);
      const twice = names.find((name, i) => names.indexOf(name) !== i);
      if (twice !== undefined) throw new OutsideProblem(`Two columns are called "${twice}": give one another name in the query`);
      return { columns: names, rows, cursors: columns.filter(({ mayBeCursor }) => mayBeCursor).map(({ name }) => name), place: target.database };
    });
  } catch (error) {
    if (error instanceof OutsideProblem) throw new Problem('rule-violated', error.message);
    throw error;
  }
};

type Reached = { connection: Connection; secret?: string | undefined; id?: string | undefined };

/** The connection without its secret, and the secret: as it was given, or as the source keeps it. */
const reach = async (deps: Deps, who: Who, { connection: given, secret, id }: Reached) => {
  const { connection, secret: inUrl } = withoutSecret(given);
  if (secret !== undefined || inUrl !== null || id === undefined) return { connection, secret: secret ?? inUrl ?? '' };
  const [row] = await withWorkspace(deps.db, who.workspaceId, (tx) => sources(tx, id));
  if (!row) throw new Problem('not-found', 'There is no such source');
  return { connection, secret: await keptSecret(deps, who.workspaceId, id, connection) };
};

/** Tries a connection and shows what stands there, so that a mapping can be made. */
export const lookInto = async (deps: Deps, who: Who, body: BodyOf<Ops['lookIntoSource']>) => {
  const { connection, secret } = await reach(deps, who, body);
  const { rows: sample, ...found } = await look(deps, connection, secret, []);
  return { ...found, sample };
};

/** The first twenty rows as a mapping reads them, with what is wrong with each. */
export const preview = async (deps: Deps, who: Who, body: BodyOf<Ops['previewSource']>) => {
  const { connection, secret } = await reach(deps, who, body);
  const { columns, rows } = await look(deps, connection, secret, columnsIn(body.mapping));
  return previewOf(deps, who, body, columns, rows);
};

/** Checks that a connection answers, its cursor may be one, and a mapping fits its columns; throws `rule-violated`. */
export const readerOfLook = async (deps: Deps, who: Who, connection: Connection, secret: string, mapped: Mapped): Promise<void> => {
  const { columns, cursors } = await look(deps, connection, secret, columnsIn(mapped.mapping));
  if (connection.connector === 'postgres') {
    for (const name of [connection.cursor, ...(connection.tieBreak ? [connection.tieBreak] : [])])
      if (!columns.includes(name)) throw new Problem('rule-violated', `There is no column "${name}": it has ${columns.join(', ')}`);
    if (!cursors.includes(connection.cursor))
      throw new Problem(
        'rule-violated',
        `The column "${connection.cursor}" cannot be the cursor: choose a time, a whole number, a decimal or a time-ordered uuid`,
      );
  }
  readerOf(mapped, columns, 'UTC', deps.now());
};
