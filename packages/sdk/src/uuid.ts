/** Makes ids of events. */
export type Ids = (nowMs: number) => string;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const MAX_COUNT = 0xfff;

/**
 * UUIDv7 (RFC 9562), each greater than the one before it, also within a millisecond and when the clock steps back:
 * 48 bits of time, 12 that count within the millisecond from a random start, 62 random ones. `fill` puts chance into bytes.
 */
export const createIds = (fill: (bytes: Uint8Array<ArrayBuffer>) => unknown): Ids => {
  const chance = new Uint8Array(10);
  let lastMs = -1;
  let count = 0;
  return (nowMs) => {
    fill(chance);
    const [high = 0, low = 0] = chance;
    if (nowMs > lastMs) {
      lastMs = Math.floor(nowMs);
      count = ((high << 8) | low) & 0x7ff; // room to count
    } else if (++count > MAX_COUNT) {
      lastMs += 1; // borrowed from the future: the clock catches up
      count = 0;
    }
    const time = lastMs.toString(16).padStart(12, '0');
    const hex = Array.from(chance.subarray(2), (byte, at) => HEX[at === 0 ? (byte & 0x3f) | 0x80 : byte]).join('');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count.toString(16).padStart(3, '0')}-${hex.slice(0, 4)}-${hex.slice(4)}`;
  };
};

/** One for the process, so that the ids of several clients are in order too. */
export const newId: Ids = createIds((bytes) => {
  const source = (globalThis as { crypto?: typeof crypto }).crypto;
  if (source) return source.getRandomValues(bytes);
  return bytes.set(bytes.map(() => Math.random() * 256)); // Node 18: an id must be unique, not secret
});
