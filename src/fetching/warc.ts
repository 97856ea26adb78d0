import type { Exchange } from './fetched.js';

/** WARC/1.1, one gzip member a record, into a file that is not there yet. */
export async function writeWarc(
  _exchanges: readonly Exchange[],
  _path: string,
  _how: { leaveOut?: string } = {},
): Promise<{ bytes: number; sha256: string }> {
  throw new Error('not yet');
}
