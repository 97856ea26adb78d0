import { lookupTable } from '../../base/table.js';
import { MEDIA_KINDS } from '../../core/media/media-kinds.js';
import { message } from '../../i18n/message.js';
import { KEEP_CHOICES, type KeepChoice } from '../../scan/fingerprints/fingerprint-maker.js';
import { COLUMN_NAMES } from '../../scan/lines/csv.js';
import { REDO_CHOICES } from '../../scan/results/redo.js';
import { parseCondition, RECORD_CONDITIONS } from '../../scan/run/conditions.js';
import { ARCHIVE_KINDS } from '../../scan/sources/archive-kinds.js';
import { InvalidValueError } from '../shared/command.js';
import { listParser, parseList } from '../shared/options.js';

const SIZE_UNITS: Readonly<Record<string, number>> = lookupTable({
  '': 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
});

/** Parses a size such as `4096`, `10k`, `2.5M` or `1G`. Returns bytes; units are powers of 1,024. */
export function parseBytes(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,12}(?:\.\d{1,3})?)([kmgt]?)(?:i?b)?$/i.exec(text) ?? [];
  const bytes = Number(digits) * (SIZE_UNITS[unit.toLowerCase()] ?? Number.NaN);
  if (digits === '' || !Number.isSafeInteger(Math.round(bytes))) {
    throw new InvalidValueError(message('cli.value.size'));
  }
  return Math.round(bytes);
}

export interface SizeRange {
  /** As given on the command line. */
  text: string;
  minBytes?: number;
  maxBytes?: number;
}

/** Parses a range such as `10k-2G`, `10k-` or `-2G`. */
export function parseSizeRange(text: string): SizeRange {
  const [, least = '', most = ''] = /^([^-]*)-([^-]*)$/.exec(text) ?? [];
  if (least === '' && most === '') throw new InvalidValueError(message('cli.value.sizeRange'));
  return {
    text,
    ...(least !== '' && { minBytes: parseBytes(least) }),
    ...(most !== '' && { maxBytes: parseBytes(most) }),
  };
}

const UNIT_MILLIS: Readonly<Record<string, number>> = lookupTable({
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
});

/**
 * Parses a day or moment (UTC if no zone is given), or a span before now such as `36h`, `7d` or `2w`. Returns
 * milliseconds since 1970.
 */
export function parseMoment(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,6})([hdw])$/.exec(text) ?? [];
  if (amount !== undefined) return Date.now() - Number(amount) * (UNIT_MILLIS[unit] ?? 0);
  const form = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$/;
  const zoned = /T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || !text.includes('T') ? text : `${text}Z`;
  const moment = form.test(text) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(moment)) {
    throw new InvalidValueError(message('cli.value.moment'));
  }
  return moment;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = lookupTable({ s: 1, m: 60, h: 3_600, d: 86_400 });
const MAX_SECONDS = 31 * 86_400;

/**
 * Parses a span such as `30s`, `10m`, `6h` or `1d`. Returns seconds, at most 31 days, because timers accept no longer
 * ones.
 */
export function parseSpan(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (UNIT_SECONDS[unit] ?? Number.NaN);
  if (!(seconds >= 1 && seconds <= MAX_SECONDS)) throw new InvalidValueError(message('cli.value.span'));
  return seconds;
}

/** Bytes per second. Below this, an object store considers the connection dead. */
const MIN_BANDWIDTH = 64 * 1024;

/** Parses a bandwidth such as `20M`. Returns bytes per second. */
export function parseBandwidth(text: string): number {
  const bytes = parseBytes(text.replace(/\/s$/, ''));
  if (bytes < MIN_BANDWIDTH) throw new InvalidValueError(message('cli.value.bandwidth'));
  return bytes;
}

/** Previews and manifest stores are found by fingerprints, so they come with them. */
export function parseKeep(text: string): KeepChoice[] {
  const named = listParser(KEEP_CHOICES)(text);
  return KEEP_CHOICES.filter((one) => one === 'fingerprints' || named.includes(one));
}

export const parseKinds = listParser(MEDIA_KINDS);

export function parseScanConditions(text: string): string[] {
  return parseList(text).map((word) => {
    if (parseCondition(word) === undefined) {
      throw new InvalidValueError(
        message('cli.value.condition', { word, names: Object.keys(RECORD_CONDITIONS) }),
      );
    }
    return word;
  });
}

export const parseColumns = listParser(COLUMN_NAMES);

export const parseRedo = listParser(REDO_CHOICES);

export const parseArchives = listParser(ARCHIVE_KINDS);

export function parseRate(text: string): number {
  const rate = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(rate > 0)) throw new InvalidValueError(message('cli.value.rate'));
  return rate;
}
