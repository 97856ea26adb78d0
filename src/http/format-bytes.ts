import { type Said, said } from '../say/said.js';

const UNITS = [
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
] as const;

/** The same, to be said: `1 GiB (1,073,741,824 bytes)`. */
export function boundSaid(bytes: number): Said {
  const exact = said('amount.bytes', { count: bytes });
  const short = UNITS.find(([, size]) => bytes >= size && (bytes * 10) % size === 0);
  if (short === undefined) return exact;
  const size = said('text.asWritten', { text: `${bytes / short[1]} ${short[0]}` });
  return said('amount.sizeAndBytes', { size, exact });
}

/** `1 GiB (1,073,741,824 bytes)`; the short form only where it is exact to a tenth. */
export function formatBytes(bytes: number): string {
  const exact = `${new Intl.NumberFormat('en').format(bytes)} bytes`;
  const short = UNITS.find(([, size]) => bytes >= size && (bytes * 10) % size === 0);
  return short === undefined ? exact : `${bytes / short[1]} ${short[0]} (${exact})`;
}
