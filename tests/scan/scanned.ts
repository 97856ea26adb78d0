import type { ErrorRecord } from '../../src/core/report/report.js';
import { isDead } from '../../src/scan/delta.js';
import type { Header, ScanSummary } from '../../src/scan/header.js';
import { type ParsedLine, parseLine } from '../../src/scan/parse.js';
import type { SlimRecord } from '../../src/scan/record.js';

export interface Scanned {
  headers: Header[];
  records: (SlimRecord | ErrorRecord)[];
  summary: ScanSummary | undefined;
}

/** Every line must be one of the declared ones. */
export function scanned(text: string): Scanned {
  const lines = text
    .trimEnd()
    .split('\n')
    .filter((line) => !isDead(line))
    .map((line): ParsedLine => {
      const parsed = parseLine(line);
      if (parsed === undefined) throw new Error(`no line of a scan: ${line.slice(0, 200)}`);
      return parsed;
    });
  return {
    headers: lines.flatMap((line) => (line.is === 'header' ? [line.header] : [])),
    records: lines.flatMap((line) => (line.is === 'slim' || line.is === 'error' ? [line.record] : [])),
    summary: lines.flatMap((line) => (line.is === 'summary' ? [line.summary] : []))[0],
  };
}
