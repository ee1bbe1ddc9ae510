import { Progress } from '../../../../../ui/progress.tsx';
import type { Refill } from './refill.ts';

type Props = { meter: { name: string; archived: boolean; state: string; version: number; next: { version: number } | null }; refill: Refill | undefined };

/** Which version measures, and how far the one that is being counted behind it is. */
export const MeterState = ({ meter, refill }: Props) => {
  if (meter.archived) return <span className="text-text-3">Measures no more</span>;
  const filling = meter.state === 'filling' ? meter.version : meter.next?.version;
  if (filling === undefined) return <span className="text-text-2">Measuring, version {meter.version}</span>;
  return (
    <span className="flex flex-col">
      <span className="text-text-2">{meter.state === 'filling' ? 'Being counted from the events' : `Measuring, version ${meter.version}`}</span>
      <span className="flex items-center gap-2 text-12 text-text-2">
        {meter.state !== 'filling' && `Version ${filling}`}
        <Progress label={`Counting version ${filling} of ${meter.name}`} done={refill?.done ?? 0} total={refill?.total ?? 0}>
          {refill ? (refill.stopping ? 'stopping' : undefined) : 'waiting'}
        </Progress>
      </span>
    </span>
  );
};
