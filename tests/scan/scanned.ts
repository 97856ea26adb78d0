import type { ErrorRecord } from '../../src/core/report/report.js';
import { isDeadLine } from '../../src/scan/lines/delta.js';
import { type ParsedLine, parseLine } from '../../src/scan/lines/parse.js';
import type { Header, ScanSummary } from '../../src/scan/records/header.js';
import type { ScanRecord } from '../../src/scan/records/record.js';

export interface Scanned {
  headers: Header[];
  records: (ScanRecord | ErrorRecord)[];
  summary: ScanSummary | undefined;
}

/** Parses the output; every line must match one of the declared schemas. */
export function scanned(text: string): Scanned {
  const lines = text
    .trimEnd()
    .split('\n')
    .filter((line) => !isDeadLine(line))
    .map((line): ParsedLine => {
      const parsed = parseLine(line);
      if (parsed === undefined) throw new Error(`no line of a scan: ${line.slice(0, 200)}`);
      return parsed;
    });
  return {
    headers: lines.flatMap((line) => (line.is === 'header' ? [line.header] : [])),
    records: lines.flatMap((line) => (line.is === 'record' || line.is === 'error' ? [line.record] : [])),
    summary: lines.flatMap((line) => (line.is === 'summary' ? [line.summary] : []))[0],
  };
}
