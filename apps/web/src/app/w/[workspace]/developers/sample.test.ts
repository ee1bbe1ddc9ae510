import { contributionOf, meterOf, type MeterDefinition } from '@tideline/domain/meter';
import { expect, it } from 'vitest';
import { sampleEvent, snippets } from './sample.ts';

const meters: MeterDefinition[] = [
  meterOf({ eventName: 'api.call', aggregation: 'COUNT' }),
  meterOf({ eventName: 'job', aggregation: 'SUM' }),
  meterOf({ eventName: 'seen', aggregation: 'UNIQUE', valueField: 'user_id' }),
  meterOf({
    eventName: 'invoice',
    aggregation: 'SUM',
    valueField: 'quantity',
    filter: [
      { field: 'properties.no', op: 'not_starts_with', value: 'C' },
      { field: 'properties.plan', op: 'in', value: ['pro', 'team'] },
    ],
    activityFilter: [{ field: 'properties.price', op: 'gt', value: 0 }],
  }),
];

it.each(meters)('makes an event that is usage: $eventName', (meter) => {
  const { event, value, properties } = sampleEvent(meter, null);
  const added = contributionOf({ event, value: value === undefined ? null : String(value), properties: properties ?? {} }, meter);
  expect(added).toMatchObject({ active: true });
});

it('quotes what a shell would read', () => {
  const sample = { ...sampleEvent(null, "o'hara"), id: '1' };
  expect(snippets.curl.code({ address: 'http://localhost:3000', key: 'k', sample })).toContain(`"account":"o'\\''hara"`);
});
