import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { openApiDocument } from '@tideline/contracts/openapi';
import { problems } from '@tideline/contracts/problem';
import type { Readiness } from '@tideline/engine/health';
import type { Hono } from 'hono';

/** The files of the reader, by the name they are served under. All from the installed package: nothing from outside. */
const readerFiles = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const satisfies Record<string, string>;

const START = `window.onload = () => SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#operations', deepLinking: true, docExpansion: 'none',
  defaultModelsExpandDepth: 0, filter: true, validatorUrl: null });`;

const codes = Object.entries(problems)
  .map(([code, { status, title }]) => `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`)
  .join('');

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tideline API</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/api/swagger-ui.css">
<style>body{margin:0;font-family:system-ui,sans-serif;color:#1c2024;background:#fff}main{max-width:1200px;margin:0 auto;padding:24px 20px}
table{border-collapse:collapse;font-size:14px}td,th{text-align:left;padding:4px 16px 4px 0;border-bottom:1px solid #e4e4e7}
tr:target{background:#fff4d6}.swagger-ui .information-container{display:none}</style></head>
<body><main><h1>Tideline API</h1><p>The same description as data: <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
<p>Keys are sent as <code>Authorization: Bearer tl_…</code>; each belongs to one workspace. The same operations are served below
<code>/api/v1/w/{workspace}</code> for people who are signed in.</p>
<div id="operations"></div><h2>Error codes</h2><p>Every error is <code>application/problem+json</code> with one of these codes.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead><tbody>${codes}</tbody></table></main>
<script src="/docs/api/swagger-ui-bundle.js"></script><script src="/docs/api/start.js"></script></body></html>`;

const CACHE = 'public, max-age=300';

/** Bytes under a content type, gzipped for whoever takes it; kept, because they never change while we run. */
const served = (type: string, make: () => Promise<string | Buffer>) => {
  let kept: Promise<{ plain: Uint8Array<ArrayBuffer>; packed: Uint8Array<ArrayBuffer> }> | undefined;
  return async (request: Request): Promise<Response> => {
    kept ??= make().then((made) => ({ plain: new Uint8Array(Buffer.from(made)), packed: new Uint8Array(gzipSync(made)) }));
    const { plain, packed } = await kept;
    const gzip = request.headers.get('accept-encoding')?.includes('gzip') ?? false;
    const headers = { 'content-type': type, 'cache-control': CACHE, vary: 'accept-encoding', ...(gzip ? { 'content-encoding': 'gzip' } : {}) };
    return new Response(gzip ? packed : plain, { headers });
  };
};

/** The description of the API for machines and for people, readable without the internet. */
export const mountDocs = (app: Hono, baseUrl: string): void => {
  const { resolve } = createRequire(import.meta.url);
  const get = (path: string, serve: (request: Request) => Promise<Response>) => app.get(path, (c) => serve(c.req.raw));
  get(
    '/api/openapi.json',
    served('application/json', async () => JSON.stringify(openApiDocument(baseUrl))),
  );
  get(
    '/docs/api',
    served('text/html; charset=utf-8', async () => PAGE),
  );
  get(
    '/docs/api/start.js',
    served('text/javascript; charset=utf-8', async () => START),
  );
  for (const [file, type] of Object.entries(readerFiles))
    get(
      `/docs/api/${file}`,
      served(type, () => readFile(resolve(`swagger-ui-dist/${file}`))),
    );
};

/** `live`: the process answers. `ready`: it can do its work, or what keeps it from it. */
export const mountHealth = (app: Hono, ready: () => Promise<Readiness>): void => {
  app.get('/api/health/live', (c) => c.json({ live: true }, 200, { 'cache-control': 'no-store' }));
  app.get('/api/health/ready', async (c) => {
    const state = await ready();
    return c.json(state, state.ready ? 200 : 503, { 'cache-control': 'no-store' });
  });
};
