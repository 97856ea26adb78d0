import { type Message, message } from '../../i18n/message.js';

const UNITS = [
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
] as const;

/** Returns a bound as a message: `1 GiB (1,073,741,824 bytes)`; the short form only if it is exact to a tenth. */
export function boundMessage(bytes: number): Message {
  const exact = message('amount.bytes', { count: bytes });
  const short = UNITS.find(([, size]) => bytes >= size && (bytes * 10) % size === 0);
  if (short === undefined) return exact;
  const size = message('text.asWritten', { text: `${bytes / short[1]} ${short[0]}` });
  return message('amount.sizeAndBytes', { size, exact });
}

/** Returns a bound for a person who chooses a file: rounded down, to the precision that a person needs. */
export function roundedBoundMessage(bytes: number): Message {
  const down = (unit: number) => String(Math.floor((bytes / unit) * 10) / 10);
  if (bytes >= 1e9) return message('amount.gigabytes', { count: down(1e9) });
  if (bytes >= 1e6) return message('amount.megabytes', { count: down(1e6) });
  if (bytes >= 1e3) return message('amount.kilobytes', { count: down(1e3) });
  return message('amount.bytes', { count: bytes });
}
