import type { GotOf } from '@tideline/contracts/operation';
import type { Operations } from '@tideline/contracts/operations';

export type Fit = GotOf<Operations['listWeightFits']>['items'][number];
export type Finding = NonNullable<Fit['finding']>;
