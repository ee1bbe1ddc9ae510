import { BarRows } from '../../../../charts/bars.tsx';
import { fixed, money, quantity } from '../../../../ui/format.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';
import { BandMark, bandLooks } from '../../../../ui/segment-mark.tsx';
import { accountsHref, type Scene } from './scene.ts';

/** How many accounts stand in each band of health. */
export const Bands = ({ workspace, page }: Scene) => {
  const { bands, currency } = page;
  return (
    <section aria-labelledby="bands" className="min-w-0">
      <SectionTitle title={<span id="bands">Health</span>} aside={`Accounts, change in ${page.comparedDays} days, run rate`} />
      <BarRows
        label="Accounts by band of health"
        names="w-32"
        rows={bands.map(({ band, accounts, before, runRate }) => {
          const look = band === null ? null : bandLooks[band];
          const change = accounts - before;
          return {
            key: band ?? 'early',
            label: (
              <>
                {band !== null && <BandMark silent band={band} />}
                {look?.label ?? 'Too early'}
              </>
            ),
            size: accounts,
            text: money(runRate, currency),
            sub: (
              <span className="tabular-nums">
                <b className="text-text">{quantity(accounts)}</b>
                <span className="inline-block w-10 text-right">{before > 0 && change !== 0 ? fixed(change, 0, { signed: true }) : ''}</span>
              </span>
            ),
            ...(look ? { tone: look.tone } : {}),
            ...(band === null ? {} : { href: accountsHref(workspace, { band }) }),
          };
        })}
      />
    </section>
  );
};
