import { displayPath } from '../../base/path-text.js';
import { escapeTerminal } from '../../base/terminal-text.js';
import { cutColumns, displayWidth } from '../../core/renderers/text/wrap.js';
import { type Message, message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { ScanAnswer } from '../../scan/records/answer.js';
import { type Io, overwriteLine, printJson, translatorForUser } from '../shared/io.js';

export const PROGRESS_CHOICES = ['auto', 'json', 'none'] as const;
export type ProgressChoice = (typeof PROGRESS_CHOICES)[number];

const TERMINAL_MILLIS = 200;
const JSON_MILLIS = 1_000;
/** Samples of the rate, one per second: the last half minute predicts the remaining time better than the whole run. */
const RATE_SAMPLES = 30;

const COUNTED = [
  'files',
  'bytes',
  'errors',
  'notFetched',
  'credentials',
  'ai',
  'altered',
  'contradictions',
] as const;
type RecordCounts = Readonly<Record<(typeof COUNTED)[number], number>>;

function countsOfRecord(answer: ScanAnswer): RecordCounts {
  const none = {
    files: 1,
    bytes: 0,
    errors: 0,
    notFetched: 0,
    credentials: 0,
    ai: 0,
    altered: 0,
    contradictions: 0,
  };
  // A file left in its store on request is no error.
  if ('error' in answer)
    return answer.error.code === 'not-fetched' ? { ...none, notFetched: 1 } : { ...none, errors: 1 };
  const { asset, contentCredentials, summary, contradictions } = answer.record;
  return {
    ...none,
    bytes: asset.bytes,
    credentials: Number(contentCredentials.presence === 'present'),
    ai: Number(summary.origin === 'ai-generated' || summary.origin === 'ai-edited'),
    altered: Number(contentCredentials.integrity === 'altered'),
    contradictions: Number(contradictions.length > 0),
  };
}

/** Prints the progress of a scan on stderr while it runs. */
export class ProgressPrinter {
  files = 0;
  bytes = 0;
  skipped = 0;
  errors = 0;
  /** Files not fetched because their first bytes show an unsupported type. */
  notFetched = 0;
  credentials = 0;
  ai = 0;
  altered = 0;
  contradictions = 0;
  /** Total number of files, once they have been counted. */
  total: number | undefined;
  readonly #io: Io;
  readonly #terminal: { columns?: number };
  readonly #speech: Translator;
  readonly #form: 'terminal' | 'json' | 'none';
  readonly #begun = performance.now();
  readonly #samples: { at: number; files: number }[] = [];
  #last = '';
  #timer: NodeJS.Timeout | undefined;

  /** `terminal`: of stderr, whose width may change while the scan runs. */
  constructor(choice: ProgressChoice, io: Io, terminal: { isTTY?: boolean; columns?: number }) {
    this.#io = io;
    this.#terminal = terminal;
    this.#speech = translatorForUser(io);
    this.#form =
      choice === 'json' ? 'json' : choice === 'auto' && terminal.isTTY === true ? 'terminal' : 'none';
    if (this.#form === 'none') return;
    const millis = this.#form === 'json' ? JSON_MILLIS : TERMINAL_MILLIS;
    this.#timer = setInterval(() => this.#tell(), millis);
    this.#timer.unref();
  }

  get isShown(): boolean {
    return this.#form !== 'none';
  }

  /** Counts a record; the returned function removes it from the counts again. */
  add(answer: ScanAnswer): () => void {
    const share = countsOfRecord(answer);
    if ('record' in answer) this.#last = answer.record.path;
    this.#add(share, 1);
    return () => this.#add(share, -1);
  }

  #add(share: RecordCounts, step: 1 | -1): void {
    for (const name of COUNTED) this[name] += step * share[name];
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.#form === 'json') this.#tell();
    if (this.#form === 'terminal') overwriteLine(this.#io);
  }

  #tell(): void {
    const rate = this.#rate();
    const done = this.files + this.skipped;
    const left = this.total === undefined ? undefined : Math.max(0, this.total - done);
    const eta = left === undefined || rate === 0 ? undefined : left / rate;
    if (this.#form === 'json') printJson(this.#io, this.#told(rate, eta));
    else overwriteLine(this.#io, this.#line(rate, eta));
  }

  #rate(): number {
    const now = performance.now();
    const { files } = this;
    const newest = this.#samples.at(-1);
    if (newest === undefined || now - newest.at >= JSON_MILLIS) this.#samples.push({ at: now, files });
    if (this.#samples.length > RATE_SAMPLES) this.#samples.shift();
    const from = this.#samples.length > 1 ? this.#samples[0] : { at: this.#begun, files: 0 };
    return from === undefined || now <= from.at ? 0 : (files - from.files) / ((now - from.at) / 1_000);
  }

  #told(rate: number, etaSeconds: number | undefined): object {
    const { files, bytes, total, skipped, errors, notFetched, credentials, ai, altered, contradictions } =
      this;
    return {
      schema: 'assay.scan-progress/1',
      seconds: Math.round((performance.now() - this.#begun) / 1_000),
      files,
      skipped,
      bytes,
      errors,
      ...(notFetched === 0 ? {} : { notFetched }),
      filesPerSecond: Math.round(rate * 10) / 10,
      ...(total === undefined ? {} : { total }),
      ...(etaSeconds === undefined ? {} : { etaSeconds: Math.round(etaSeconds) }),
      found: { credentials, ai, altered, contradictions },
    };
  }

  /** Renders one line of whole parts; those that do not fit are left out, the last first. */
  #line(rate: number, eta: number | undefined): string {
    const { files, skipped, total, bytes, errors, credentials, ai, altered } = this;
    const done = files + skipped;
    const parts = [
      total === undefined
        ? message('cli.progress.files', { count: done })
        : message('cli.progress.filesOf', { count: done, total }),
      ...(eta === undefined ? [] : [message('cli.progress.left', { time: durationMessage(eta) })]),
      message('cli.progress.rate', { rate: rate < 10 ? rate.toFixed(1) : String(Math.round(rate)) }),
      message('cli.progress.ai', { count: ai }),
      message('cli.progress.credentials', { count: credentials }),
      ...(altered === 0 ? [] : [message('cli.progress.altered', { count: altered })]),
      ...(errors === 0 ? [] : [message('cli.scan.notInspected', { count: errors })]),
      message('text.asWritten', { text: formatSize(bytes) }),
    ];
    const width = (this.#terminal.columns ?? 80) - 1;
    let line = total === undefined ? '' : renderBar(total === 0 ? 1 : Math.min(1, done / total));
    for (const [at, part] of parts.entries()) {
      const next = `${line}${line === '' ? '' : at === 0 ? ' ' : SEPARATOR}${this.#speech.translate(part)}`;
      if (displayWidth(next) > width) return line;
      line = next;
    }
    const room = width - displayWidth(line + SEPARATOR);
    if (room < MIN_PATH_COLUMNS || this.#last === '') return line;
    // The ending tells the kind of file, the beginning where it is.
    const path = escapeTerminal(displayPath(this.#last));
    return `${line}${SEPARATOR}${cutColumns(path, room, Math.floor(room / 2))}`;
  }
}

const SEPARATOR = ' · ';
const MIN_PATH_COLUMNS = 12;
const BAR_COLUMNS = 10;

function renderBar(share: number): string {
  const full = Math.floor(share * BAR_COLUMNS);
  return `[${'='.repeat(full)}${' '.repeat(BAR_COLUMNS - full)}]`;
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'];

export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1_000 && unit < SIZES.length - 1; unit += 1) value /= 1_000;
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${SIZES[unit]}`;
}

export function durationMessage(seconds: number): Message {
  const whole = Math.round(seconds);
  if (whole < 60) return message('cli.span.seconds', { seconds: String(whole) });
  const minutes = Math.floor(whole / 60);
  return whole < 3_600
    ? message('cli.span.minutes', { minutes: String(minutes), seconds: String(whole % 60) })
    : message('cli.span.hours', { hours: String(Math.floor(whole / 3_600)), minutes: String(minutes % 60) });
}
