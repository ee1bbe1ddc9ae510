import { type AccountFamily, FAMILY_WEEKS } from '@tideline/contracts/account-family';
import { Problem } from '@tideline/contracts/problem';
import { accountById } from '@tideline/db/read/account-page';
import { addingMeters, childrenOf, type ChildRow, familyAbove, familyRevenue, type FamilySum, familyUsage } from '@tideline/db/read/family';
import { withWorkspace } from '@tideline/db/workspace';
import { addDays } from '@tideline/domain/calendar';
import type { Deps, Who } from './deps.ts';
import { settingOf } from './triage-query.ts';

const SPANS = FAMILY_WEEKS.map((weeks) => weeks * 7);
const LISTED = 200;
const NOTHING = SPANS.map(() => '0');

type Figures = AccountFamily['own'];

/** The family of an account: what is above and below it, and what all of them used and brought. */
export const accountFamily = (deps: Deps, who: Who, id: string) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { view, priced } = await settingOf(tx, deps, who);
    const own = who.ownAccountsOf;
    if (!(await accountById(tx, id, own))) throw new Problem('not-found', 'There is no such account');
    const through = view.closed ?? addDays(view.today, -1);
    const above = await familyAbove(tx, id, own);
    const children = await childrenOf(tx, id, own);
    if (children.length === 0) return { ...nobody, above, through };
    const meters = await addingMeters(tx);
    const main = meters.find((meter) => meter.main) ?? null;
    const used = await familyUsage(tx, id, own, through, SPANS);
    const earned = priced ? await familyRevenue(tx, id, own, through, SPANS) : null;
    const [usage, revenue] = [sumsOf(used), earned && sumsOf(earned)];
    const figuresOf = (branch: string | null): Figures => ({ usage: main && usage(branch, main.id), revenue: revenue && revenue(branch, null) });
    const rows = children.map((child) => shown(child, figuresOf(child.id))).toSorted(byWorth);
    return {
      above,
      through,
      unit: main?.unit ?? null,
      children: rows.slice(0, LISTED),
      more: Math.max(0, rows.length - LISTED),
      below: belowOf(children),
      own: figuresOf(id),
      together: figuresOf(null),
      meters: meters
        .filter((meter) => used.some((sum) => sum.meter === meter.id))
        .map((meter) => ({ ...meter, own: usage(id, meter.id), together: usage(null, meter.id) })),
    };
  });

const none: Figures = { usage: null, revenue: null };
const nobody = { unit: null, children: [], more: 0, below: { accounts: 0, judged: 0, atRisk: 0 }, own: none, together: none, meters: [] };

const sumsOf = (sums: readonly FamilySum[]) => {
  const found = new Map(sums.map((sum) => [`${sum.branch} ${sum.meter}`, sum.sums]));
  return (branch: string | null, meter: string | null): string[] => found.get(`${branch} ${meter}`) ?? NOTHING;
};

const shown = ({ ownerId, ownerName, belowJudged: _judged, ...child }: ChildRow, figures: Figures) => ({
  ...child,
  owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
  figures,
});

/** Money first: those that brought most in the longest span. */
const byWorth = (a: { figures: Figures }, b: { figures: Figures }): number => worth(b) - worth(a);
const worth = ({ figures: { revenue, usage } }: { figures: Figures }): number => Number((revenue ?? usage)?.at(-1) ?? 0);

/** All levels below. */
const belowOf = (children: readonly ChildRow[]): AccountFamily['below'] => {
  const isJudged = ({ status, segment }: ChildRow) => status === 'live' && segment !== null;
  const count = (of: (child: ChildRow) => number) => children.reduce((sum, child) => sum + of(child), 0);
  return {
    accounts: count(({ below }) => 1 + below),
    judged: count((child) => Number(isJudged(child)) + child.belowJudged),
    atRisk: count((child) => Number(isJudged(child) && child.segment === 'churn_risk') + child.belowAtRisk),
  };
};
