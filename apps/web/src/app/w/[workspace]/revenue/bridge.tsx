import { movements, type MovementKind } from '@tideline/domain/revenue';
import type { RevenueWindow } from '@tideline/contracts/revenue';
import type { Month } from '@tideline/domain/calendar';
import { BridgeChart } from '../../../../charts/bridge-chart.tsx';
import { ChartFigure } from '../../../../charts/chart-figure.tsx';
import { prepareBridge, type BridgeStep } from '../../../../charts/prepare-bridge.ts';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { counted, money, quantity } from '../../../../ui/format.ts';
import { hrefOf, type Door } from './address.ts';
import type { Page, Scene } from './scene.ts';
import { axisMoney, bridgeTitle, windows } from './words.ts';

type Line = NonNullable<Page['bridge']>;

/** Shown even where nobody moved: that nobody left is worth a bar's place. */
const ALWAYS: readonly MovementKind[] = ['new', 'expansion', 'contraction', 'churn'];

/** Opening, what moved, closing. A pause that lapsed moves no money: it stands in words under the chart. */
const stepsOf = (bridge: Line, { address }: Scene): BridgeStep[] => {
  const { window, month } = bridge;
  const door = (open: Door) => hrefOf(address, { door: { window, ...(window === 'month' ? { month: month as Month } : {}), ...open } });
  const moved = bridge.lines.flatMap(({ kind, amount, accounts }): BridgeStep[] => {
    const { label, sign } = movements[kind];
    if (sign === 0 || (accounts === 0 && !ALWAYS.includes(kind))) return [];
    const step = { key: kind, label, kind: 'move', value: Number(amount) * sign, count: quantity(accounts) } as const;
    return [accounts > 0 ? { ...step, href: door({ of: 'movement', kind }) } : step];
  });
  return [
    { key: 'opening', label: 'Opening', kind: 'total', value: Number(bridge.opening), count: quantity(bridge.openingAccounts), href: door({ of: 'opening' }) },
    ...moved,
    { key: 'closing', label: 'Closing', kind: 'total', value: Number(bridge.closing), count: quantity(bridge.closingAccounts), href: door({ of: 'closing' }) },
  ];
};

export const Bridge = (scene: Scene & { window: RevenueWindow }) => {
  const { page, window } = scene;
  const { bridge, currency } = page;
  if (!bridge) {
    return (
      <EmptyState title={`The bridge over ${windows[window].span} needs ${counted(page.bridgeMissing, 'more full month')}`}>
        It compares the last {windows[window].span} with {windows[window].words}. A shorter window may already be there.
      </EmptyState>
    );
  }
  const lapsed = bridge.lines.find((line) => line.kind === 'pause_lapsed');
  const prepared = prepareBridge(
    stepsOf(bridge, scene),
    (value, signed) => money(value, currency, { signed }),
    (value) => axisMoney(value, currency),
  );
  return (
    <ChartFigure
      title={bridgeTitle(bridge.lines, currency)}
      sub={`Against ${windows[window].words}. Accounts under each name.${lapsed && lapsed.accounts > 0 ? ` ${counted(lapsed.accounts, 'pause')} turned churn.` : ''}`}
      table={prepared.table}
    >
      <BridgeChart bridge={prepared} label="Bridge from opening to closing revenue" height={340} left={48} />
    </ChartFigure>
  );
};
