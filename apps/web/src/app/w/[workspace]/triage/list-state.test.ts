import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { between, groupAt, keyOfLine, linesOf, stepFrom } from './lines.ts';
import { fromPage, patched, restored, withMore, without, withRows, type ListState, type Row } from './list-state.ts';

const row = (id: string, why = 'gone_quiet', stake = '100'): Row => ({
  id,
  externalId: id,
  name: id,
  owner: null,
  industry: null,
  plan: null,
  region: null,
  segment: 'churn_risk',
  segmentSince: '2026-11-01',
  health: 40,
  band: 'at_risk',
  delta28: null,
  delta7: null,
  provisional: false,
  live: false,
  spark: [],
  why,
  heading: why,
  reason: [],
  nextAction: '',
  badges: [],
  runRate: '10',
  stake,
  urgency: 1,
  alerts: 0,
  lastTouch: null,
  commitment: null,
  snoozed: null,
  done: null,
  override: null,
  scoredAt: '2026-11-21T00:00:00Z',
});
const group = (why: string, accounts: number, stake: string) => ({ why, heading: why, accounts, stake, runRate: String(accounts * 10) });

const start = (): ListState =>
  fromPage({
    items: [row('a'), row('b'), row('c', 'declining', '50.5')],
    groups: [group('gone_quiet', 2, '200'), group('declining', 2, '80.5'), group('room', 1, '5')],
    accounts: 5,
    stake: '285.5',
    next: 'more',
  });
const keys = (state: ListState, folded: string[] = []) => linesOf(state, new Set(folded)).map(keyOfLine);

describe('lines', () => {
  test('a heading before its rows; none for what is not read yet', () => {
    expect(keys(start())).toEqual(['group gone_quiet', 'a', 'b', 'group declining', 'c']);
    const all = withMore(start(), { items: [row('d', 'declining'), row('e', 'room')], groups: [], accounts: 0, stake: '0', next: null });
    expect(keys(all)).toEqual(['group gone_quiet', 'a', 'b', 'group declining', 'c', 'd', 'group room', 'e']);
  });
  test('folded: the heading stays, its rows go', () => expect(keys(start(), ['gone_quiet'])).toEqual(['group gone_quiet', 'group declining', 'c']));
  test('without grouping there are rows only', () => expect(keys({ ...start(), groups: [] })).toEqual(['a', 'b', 'c']));
  test('which heading stands over a line', () => {
    const lines = linesOf(start(), new Set());
    expect(lines.map((_, i) => groupAt(lines, i)?.why)).toEqual(['gone_quiet', 'gone_quiet', 'gone_quiet', 'declining', 'declining']);
    expect(groupAt([], 0)).toBeNull();
  });
  test('steps pass over headings and stop at the ends', () => {
    const lines = linesOf(start(), new Set());
    expect([stepFrom(lines, null, 1), stepFrom(lines, 'b', 1), stepFrom(lines, 'c', 1), stepFrom(lines, 'a', -1)].map((one) => one?.id)).toEqual([
      'a',
      'c',
      'c',
      'a',
    ]);
    expect(stepFrom([], 'a', 1)).toBeNull();
  });
  test('from one row to another, whichever way', () => {
    const lines = linesOf(start(), new Set());
    expect(between(lines, 'c', 'a')).toEqual(['a', 'b', 'c']);
    expect(between(lines, 'gone', 'b')).toEqual(['b']);
  });
});

describe('changes', () => {
  test('the same row on two pages is shown once', () => {
    const more = withMore(start(), { items: [row('b'), row('d')], groups: [], accounts: 0, stake: '0', next: null });
    expect(more.rows.map((one) => one.id)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a row changes where it stands, even when its reason does', () => {
    const changed = withRows(start(), [row('a', 'declining', '130')], ['a'], ['a']);
    expect(keys(changed)).toEqual(keys(start()));
    expect(changed.rows[0]).toMatchObject({ stake: '130', why: 'declining' });
    expect(changed).toMatchObject({ accounts: 5, stake: '315.5', groups: [{ stake: '230' }, { stake: '80.5' }, { stake: '5' }] });
  });

  test('what the list holds no longer stays, is told, and counts no more; when it is back it counts again', () => {
    const gone = withRows(start(), [row('a')], [], ['a']);
    expect(gone).toMatchObject({ accounts: 4, stake: '185.5' });
    expect([...gone.left]).toEqual(['a']);
    expect(keys(gone)).toEqual(keys(start()));
    const back = withRows(gone, [row('a')], ['a'], ['a']);
    expect(back).toMatchObject({ accounts: 5, stake: '285.5' });
    expect(back.left.size).toBe(0);
  });

  test('what is new is counted and not shown', () => {
    const arrived = withRows(start(), [row('x'), row('y')], ['x'], ['x', 'y']);
    expect([...arrived.arrived]).toEqual(['x']);
    expect(keys(arrived)).toEqual(keys(start()));
    expect(withRows(arrived, [row('x')], [], ['x']).arrived.size).toBe(0);
  });

  test('taken out and put back, in any order and number, leaves everything as it was', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['a', 'b', 'c']), (ids) => {
        const { state, removed } = without(start(), new Set(ids));
        expect(state.rows).toHaveLength(3 - ids.length);
        expect(state.accounts).toBe(5 - ids.length);
        expect(restored(state, removed)).toEqual(start());
      }),
    );
  });

  test('put back twice is put back once, and it is no arrival', () => {
    const { state, removed } = without(start(), new Set(['b']));
    const heard = withRows(state, [row('b')], ['b'], ['b']);
    expect([...heard.arrived]).toEqual(['b']);
    const once = restored(heard, removed);
    expect(once.arrived.size).toBe(0);
    expect(restored(once, removed)).toEqual(once);
  });

  test('a row that no longer counted is taken out without touching the sums', () => {
    const gone = withRows(start(), [row('a')], [], ['a']);
    const { state, removed } = without(gone, new Set(['a']));
    expect(state).toMatchObject({ accounts: 4, stake: '185.5' });
    expect(restored(state, removed)).toMatchObject({ accounts: 4, stake: '185.5' });
  });

  test('an emptied group loses its heading', () => {
    const { state } = without(withMore(start(), { items: [row('e', 'room', '5')], groups: [], accounts: 0, stake: '0', next: null }), new Set(['e']));
    expect(keys(state)).not.toContain('group room');
  });

  test('patched changes only what is named', () => {
    expect(patched(start(), new Set(['b']), (one) => ({ ...one, name: 'B' })).rows.map((one) => one.name)).toEqual(['a', 'B', 'c']);
  });
});
