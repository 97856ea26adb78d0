import { LEAST_BANDWIDTH } from '../config.js';
import { table } from '../core/ground/table.js';
import { KINDS } from '../core/media/media-kinds.js';
import { said } from '../say/said.js';
import { ARCHIVE_KINDS } from '../scan/archives/kinds.js';
import { conditionOf, RECORD_CONDITIONS } from '../scan/conditions.js';
import { COLUMN_NAMES } from '../scan/csv.js';
import { Hours } from '../scan/hours.js';
import { REDO_CHOICES } from '../scan/redo.js';
import { BadValue } from './command.js';
import { anyOf, parseList } from './options.js';

const UNITS: Readonly<Record<string, number>> = table({
  '': 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
});

/** `4096`, `10k`, `2.5M`, `1G`: bytes, in powers of 1,024. */
export function parseBytes(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,12}(?:\.\d{1,3})?)([kmgt]?)(?:i?b)?$/i.exec(text) ?? [];
  const bytes = Number(digits) * (UNITS[unit.toLowerCase()] ?? Number.NaN);
  if (digits === '' || !Number.isSafeInteger(Math.round(bytes))) {
    throw new BadValue(said('cli.value.size'));
  }
  return Math.round(bytes);
}

const SPANS: Readonly<Record<string, number>> = table({ h: 3_600_000, d: 86_400_000, w: 604_800_000 });

/** A day or moment (UTC where no zone is given), or a span before now: `36h`, `7d`, `2w`. Milliseconds since 1970. */
export function parseMoment(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,6})([hdw])$/.exec(text) ?? [];
  if (amount !== undefined) return Date.now() - Number(amount) * (SPANS[unit] ?? 0);
  const form = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$/;
  const zoned = /T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || !text.includes('T') ? text : `${text}Z`;
  const moment = form.test(text) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(moment)) {
    throw new BadValue(said('cli.value.moment'));
  }
  return moment;
}

const SECONDS: Readonly<Record<string, number>> = table({ s: 1, m: 60, h: 3_600, d: 86_400 });
const MOST_SECONDS = 31 * 86_400;

/** `30s`, `10m`, `6h`, `1d`: seconds, at most 31 days: a timer takes no longer ones. */
export function parseSpan(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (SECONDS[unit] ?? Number.NaN);
  if (!(seconds >= 1 && seconds <= MOST_SECONDS)) throw new BadValue(said('cli.value.span'));
  return seconds;
}

/** `20M`: bytes a second. */
export function parseBandwidth(text: string): number {
  const bytes = parseBytes(text.replace(/\/s$/, ''));
  if (bytes < LEAST_BANDWIDTH) throw new BadValue(said('cli.value.bandwidth'));
  return bytes;
}

export function parseHours(text: string): Hours {
  const hours = Hours.of(text);
  if (hours === undefined) throw new BadValue(said('cli.value.hours'));
  return hours;
}

export const parseKinds = anyOf(KINDS);

export function parseScanConditions(text: string): string[] {
  return parseList(text).map((word) => {
    if (conditionOf(word) === undefined) {
      throw new BadValue(said('cli.value.condition', { word, names: Object.keys(RECORD_CONDITIONS) }));
    }
    return word;
  });
}

export const parseColumns = anyOf(COLUMN_NAMES);

export const parseRedo = anyOf(REDO_CHOICES);

export const parseArchives = anyOf(ARCHIVE_KINDS);

export function parseRate(text: string): number {
  const rate = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(rate > 0)) throw new BadValue(said('cli.value.rate'));
  return rate;
}
