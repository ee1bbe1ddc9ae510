const WIDTH = 120;
const HEIGHT = 24;

/** Accepted events of each of the last 24 hours as small bars; the row says the figures in words. */
export const HourBars = ({ hours }: { hours: readonly number[] }) => {
  const top = Math.max(1, ...hours);
  const step = WIDTH / hours.length;
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden className="text-accent">
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="stroke-line" />
      {hours.map((count, i) => {
        const height = count === 0 ? 0 : Math.max(1.5, (count / top) * (HEIGHT - 2));
        return <rect key={i} x={i * step + 0.5} width={step - 1} y={HEIGHT - 1 - height} height={height} rx={0.5} fill="currentColor" />;
      })}
    </svg>
  );
};
