import type { Triage } from '@tideline/contracts/triage';
import { plainText } from '@tideline/domain/sentence';
import type { Deps, Who } from './deps.ts';
import { everyRow } from './triage.ts';
import type { ReplyRow } from './triage-row.ts';

const exact = (value: number | null): string => (value === null ? '' : String(Math.round(value * 100) / 100));

/** Head → cell, in order: figures exact, codes as in the API, so that the file can be read back. */
const columns = {
  account: (row) => row.externalId,
  name: (row) => row.name,
  owner: (row) => row.owner?.name ?? '',
  industry: (row) => row.industry ?? '',
  plan: (row) => row.plan ?? '',
  region: (row) => row.region ?? '',
  segment: (row) => row.segment,
  segment_since: (row) => row.segmentSince,
  health: (row) => exact(row.health),
  band: (row) => row.band ?? '',
  health_change_28d: (row) => exact(row.delta28),
  why: (row) => row.heading,
  reason: (row) => plainText(row.reason.map(({ text }) => ({ text }))),
  next_action: (row) => row.nextAction,
  run_rate: (row) => row.runRate ?? '',
  at_stake_90d: (row) => row.stake,
  open_alerts: (row) => String(row.alerts),
  commitment_used: (row) => exact(row.commitment?.used ?? null),
  commitment_plan: (row) => exact(row.commitment?.plan ?? null),
  last_touch: (row) => row.lastTouch?.day ?? '',
  snoozed_until: (row) => row.snoozed?.until ?? '',
  done_on: (row) => row.done?.day ?? '',
} as const satisfies Record<string, (row: ReplyRow) => string>;

/** A cell of RFC 4180; what a spreadsheet would take for a formula is quoted as text. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** The filtered list as CSV, streamed: the first lines leave before the last are read. */
export const exportCsv = (deps: Deps, who: Who, query: Triage['Ordered']): Response => {
  const pages = everyRow(deps, who, query);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${line(Object.keys(columns))}`)),
    pull: async (controller) => {
      const { value, done } = await pages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map((row) => line(Object.values(columns).map((of) => of(row)))).join('')));
    },
    cancel: async () => void (await pages.return(undefined)),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="triage.csv"', 'cache-control': 'no-store' },
  });
};
