import type { Model } from '@tideline/contracts/model';
import { hasFirstValue, previewRows, recentWeeks, relativeOn } from '@tideline/db/read/model';
import { mainMeterUnit } from '@tideline/db/read/triage-summary';
import { hasPrices, workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import type { Day } from '@tideline/domain/calendar';
import { weeklyGrowth } from '@tideline/domain/growth';
import { unpackMeasures } from '@tideline/domain/measure-pack';
import type { Deps, Who } from './deps.ts';
import { everyOther } from './other-signal.ts';

/** Every live account the person may see, in columns, as the browser judges it under a draft. */
export const previewModel = async (deps: Deps, who: Who) => {
  const read = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { closedThrough, currency, mainMeterId } = await workspaceSettings(tx);
    const closed = closedThrough as Day | null;
    const priced = await hasPrices(tx);
    return {
      closed,
      currency,
      unit: priced ? null : await mainMeterUnit(tx, mainMeterId),
      relative: closed && (await relativeOn(tx, closed)),
      milestoneSet: await hasFirstValue(tx),
      rows: await previewRows(tx, who.ownAccountsOf),
      others: closed && (await everyOther(tx, closed)),
      weeks: closed ? await recentWeeks(tx, closed, priced) : new Map<string, number[]>(),
    };
  });
  const owners = [
    ...new Map(read.rows.flatMap(({ ownerId, owner }) => (ownerId === null ? [] : [[ownerId, { id: ownerId, name: owner ?? '' }] as const]))).values(),
  ];
  const place = new Map(owners.map(({ id }, i) => [id, i]));
  const accounts: Record<keyof Model['Preview']['accounts'], unknown[]> = {
    id: [],
    name: [],
    owner: [],
    runRate: [],
    band: [],
    segment: [],
    reason: [],
    measures: [],
    weeks: [],
    others: [],
    traits: [],
  };
  for (const row of read.rows) {
    accounts.id.push(row.id);
    accounts.name.push(row.name);
    accounts.owner.push(row.ownerId === null ? null : (place.get(row.ownerId) ?? null));
    accounts.runRate.push(row.runRate);
    accounts.band.push(row.band);
    accounts.segment.push(row.segment);
    accounts.reason.push(row.reason);
    accounts.measures.push(row.measures);
    accounts.weeks.push(rising(row.measures, read.weeks.get(row.id)));
    accounts.traits.push([row.plan, row.industry, row.region]);
    accounts.others.push(read.others?.(row.id) ?? null);
  }
  return {
    asOf: read.closed,
    relative: { k: 1, vbar: 0, medianTtfvDays: null, ...read.relative, milestoneSet: read.milestoneSet },
    currency: read.currency,
    unit: read.unit,
    owners,
    accounts: accounts as Model['Preview']['accounts'],
  };
};

/** Weeks of an account that does not fall: the growth door asks for a slope of 0 at the least, so the others' say nothing. */
const rising = (packed: (number | null)[], weeks: number[] | undefined): number[] | null => {
  if (!weeks) return null;
  const { asOf, firstDay } = unpackMeasures(packed);
  const growth = firstDay === null ? null : weeklyGrowth(weeks, asOf - firstDay + 1);
  return growth && growth.slope >= 0 ? weeks.map((week) => Math.round(week * 100) / 100) : null;
};
