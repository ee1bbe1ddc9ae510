import { NONE } from '../../../../ui/format.ts';

/** Health as whole points, cut as in the alerts' sentences: 49.96 is below 50 and must not read as 50. */
export const points = (health: number | null | undefined): string => (health === null || health === undefined ? NONE : String(Math.floor(health)));
