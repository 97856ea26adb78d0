const UNITS = [
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
] as const;

/** `1 GiB (1,073,741,824 bytes)`; the short form only where it is exact to a tenth. */
export function formatBytes(bytes: number): string {
  const exact = `${new Intl.NumberFormat('en').format(bytes)} bytes`;
  const unit = UNITS.find(([, size]) => bytes >= size && (bytes * 10) % size === 0);
  return unit === undefined ? exact : `${bytes / unit[1]} ${unit[0]} (${exact})`;
}
