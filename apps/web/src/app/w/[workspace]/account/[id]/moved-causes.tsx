import type { Day } from '@tideline/domain/calendar';
import { MovedChart } from '../../../../../charts/moved-chart.tsx';
import { prepareMoved } from '../../../../../charts/prepare-moved.ts';
import { shortDay, type Reader } from '../../../../../ui/format.ts';
import type { Moved } from './span.ts';

type Cause = Moved['causes'][number];

/** The four causes between two days as a waterfall, each opened by component; those that did nothing are named in one line. */
export const MovedCauses = ({ moved, reader }: { moved: Pick<Moved, 'from' | 'to' | 'causes'>; reader: Reader }) => {
  const { from, to, causes } = moved;
  const still = causes.filter(isStill).map(({ label }) => label.toLowerCase());
  return (
    <>
      <div className="mt-2">
        <MovedChart rows={prepareMoved(level(from, reader), level(to, reader), causes.flatMap(rowsOf))} label="What moved health, by cause" />
      </div>
      {causes.every(isStill) ? (
        <p className="py-1 text-text-2">
          {to.health === 0 ? 'It stays at the bottom until it is used again.' : 'Every part of the score stands where it stood.'}
        </p>
      ) : (
        still.length > 0 && <p className="py-1 text-12 text-text-3">Nothing came of: {still.join(', ')}.</p>
      )}
    </>
  );
};

const isStill = ({ points, parts }: Cause): boolean => points === 0 && parts.length === 0;

/** A cause with a single part says the same twice. */
const rowsOf = (cause: Cause) => {
  if (isStill(cause)) return [];
  const { key, label, hint, points, parts } = cause;
  const opened = parts.length > 1 || (parts.length === 1 && key !== 'model') ? parts : [];
  return [{ key, label, hint, change: points }, ...opened.map((part) => ({ key: `${key} ${part.key}`, label: part.label, change: part.points, within: key }))];
};

const level = ({ day, health }: Moved['from'], reader: Reader) => ({ label: shortDay(day as Day, reader), value: Number(health.toFixed(1)) });
