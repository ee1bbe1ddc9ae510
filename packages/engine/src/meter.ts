import type { meterOperations } from '@tideline/contracts/meter';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { hasEvents, type MeterRow, meters, type MeterVersionRow, prices, type PriceRow, volumes28 } from '@tideline/db/read/meter';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { openRun } from '@tideline/db/write/background-run';
import { insertMeter, insertVersion, retireVersion, setMainMeter, updateMeter, upsertPrice } from '@tideline/db/write/meter';
import { markMeterUsers } from '@tideline/db/write/rescore';
import { lockUsage } from '@tideline/db/write/usage-lock';
import { asOfDay } from '@tideline/domain/as-of';
import { day, type Day } from '@tideline/domain/calendar';
import { describeMeter, type MeterDefinition, meterOf, meterProblems } from '@tideline/domain/meter';
import { priceOn } from '@tideline/domain/rating';
import type { Deps, Who } from './deps.ts';
import { wakeScoring } from './wake.ts';

type NewMeter = BodyOf<(typeof meterOperations)['createMeter']>;
type MeterChange = BodyOf<(typeof meterOperations)['changeMeter']>;
type NewPrice = BodyOf<(typeof meterOperations)['setPrice']>;
type Place = { currency: string; asOf: Day };

const placeOf = async (tx: WorkspaceTx, now: Date): Promise<Place> => {
  const { timezone, currency, asOfPin } = await workspaceSettings(tx);
  return { currency, asOf: asOfDay({ timezone, asOfPin: asOfPin ? day(asOfPin) : null }, now) };
};

/** Meters in their order, archived ones last, each with its definition in words, the price in force and its volume. */
export const list = (deps: Deps, who: Who) => withWorkspace(deps.db, who.workspaceId, async (tx) => shown(tx, await meters(tx), await placeOf(tx, deps.now())));

const shown = async (tx: WorkspaceTx, rows: readonly MeterRow[], { asOf, currency }: Place) => {
  const inForce = Map.groupBy(await prices(tx, null), (price) => price.meterId);
  const used = rows.flatMap((row) => row.current ?? row.filling ?? []);
  const volumes = await volumes28(
    tx,
    used.map(({ id }) => id),
    asOf,
  );
  return rows.map((row) => {
    const version = row.current ?? row.filling;
    if (!version) throw new Error(`meter ${row.key} has no version`);
    return { ...brief(row, version), price: priceShown(inForce.get(row.id) ?? [], currency, asOf), volume28: volumes.get(version.id) ?? '0' };
  });
};

const definitionOf = ({ eventName, aggregation, valueField, filter, activityFilter, countsAsActivity }: MeterDefinition) => ({
  eventName,
  aggregation,
  valueField,
  filter: [...filter],
  activityFilter: [...activityFilter],
  countsActivity: countsAsActivity,
});

const brief = (row: MeterRow, { version, state, meter }: MeterVersionRow) => {
  const next =
    row.current && row.filling ? { version: row.filling.version, words: describeMeter(row.filling.meter), definition: definitionOf(row.filling.meter) } : null;
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    unit: row.unit,
    position: row.position,
    archived: row.archivedAt !== null,
    main: row.main,
    version,
    state,
    definition: definitionOf(meter),
    words: describeMeter(meter),
    next,
  };
};

const priceShown = (rows: readonly PriceRow[], currency: string, asOf: Day) => {
  const known = rows.map((row) => ({ currency: row.currency, from: row.effectiveFrom, plan: { kind: 'flat' as const, unitPrice: row.unitPrice } }));
  const found = priceOn(known, currency, asOf);
  return found && { unitPrice: found.plan.unitPrice, currency: found.currency, effectiveFrom: found.from };
};

/** One meter, or the refusal that there is none. */
export const meterIn = async (tx: WorkspaceTx, id: string): Promise<MeterRow> => {
  const [row] = await meters(tx, [id]);
  if (!row) throw new Problem('not-found', 'There is no such meter');
  return row;
};

const oneShown = async (tx: WorkspaceTx, id: string, now: Date) => {
  const [meter] = await shown(tx, [await meterIn(tx, id)], await placeOf(tx, now));
  if (!meter) throw new Error(`meter ${id} vanished`);
  return meter;
};

/** The definition, if nothing is wrong with it; else the refusal that says what. */
export const sound = (meter: MeterDefinition): MeterDefinition => {
  const errors = meterProblems(meter).map(({ field, message }) => ({ path: `body.${field}`, message }));
  if (errors.length > 0) throw new Problem('rule-violated', errors.map(({ message }) => message).join('; '), { errors });
  return meter;
};

/** A version that has days to count starts filling, with a run to watch; `meter.refill` does the counting. */
type Started = { meterId: string; runId: string | null };
const startVersion = async (tx: WorkspaceTx, who: Who, row: { id: string; name: string }, meter: MeterDefinition, now: Date): Promise<Started> => {
  const fill = await hasEvents(tx);
  await insertVersion(tx, row.id, meter, { state: fill ? 'filling' : 'current', by: who.userId, at: now });
  if (!fill) return { meterId: row.id, runId: null };
  return {
    meterId: row.id,
    runId: await openRun(tx, { kind: 'meter.refill', label: `Counting “${row.name}” from the events`, detail: { meterId: row.id }, startedAt: now }),
  };
};

const wakeRefill = async (deps: Deps, who: Who, { meterId, runId }: Started): Promise<void> => {
  if (runId) await deps.jobs.enqueue('meter.refill', { workspaceId: who.workspaceId, meterId, runId });
};

