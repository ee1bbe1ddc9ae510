import { Readable } from 'node:stream';
import type { importOperations } from '@tideline/contracts/import';
import * as imports from '@tideline/engine/import';
import type { Routes } from '../serve.ts';

const inBytes = async function* (lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const line of lines) yield encoder.encode(line);
};

export const importRoutes = {
  uploadImport: ({ deps, who, query, request }) => imports.upload(deps, who, request.body, query.fileName),
  previewImport: ({ deps, who, body }) => imports.preview(deps, who, body),
  startImport: ({ deps, who, body }) => imports.start(deps, who, body),
  listImports: async ({ deps, who }) => ({ items: await imports.list(deps, who) }),
  getImport: ({ deps, who, params }) => imports.get(deps, who, params.id),
  cancelImport: async ({ deps, who, params }) => {
    await imports.cancel(deps, who, params.id);
    return {};
  },
  exportRejects: async ({ deps, who, params }) => {
    const { fileName, lines } = await imports.rejectLines(deps, who, params.id);
    const headers = { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${fileName}"`, 'cache-control': 'no-store' };
    return new Response(Readable.toWeb(Readable.from(inBytes(lines))) as ReadableStream<Uint8Array>, { headers });
  },
} satisfies Routes<typeof importOperations>;
