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

/** The same for whoever chooses a file: never more than it is, and no more exact than a person needs. */
export function roundBound(bytes: number): Said {
  const down = (unit: number) => String(Math.floor((bytes / unit) * 10) / 10);
  if (bytes >= 1e9) return said('amount.gigabytes', { count: down(1e9) });
  if (bytes >= 1e6) return said('amount.megabytes', { count: down(1e6) });
  if (bytes >= 1e3) return said('amount.kilobytes', { count: down(1e3) });
  return said('amount.bytes', { count: bytes });
}
