import type { Day } from '@tideline/domain/calendar';
import type { Fit } from '@tideline/domain/own-calibration';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Keeps what was fitted on a day, also that nothing could be; fitting the day again replaces it. */
export const writeFits = async (tx: WorkspaceTx, day: Day, fits: readonly Fit[]): Promise<void> => {
  const column = (key: 'ceiling' | 'middle' | 'width') => plain(fits.map(({ curve }) => curve?.[key] ?? null));
  await tx.db.$executeRaw`
    INSERT INTO calibration (workspace_id, fitted_on, kind, ceiling, middle, width, lessons, hits)
    SELECT ${tx.workspaceId}::uuid, ${day}::date, * FROM unnest(${plain(fits.map(({ kind }) => kind))}::text[], ${column('ceiling')}::float8[], ${column('middle')}::float8[],
      ${column('width')}::float8[], ${plain(fits.map(({ lessons }) => lessons))}::int[], ${plain(fits.map(({ hits }) => hits))}::int[])
    ON CONFLICT (workspace_id, kind, fitted_on) DO UPDATE SET ceiling = excluded.ceiling, middle = excluded.middle, width = excluded.width,
      lessons = excluded.lessons, hits = excluded.hits`;
};
