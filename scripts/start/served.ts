/** Whether the product answers as a person would find it. */
import type { Settings } from './settings.ts';

const LIMIT_MS = 120_000;

const isReady = async (url: string): Promise<boolean> => {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await reply.body?.cancel();
    return reply.ok;
  } catch {
    return false; // not listening yet; the limit below has the last word
  }
};

/** Resolves when /api/health/ready answers 200; throws after two minutes. */
export const waitUntilServed = async (settings: Pick<Settings, 'host' | 'port'>): Promise<void> => {
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${settings.port}/api/health/ready`;
  for (const end = Date.now() + LIMIT_MS; Date.now() < end; await new Promise((wake) => setTimeout(wake, 100))) {
    if (await isReady(url)) return;
  }
  throw new Error(`${url} did not say it is ready within ${LIMIT_MS / 1_000} seconds.`);
};