/** Creates a meter; the first one becomes the main meter. Events that are already stored are counted behind it. */
export const create = async (deps: Deps, who: Who, wanted: NewMeter) => {
  const now = deps.now();
  const meter = sound(meterOf({ ...wanted, countsAsActivity: wanted.countsActivity }));
  const { started, made } = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await lockUsage(tx, 'alone'); // an event stored right now would miss the meter
    const id = await insertMeter(tx, wanted, now);
    if (!id) throw new Problem('conflict', `There is a meter with the key "${wanted.key}" already`);
    const first = (await meters(tx)).length === 1;
    const run = await startVersion(tx, who, { id, name: wanted.name }, meter, now);
    if (first) await setMainMeter(tx, id);
    await audit(tx, who, 'meter.create', 'meter', id, null, wanted);
    return { started: run, made: await oneShown(tx, id, now) };
  });
  await wakeRefill(deps, who, started);
  return made;
};

/** Changes names at once; a changed definition becomes a new version that is filled and then takes over. */
export const change = async (deps: Deps, who: Who, id: string, wanted: MeterChange) => {
  const now = deps.now();
  const { started, made } = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await lockUsage(tx, 'alone');
    const row = await meterIn(tx, id);
    if (row.archivedAt) throw new Problem('rule-violated', 'This meter is archived: create a new one');
    const { name, unit, position, countsActivity, ...definition } = wanted;
    const latest = row.filling ?? row.current;
    if (!latest) throw new Error(`meter ${row.key} has no version`);
    const given = Object.fromEntries(Object.entries({ ...definition, countsAsActivity: countsActivity }).filter(([, value]) => value !== undefined));
    const meter: MeterDefinition = sound({ ...latest.meter, ...given, unit: unit ?? row.unit });
    await updateMeter(tx, id, { name, unit, position });
    const changed = Object.keys(given).some(
      (key) => JSON.stringify(meter[key as keyof MeterDefinition]) !== JSON.stringify(latest.meter[key as keyof MeterDefinition]),
    );
    const run = changed ? await startVersion(tx, who, { id, name: name ?? row.name }, meter, now) : { meterId: id, runId: null };
    await audit(tx, who, 'meter.change', 'meter', id, { name: row.name, ...latest.meter }, { name: name ?? row.name, ...meter });
    return { started: run, made: await oneShown(tx, id, now) };
  });
  await wakeRefill(deps, who, started);
  return made;
};

/** Archives a meter: it measures and earns no more from now on; its past days stay. The main meter cannot go. */
export const archive = (deps: Deps, who: Who, id: string) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const row = await meterIn(tx, id);
    if (row.main) throw new Problem('rule-violated', 'This is the main meter: make another one main first');
    if (!row.archivedAt) {
      await updateMeter(tx, id, { archivedAt: deps.now() });
      if (row.current && row.filling) await retireVersion(tx, row.filling.id);
      await audit(tx, who, 'meter.archive', 'meter', id, { key: row.key, name: row.name }, null);
    }
    return oneShown(tx, id, deps.now());
  });

/** Makes a meter the main one, whose quantity stands for usage where there is no money: every account is judged anew. */
export const setMain = async (deps: Deps, who: Who, id: string) => {
  const made = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const row = await meterIn(tx, id);
    if (row.archivedAt) throw new Problem('rule-violated', 'This meter is archived');
    const all = await meters(tx);
    const before = all.find((one) => one.main);
    if (before?.id !== id) {
      await setMainMeter(tx, id);
      await markMeterUsers(tx, [id, ...(before ? [before.id] : [])], null, deps.now());
      await audit(tx, who, 'meter.main', 'meter', id, before ? { key: before.key } : null, { key: row.key });
    }
    return oneShown(tx, id, deps.now());
  });
  wakeScoring(deps, who.workspaceId);
  return made;
};

const shownPrice = ({ createdAt, ...price }: PriceRow) => ({ ...price, createdAt: createdAt.toISOString() });

/** Prices of a meter, newest first. */
export const listPrices = (deps: Deps, who: Who, id: string) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await meterIn(tx, id);
    return (await prices(tx, id)).map(shownPrice);
  });

/** Sets what a unit earns from a day on, and has the money of those days worked out anew. */
export const setPrice = async (deps: Deps, who: Who, id: string, wanted: NewPrice) => {
  const price = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const row = await meterIn(tx, id);
    const { currency } = await placeOf(tx, deps.now());
    if (wanted.currency && wanted.currency !== currency) throw new Problem('rule-violated', `This workspace keeps its money in ${currency}`);
    const before = (await prices(tx, id)).find((one) => one.effectiveFrom === wanted.effectiveFrom && one.currency === currency);
    const priceId = await upsertPrice(tx, {
      meterId: id,
      currency,
      unitPrice: wanted.unitPrice,
      effectiveFrom: wanted.effectiveFrom,
      by: who.userId,
      at: deps.now(),
    });
    await markMeterUsers(tx, [id], wanted.effectiveFrom, deps.now());
    await audit(tx, who, 'price.set', 'meter', id, before ? { unitPrice: before.unitPrice } : null, { meter: row.key, ...wanted, currency });
    return (await prices(tx, id)).find((one) => one.id === priceId);
  });
  if (!price) throw new Error(`the price of meter ${id} was not stored`);
  wakeScoring(deps, who.workspaceId);
  return shownPrice(price);
};
