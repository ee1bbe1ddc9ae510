import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seal, unseal } from './seal.ts';

test('a sealed secret opens in its place, and nowhere else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (secret, place) => {
      const sealed = seal('one installation', place, secret);
      expect(unseal('one installation', place, sealed)).toBe(secret);
      expect(unseal('another one', place, sealed)).toBeNull();
      expect(unseal('one installation', `${place}x`, sealed)).toBeNull();
      expect(seal('one installation', place, secret)).not.toBe(sealed);
    }),
    { numRuns: 50 },
  );
});
