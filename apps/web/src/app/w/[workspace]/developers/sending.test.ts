import { Script } from 'node:vm';
import { expect, it } from 'vitest';
import { sendings } from './sending.ts';

const sample = { id: 'x', account: "o'hara \\ co", event: "job's run", value: 12, properties: { 'a b': "it's", n: 2, yes: true } };
const way = { address: 'https://tide.example.com', key: 'tl_KEY', sample };

it.each(Object.entries(sendings))('%s: lines that can be run as they are, with the address, the key and the sample in them', (_, { code }) => {
  for (const one of [way, { ...way, sample: { id: 'y', account: 'acme', event: 'use' } }]) {
    const text = code(one);
    const body = text.replaceAll(/^import .*$/gm, '');
    expect(() => new Script(`(async () => {${body}\n})`)).not.toThrow();
    expect(text).toContain(one.address);
    expect(text).toContain('tl_KEY');
    expect(text).not.toMatch(/traits|groupIdentify|name:/); // pasted as it is, it must not rename a real account
    expect(text).toContain(one.sample.event === 'use' ? "'use'" : String.raw`'job\'s run'`);
    expect(text).toContain(one.sample.account === 'acme' ? "'acme'" : String.raw`'o\'hara \\ co'`);
  }
});
