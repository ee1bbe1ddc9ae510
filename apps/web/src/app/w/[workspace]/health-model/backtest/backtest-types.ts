import type { GotOf } from '@tideline/contracts/operation';
import type { Operations } from '@tideline/contracts/operations';

export type BacktestOne = GotOf<Operations['getBacktest']>;
export type BacktestRow = GotOf<Operations['listBacktests']>['items'][number];
export type BacktestFindings = NonNullable<BacktestOne['summary']>;
/** What the list and the one share: what was asked, and how far it is. */
export type BacktestHead = Omit<BacktestRow, 'auc'>;
