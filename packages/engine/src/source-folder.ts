import { createReadStream } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { Problem } from '@tideline/contracts/problem';
import type { Deps } from './deps.ts';
import type { FileStore, StoredFile } from './source-store.ts';

const inside = (path: string, folder: string): boolean => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
const versionOf = ({ size, mtimeMs }: { size: number; mtimeMs: number }): string => `${size}-${Math.round(mtimeMs)}`;

/** A path as it really is; links that lead out of what the operator allows are refused. */
const allowed = async (deps: Deps, path: string): Promise<string> => {
  const refused = () =>
    new Problem('rule-violated', `${path} is not a folder that sources may read: the operator of this server names such with SOURCE_FOLDERS`);
  if (deps.sources.folders.length === 0) throw refused();
  const folders = await Promise.all(deps.sources.folders.map((folder) => realpath(folder).catch(() => resolve(folder))));
  if (!folders.some((folder) => inside(resolve(path), folder)) && !deps.sources.folders.some((folder) => inside(resolve(path), resolve(folder))))
    throw refused();
  try {
    const real = await realpath(path);
    if (!folders.some((folder) => inside(real, folder))) throw refused();
    return real;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new Problem('rule-violated', `There is no folder ${path}`);
    throw error;
  }
};

/** The files of a folder the operator allows, and of the folders in it. Links are not followed. */
export const openFolder = async (deps: Deps, named: string): Promise<FileStore> => {
  const root = await allowed(deps, named);
  const walk = async function* (folder: string): AsyncGenerator<StoredFile> {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) yield* walk(path);
      else if (entry.isFile()) {
        const state = await stat(path);
        yield { key: relative(root, path), version: versionOf(state), bytes: state.size };
      }
    }
  };
  /** Checked again when it is opened: what was a file when it was listed may be a link by now. */
  const pathOf = async ({ key, version }: StoredFile): Promise<string> => {
    const path = await allowed(deps, join(root, key));
    if (versionOf(await stat(path)) !== version) throw new Problem('rule-violated', `${key} changed while it was read: it is read again`);
    return path;
  };
  return {
    list: () => walk(root),
    stream: async (file) => createReadStream(await pathOf(file), { highWaterMark: 256 * 1024 }),
    slice: async (file, start, end) => {
      const handle = await open(await pathOf(file));
      try {
        const bytes = new Uint8Array(end - start);
        await handle.read(bytes, 0, bytes.length, start);
        return bytes.buffer;
      } finally {
        await handle.close();
      }
    },
    close: () => undefined,
  };
};
