import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Link, MAX_LEVELS, placeAll } from './family.ts';

const ID = fc.constantFrom(...'abcdefgh');
const wish = fc.record({ id: ID, parent: fc.option(ID, { nil: null, freq: 6 }) });

/** The slow way: walk up with a limit, so that a circle is seen as one. */
const levelsOf = (parents: ReadonlyMap<string, string | null>, id: string): number => {
  let levels = 0;
  for (let at: string | null = id; at !== null; at = parents.get(at) ?? null) if (++levels > 20) return Infinity;
  return levels;
};
const isFamily = (parents: ReadonlyMap<string, string | null>): boolean => [...parents.keys()].every((id) => levelsOf(parents, id) <= MAX_LEVELS);
const after = (parents: ReadonlyMap<string, string | null>, links: readonly Link[]) =>
  new Map([...parents, ...links.map(({ id, parent }) => [id, parent] as const)]);
const linksOf = (parents: ReadonlyMap<string, string | null>): Link[] => [...parents].flatMap(([id, parent]) => (parent === null ? [] : [{ id, parent }]));

describe('placeAll', () => {
  it('one by one: does what leaves neither a circle nor a level too many, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 40 }), (wishes) => {
        let parents: ReadonlyMap<string, string | null> = new Map();
        for (const one of wishes) {
          const { placed, refused } = placeAll(linksOf(parents), [one]);
          expect(placed.length + refused.length).toBe(1);
          const wished = after(parents, [one]);
          expect(placed.length === 1).toBe(isFamily(wished));
          if (placed.length === 1) parents = wished;
          expect(isFamily(parents)).toBe(true);
        }
      }),
    );
  });

  it('many at once: every one that is refused is still impossible afterwards, in whatever order they came', () => {
    const many = fc.uniqueArray(wish, { selector: ({ id }) => id, maxLength: 8 });
    fc.assert(
      fc.property(many, many, (first, wishes) => {
        const before = after(new Map(), placeAll([], first).placed);
        const { placed, refused } = placeAll(linksOf(before), wishes);
        const parents = after(before, placed);
        expect(isFamily(parents)).toBe(true);
        expect([...placed, ...refused].map(({ id }) => id).toSorted()).toEqual(wishes.map(({ id }) => id).toSorted());
        for (const one of refused) expect(isFamily(after(parents, [one]))).toBe(false);
      }),
    );
  });

  it('says what is wrong', () => {
    const chain = [...'bcde'].map((id, i) => ({ id, parent: 'abcd'[i] ?? null }));
    const faults = (wishes: Link[]) => placeAll(chain, wishes).refused.map(({ fault }) => fault);
    expect(faults([{ id: 'a', parent: 'a' }])).toEqual(['itself']);
    expect(faults([{ id: 'a', parent: 'e' }])).toEqual(['below']);
    expect(faults([{ id: 'f', parent: 'e' }])).toEqual(['levels']);
    expect(faults([{ id: 'f', parent: 'd' }])).toEqual([]);
    expect(
      faults([
        { id: 'f', parent: 'e' },
        { id: 'e', parent: null },
      ]),
    ).toEqual([]); // the second makes room for the first
  });
});
