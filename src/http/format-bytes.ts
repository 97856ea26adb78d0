import { type Said, said } from '../say/said.js';

const UNITS = [
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
] as const;

/** A bound, to be said: `1 GiB (1,073,741,824 bytes)`; the short form only where it is exact to a tenth. */
export function boundSaid(bytes: number): Said {
  const exact = said('amount.bytes', { count: bytes });
  const short = UNITS.find(([, size]) => bytes >= size && (bytes * 10) % size === 0);
  if (short === undefined) return exact;
  const size = said('text.asWritten', { text: `${bytes / short[1]} ${short[0]}` });
  return said('amount.sizeAndBytes', { size, exact });
}
