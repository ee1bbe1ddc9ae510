import { describe, expect, it } from 'vitest';
import { isSingleCharacter, matchKey, type Press } from './key-match.ts';

const press = (key: string, extra: Partial<Press> = {}): Press => ({ key, mod: false, alt: false, typing: false, ...extra });
const list = [{ keys: 'j' }, { keys: 'g t' }, { keys: 'mod+k', whileTyping: true }, { keys: '?' }, { keys: 'enter' }, { keys: 't', of: 'list' }];

describe('matchKey', () => {
  it('finds single keys, signs and named keys', () => {
    for (const key of ['j', '?']) expect(matchKey(list, press(key), null)).toEqual({ hit: { keys: key } });
    expect(matchKey(list, press('Enter'), null)).toEqual({ hit: { keys: 'enter' } });
  });
  it('waits after g, then takes the letter for the sequence and not for itself', () => {
    expect(matchKey(list, press('g'), null)).toEqual({ wait: 'g' });
    expect(matchKey(list, press('t'), 'g')).toEqual({ hit: { keys: 'g t' } });
    expect(matchKey(list, press('t'), null)).toEqual({ hit: { keys: 't', of: 'list' } });
  });
  it('falls back to the letter itself when no sequence ends so', () => expect(matchKey(list, press('j'), 'g')).toEqual({ hit: { keys: 'j' } }));
  it('leaves typing alone except for ⌘K', () => {
    expect(matchKey(list, press('j', { typing: true }), null)).toBeNull();
    expect(matchKey(list, press('K', { mod: true, typing: true }), null)).toEqual({ hit: { keys: 'mod+k', whileTyping: true } });
  });
  it('does not take j for ⌘J', () => expect(matchKey(list, press('j', { mod: true }), null)).toBeNull());
  it('lets the binding registered last win', () =>
    expect(matchKey([...list, { keys: 't', of: 'panel' }], press('t'), null)).toEqual({ hit: { keys: 't', of: 'panel' } }));
  it('knows which can be switched off', () => expect(['j', 'g t', '?', 'mod+k', 'enter'].map(isSingleCharacter)).toEqual([true, true, true, false, false]));
});
