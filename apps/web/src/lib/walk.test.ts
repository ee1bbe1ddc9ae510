import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeIn, walkFrom, type Walk } from './walk.ts';

const walkOf = (ids: string[], total = ids.length): Walk => ({ workspace: 'acme', label: 'Triage', href: '/w/acme/triage', ids, total });

describe('the walk through a list', () => {
  it('goes from the first to the last and back, through each once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 30 }), (ids) => {
        const walk = walkFrom(JSON.stringify(walkOf(ids)));
        const seen: string[] = [];
        for (let at: string | null = ids[0] ?? null; at !== null; at = placeIn(walk, 'acme', at)?.after ?? null) seen.push(at);
        expect(seen).toEqual(ids);
        for (let at: string | null = ids.at(-1) ?? null; at !== null; at = placeIn(walk, 'acme', at)?.before ?? null) seen.pop();
        expect(seen).toEqual([]);
      }),
    );
  });
  it('says where an account stands, also when the list was not read to its end', () => {
    expect(placeIn(walkOf(['a', 'b'], 163), 'acme', 'b')).toEqual({ at: 2, of: 2, total: 163, before: 'a', after: null });
  });
  it('knows no place for a stranger, another workspace or what is no list', () => {
    expect(placeIn(walkOf(['a']), 'acme', 'z')).toBeNull();
    expect(placeIn(walkOf(['a']), 'other', 'a')).toBeNull();
    expect(placeIn(null, 'acme', 'a')).toBeNull();
    for (const text of [
      null,
      'x',
      '{}',
      '[]',
      'null',
      JSON.stringify({ ...walkOf(['a']), href: 'https://elsewhere.example' }),
      JSON.stringify({ ...walkOf([]), ids: [1] }),
    ]) {
      expect(walkFrom(text)).toBeNull();
    }
  });
});
