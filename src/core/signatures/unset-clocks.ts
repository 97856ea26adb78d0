import type { TraceGrade } from '../signals/backing.js';

/**
 * Moment at which clocks or counters begin or end. A device whose clock was never set writes it, or a time shortly
 * after it.
 */
export interface UnsetClock {
  /** UTC. */
  at: string;
  /**
   * `always`: no real file has this date. `conflict`: the date is possible, so it is only conclusive if another date of
   * the file contradicts it.
   */
  when: 'always' | 'conflict';
  grade: TraceGrade;
  source: string;
}

const row = (at: string, when: UnsetClock['when'], grade: TraceGrade, source: string): UnsetClock => ({
  at,
  when,
  grade,
  source,
});

export const UNSET_CLOCKS: readonly UnsetClock[] = [
  row('1601-01-01T00:00:00Z', 'always', 'D', 'Windows, FILETIME: zero'),
  row('1899-12-30T00:00:00Z', 'always', 'D', 'OLE Automation date: zero'),
  row('1904-01-01T00:00:00Z', 'always', 'D', 'ISO/IEC 14496-12, creation_time: zero'),
  row('1970-01-01T00:00:00Z', 'always', 'D', 'POSIX, seconds since the Epoch: zero'),
  row('1980-01-01T00:00:00Z', 'always', 'D', 'FAT file system, date: zero'),
  row('1980-01-06T00:00:00Z', 'always', 'D', 'IS-GPS-200, start of GPS time'),
  row('2000-01-01T00:00:00Z', 'conflict', 'O', 'The first day of many cameras’ clocks'),
  row('2001-01-01T00:00:00Z', 'conflict', 'D', 'Apple Foundation, reference date: zero'),
  row('2036-02-07T06:28:15Z', 'always', 'D', 'RFC 5905: the 32-bit seconds since 1900 end'),
  row('2038-01-19T03:14:07Z', 'always', 'D', 'POSIX: 32-bit signed seconds end'),
  row('2040-02-06T06:28:15Z', 'always', 'D', 'Apple TN1150: the 32-bit seconds since 1904 end'),
  row('2106-02-07T06:28:15Z', 'always', 'D', 'POSIX: 32-bit unsigned seconds end'),
];
