import { statSync } from 'node:fs';
import { message } from '../../i18n/message.js';
import { isDeadLine, liveLineTest, parseDeltaLine, readDelta } from './delta.js';
import { type ResultsLine, readLines } from './lines.js';
import { parseLine } from './parse.js';
import { ResultsError } from './results-error.js';

export interface LiveLine extends ResultsLine {
  in: 'results' | 'delta';
}

/**
 * Yields the live lines of results, with or without a journal: headers, the last record of each file, and the summary
 * if the scan has ended. All readers of results use it. Memory grows by 16 bytes per record changed since the last end.
 * Throws `ResultsError` if the results were changed during reading, and the system's error if the file cannot be read.
 */
export async function* liveLines(out: string): AsyncGenerator<LiveLine> {
  const before = fileStamp(out);
  const scan = await readScanId(out);
  const delta = scan === undefined ? undefined : await readDelta(out, scan);
  const isLive = delta && liveLineTest(delta.results);
  for await (const line of readLines(out, 0, delta?.base)) {
    if (isDeadLine(line.text) || isLive?.(line.offset) === false) continue;
    // With a journal the scan continues, so an earlier summary no longer applies.
    if (delta !== undefined && SUMMARY.test(line.text)) continue;
    yield { ...line, in: 'results' };
  }
  if (delta !== undefined) {
    const isLiveInJournal = liveLineTest(delta.delta);
    for await (const line of readLines(delta.path, delta.begin, delta.bytes))
      if (parseDeltaLine(line.text).is === 'other' && isLiveInJournal(line.offset))
        yield { ...line, in: 'delta' };
  }
  if (fileStamp(out) !== before) throw new ResultsError(message('scan.results.changed', { path: out }));
}

const SUMMARY = /^\{"schema":"assay\.scan-summary\/1"/;

/** Returns a stamp of the file's identity and state; `undefined` if there is none. */
export function fileStamp(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && [stats.ino, stats.size, stats.mtimeNs].join(' ');
}

/** Returns the scan id in the first line of results; `undefined` if it is no header. */
export async function readScanId(path: string): Promise<string | undefined> {
  for await (const { text } of readLines(path)) {
    const line = parseLine(text);
    return line?.is === 'header' ? line.header.scan : undefined;
  }
  return undefined;
}
