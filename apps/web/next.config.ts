import { join } from 'node:path';
import type { NextConfig } from 'next';

const root = join(import.meta.dirname, '../..');

export default {
  outputFileTracingRoot: root,
  turbopack: { root },
  // BullMQ's ESM build cannot require('pg') once it is bundled.
  serverExternalPackages: ['bullmq', 'ioredis'],
  // Opened as 127.0.0.1 while it listens as localhost, the dev page would never hydrate.
  allowedDevOrigins: ['127.0.0.1'],
  poweredByHeader: false,
} satisfies NextConfig;
