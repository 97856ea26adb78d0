import { statSync } from 'node:fs';
import { said } from '../say/said.js';
import { counts, deltaBeside, deltaLineOf, isDead } from './delta.js';
import { type Line, linesOf } from './lines.js';
import { parseLine } from './parse.js';
import { ResultsError } from './results.js';

export interface LiveLine extends Line {
  in: 'results' | 'delta';
}

/**
 * The lines of results that count, with or without a journal beside them: each file’s last record, headers, and the summary
 * where the scan has ended. The one way to read results. Memory grows with what was changed since the last end, by 16 bytes
 * a record. Throws a ResultsError where somebody wrote to the results meanwhile, for what was read is then neither the old
 * nor the new; and what the system says where nothing is there.
 */
export async function* liveLines(out: string): AsyncGenerator<LiveLine> {
  const before = stampOf(out);
  const scan = await scanIn(out);
  const delta = scan === undefined ? undefined : await deltaBeside(out, scan);
  const stands = delta && counts(delta.results);
  for await (const line of linesOf(out, 0, delta?.base)) {
    if (isDead(line.text) || stands?.(line.offset) === false) continue;
    // Whatever ended before goes on.
    if (delta !== undefined && SUMMARY.test(line.text)) continue;
    yield { ...line, in: 'results' };
  }
  if (delta !== undefined) {
    const standsThere = counts(delta.delta);
    for await (const line of linesOf(delta.path, delta.begin, delta.bytes))
      if (deltaLineOf(line.text).is === 'other' && standsThere(line.offset)) yield { ...line, in: 'delta' };
  }
  if (stampOf(out) !== before) throw new ResultsError(said('scan.results.changed', { path: out }));
}

const SUMMARY = /^\{"schema":"assay\.scan-summary\/1"/;

/** Which file it is, and in which state; undefined where there is none. */
export function stampOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && [stats.ino, stats.size, stats.mtimeNs].join(' ');
}

/** The id of the scan that results begin with; undefined where they do not. */
export async function scanIn(path: string): Promise<string | undefined> {
  for await (const { text } of linesOf(path)) {
    const line = parseLine(text);
    return line?.is === 'header' ? line.header.scan : undefined;
  }
  return undefined;
}
