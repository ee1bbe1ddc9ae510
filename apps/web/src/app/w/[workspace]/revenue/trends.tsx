import { type Month } from '@tideline/domain/calendar';
import { ChartFigure } from '../../../../charts/chart-figure.tsx';
import { LinePlot } from '../../../../charts/line-plot.tsx';
import { prepareRetention, type MonthLine } from '../../../../charts/prepare-retention.ts';
import { money, percent } from '../../../../ui/format.ts';
import type { Scene } from './scene.ts';
import { axisMoney, growthTitle, shortDefinitions, trendTitle } from './words.ts';

/** How retention and its sources moved by month. */
export const Trends = (scene: Scene) => (
  <div className="grid gap-x-14 gap-y-10 side:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
    <Retention {...scene} />
    <Growth {...scene} />
  </div>
);

const Retention = ({ page, reader }: Scene) => {
  const { trend, headline } = page;
  const main = trend.lines.find((line) => line.key === headline?.key);
  const grr: MonthLine[] = main ? [{ label: 'GRR', look: 'dashed', values: main.grr }] : [];
  const plot = prepareRetention({
    months: trend.months as Month[],
    baseline: 1,
    lines: [
      { label: 'Target', look: 'target', values: trend.months.map(() => Number(page.target)) },
      ...trend.lines.map(({ key, nrr }): MonthLine => ({ label: shortDefinitions[key], look: key === headline?.key ? 'main' : 'thin', values: nrr })),
      ...grr,
    ],
    write: (value) => percent(value, 1),
    axis: (value) => percent(value),
    reader,
  });
  if (!plot || trend.lines.length === 0) return null;
  return (
    <ChartFigure title={trendTitle(main?.nrr ?? [])} table={plot.table}>
      <LinePlot plot={plot} label="Net revenue retention by month under each definition, against the target" height={280} right={184} />
    </ChartFigure>
  );
};

const Growth = ({ page, reader }: Scene) => {
  const { growth, currency } = page;
  const plot = prepareRetention({
    months: growth.points.map((point) => point.month as Month),
    fromZero: true,
    lines: [
      { label: 'Expansion', look: 'main', values: growth.points.map((point) => Number(point.expansion)) },
      { label: 'New logos', look: 'dashed', values: growth.points.map((point) => Number(point.newLogo)) },
    ],
    write: (value) => money(value, currency),
    axis: (value) => axisMoney(value, currency),
    reader,
  });
  if (!plot || growth.points.length < 2) return null;
  return (
    <ChartFigure
      title={growthTitle(growth.points, growth.leadsAfter)}
      sub={`Expansion: more than a year ago, from accounts past their first ${page.newLogoMonths} months. New logos: revenue of the others.`}
      table={plot.table}
    >
      <LinePlot plot={plot} label="Expansion against new logo revenue by month" height={240} left={52} right={128} />
    </ChartFigure>
  );
};
