import { checkEvent } from '@tideline/contracts/ingest-event';
import { isStorable } from '@tideline/contracts/ingest-properties';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binaryCloudEvent, cloudEventSteps } from './cloudevents.ts';
import { otlpSteps } from './otlp.ts';
import { placing } from './placing.ts';
import { posthogMessages, posthogSteps, posthogToken } from './posthog.ts';
import { segmentMessages, segmentSteps } from './segment.ts';
import { fieldsOf, type Step } from './step.ts';

const NOW = Date.UTC(2026, 10, 22);

const CE_NAMES = ['specversion', 'id', 'source', 'type', 'subject', 'time', 'data', 'data_base64', 'value', 'ce-id'];
const CE_TEXTS = ['1.0', '0.3', '/s', 'a b', 'acme', 'eyJ2YWx1ZSI6MX0=', '%E0%A4%A', '', '\0', '\ud800', 'x'.repeat(300)];

const PH_NAMES = [
  'event',
  'uuid',
  'distinct_id',
  'properties',
  '$groups',
  '$group_type',
  '$group_key',
  '$group_set',
  'company',
  'alias',
  'batch',
  'timestamp',
  'value',
];
const PH_TEXTS = ['$groupidentify', '$create_alias', '$pageview', 'use', 'company', 'team', 'acme', '', '\0', '\ud800', 'x'.repeat(300)];

const OT_NAMES = [
  'resourceMetrics',
  'resource',
  'attributes',
  'key',
  'value',
  'stringValue',
  'intValue',
  'scopeMetrics',
  'metrics',
  'name',
  'sum',
  'gauge',
  'histogram',
  'dataPoints',
  'asInt',
  'timeUnixNano',
  'aggregationTemporality',
  'flags',
];
const OT_TEXTS = ['tideline.account', 'acme', '1795387300370000000', '12', '', '\0', '\ud800', 'x'.repeat(300)];

/** Any JSON, with the names that clients use often enough to be reached. */
const NAMES = [
  'type',
  'batch',
  'event',
  'userId',
  'anonymousId',
  'groupId',
  'previousId',
  'messageId',
  'timestamp',
  'context',
  'traits',
  'company',
  'id',
  'name',
];
const TEXTS = [
  'track',
  'group',
  'identify',
  'alias',
  'page',
  'screen',
  'u',
  'acme',
  '',
  '\0',
  '\ud800',
  '2026-11-21T10:00:00Z',
  '-271821-04-20',
  'x'.repeat(300),
];
const wild = (names: readonly string[], texts: readonly string[]) =>
  fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom<unknown>(...texts),
      fc.constantFrom<unknown>(null, true, 0, -1, 1e300, 12.5),
      fc.string(),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...names, '__proto__', 'constructor'), fc.string()), tie('any'), { maxKeys: 8 }),
    ),
  })).any;

const mappings: Record<string, { names: string[]; texts: string[]; steps: (body: unknown) => readonly Step[] }> = {
  'segment batch': { names: NAMES, texts: TEXTS, steps: (body) => segmentSteps(segmentMessages('batch', { batch: [body] }) ?? [], NOW) },
  'segment track': { names: NAMES, texts: TEXTS, steps: (body) => segmentSteps(segmentMessages('track', body) ?? [], NOW) },
  'segment group': { names: NAMES, texts: TEXTS, steps: (body) => segmentSteps(segmentMessages('group', body) ?? [], NOW) },
  'cloudevents batch': { names: CE_NAMES, texts: CE_TEXTS, steps: (body) => cloudEventSteps([body]) },
  'cloudevents binary': {
    names: CE_NAMES,
    texts: CE_TEXTS,
    steps: (body) =>
      cloudEventSteps([
        binaryCloudEvent(
          Object.entries(fieldsOf(body)).map(([name, value]) => [`ce-${name}`, typeof value === 'string' ? value : JSON.stringify(value)]),
          body,
        ),
      ]),
  },
  'posthog body': { names: PH_NAMES, texts: PH_TEXTS, steps: (body) => (posthogToken(body), posthogSteps(posthogMessages(body) ?? [], null)) },
  'posthog event': { names: PH_NAMES, texts: PH_TEXTS, steps: (body) => posthogSteps([body], 'team') },
  'otlp body': { names: OT_NAMES, texts: OT_TEXTS, steps: otlpSteps },
  'otlp metric': {
    names: OT_NAMES,
    texts: OT_TEXTS,
    steps: (body) => otlpSteps({ resourceMetrics: [{ resource: body, scopeMetrics: [{ metrics: [body, { name: body, sum: { dataPoints: [body] } }] }] }] }),
  },
};

describe.each(Object.entries(mappings))('%s', (_, { names, texts, steps }) => {
  it('takes any JSON: what comes of it can be checked, and what it says of accounts can be stored', () => {
    fc.assert(
      fc.property(wild(names, texts), (body) => {
        for (const step of steps(body)) {
          if (step.do === 'event') checkEvent(step.event, NOW);
          else if (step.do === 'account') expect(isStorable(JSON.stringify(step.account.fields) + Object.values(step.account).join(''))).toBe(true);
          else if (step.do === 'place') expect([step.user, step.account].every(isStorable) && step.atMs > 0 && step.atMs <= NOW + 86_400_000).toBe(true);
          else expect([step.from, step.into].every(isStorable)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('placing', () => {
  const placement = fc.record({ user: fc.constantFrom('a', 'b'), account: fc.constantFrom('x', 'y', 'z'), atMs: fc.integer({ min: 1, max: 9 }) });
  const placements = fc.uniqueArray(placement, { selector: ({ user, atMs }) => `${user} ${atMs}` });

  it('answers as a search through all placements does, known before or said now', () => {
    fc.assert(
      fc.property(placements, fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 20 }), (all, ms, cut) => {
        const steps = all.slice(cut).map((one) => ({ do: 'place', ...one }) as const);
        const { accountAt, added } = placing(all.slice(0, cut), steps);
        const own = all.filter(({ user }) => user === 'a').toSorted((p, q) => p.atMs - q.atMs);
        const expected = own.findLast(({ atMs }) => atMs <= ms) ?? own[0];
        expect(accountAt('a', ms)).toBe(expected?.account ?? null);
        // What is added is enough to answer the same from then on.
        expect(placing([...all.slice(0, cut), ...added], []).accountAt('a', ms)).toBe(expected?.account ?? null);
      }),
      { numRuns: 3_000 },
    );
  });

  it('an alias knows what was known of the one before, and keeps its own', () => {
    const known = [
      { user: 'old', account: 'x', atMs: 1 },
      { user: 'new', account: 'y', atMs: 5 },
    ];
    const { accountAt, added } = placing(known, [{ do: 'alias', from: 'old', into: 'new' }]);
    expect([accountAt('new', 2), accountAt('new', 6), accountAt('old', 9)]).toEqual(['x', 'y', 'x']);
    expect(added).toEqual([{ user: 'new', account: 'x', atMs: 1 }]);
  });
});
