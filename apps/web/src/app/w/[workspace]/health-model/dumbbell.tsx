type Span = readonly [number, number];

/** Health before (ring) and after (dot) on a piece of the scale; the watch band is shaded. The figures stand beside it. */
export const Dumbbell = ({ was, is, axis, watch }: { was: number; is: number; axis: Span; watch: Span }) => {
  const at = (value: number): number => Math.min(100, Math.max(0, ((value - axis[0]) / (axis[1] - axis[0])) * 100));
  const [left, right] = [Math.min(at(was), at(is)), Math.max(at(was), at(is))];
  return (
    <span aria-hidden className="relative block h-5 min-w-24">
      <i className="absolute inset-y-0 bg-watch-soft" style={{ left: `${at(watch[0])}%`, width: `${at(watch[1]) - at(watch[0])}%` }} />
      <i className="absolute top-1/2 h-0.5 -translate-y-1/2 bg-text-3" style={{ left: `${left}%`, width: `${right - left}%` }} />
      <i className="absolute top-1/2 size-2 -translate-1/2 rounded-full border-2 border-text-3 bg-bg" style={{ left: `${at(was)}%` }} />
      <i className="absolute top-1/2 size-2 -translate-1/2 rounded-full bg-text" style={{ left: `${at(is)}%` }} />
    </span>
  );
};
