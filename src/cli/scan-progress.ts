import { setPriority } from 'node:os';
import { escapeTerminal } from '../core/renderers/terminal-escape.js';
import type { Answer } from '../scan/results.js';
import type { Io } from './io.js';

export const PROGRESS_CHOICES = ['auto', 'json', 'none'] as const;
export type ProgressChoice = (typeof PROGRESS_CHOICES)[number];

const TERMINAL_MILLIS = 200;
const JSON_MILLIS = 1_000;
/** The rate of the last half minute says better what is to come than that of the whole. */
const RATE_SAMPLES = 30;

const COUNTED = ['files', 'bytes', 'errors', 'credentials', 'ai', 'altered', 'contradictions'] as const;
type Share = Readonly<Record<(typeof COUNTED)[number], number>>;

function shareOf(answer: Answer): Share {
  const none = { files: 1, bytes: 0, errors: 0, credentials: 0, ai: 0, altered: 0, contradictions: 0 };
  if ('error' in answer) return { ...none, errors: 1 };
  const { asset, contentCredentials, summary, contradictions } = answer.slim;
  return {
    ...none,
    bytes: asset.bytes,
    credentials: Number(contentCredentials.presence === 'present'),
    ai: Number(summary.origin === 'ai-generated' || summary.origin === 'ai-edited'),
    altered: Number(contentCredentials.integrity === 'altered'),
    contradictions: Number(contradictions.length > 0),
  };
}

/** How far a scan is, told on stderr while it runs. */
export class Progress {
  files = 0;
  bytes = 0;
  skipped = 0;
  errors = 0;
  credentials = 0;
  ai = 0;
  altered = 0;
  contradictions = 0;
  /** Files in all, once they have been counted. */
  total: number | undefined;
  readonly #io: Io;
  readonly #form: 'terminal' | 'json' | 'none';
  readonly #begun = performance.now();
  readonly #samples: { at: number; files: number }[] = [];
  #last = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(choice: ProgressChoice, io: Io, stderrIsTerminal: boolean) {
    this.#io = io;
    this.#form = choice === 'json' ? 'json' : choice === 'auto' && stderrIsTerminal ? 'terminal' : 'none';
    if (this.#form === 'none') return;
    const millis = this.#form === 'json' ? JSON_MILLIS : TERMINAL_MILLIS;
    this.#timer = setInterval(() => this.#tell(), millis);
    this.#timer.unref();
  }

  get shown(): boolean {
    return this.#form !== 'none';
  }

  /** What it gives takes the answer out again. */
  take(answer: Answer): () => void {
    const share = shareOf(answer);
    if ('slim' in answer) this.#last = answer.slim.path;
    this.#add(share, 1);
    return () => this.#add(share, -1);
  }

  #add(share: Share, step: 1 | -1): void {
    for (const name of COUNTED) this[name] += step * share[name];
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.#form === 'json') this.#tell();
    if (this.#form === 'terminal') this.#io.stderr.write('\r\x1b[2K');
  }

  #tell(): void {
    const rate = this.#rate();
    const done = this.files + this.skipped;
    const left = this.total === undefined ? undefined : Math.max(0, this.total - done);
    const eta = left === undefined || rate === 0 ? undefined : left / rate;
    this.#io.stderr.write(this.#form === 'json' ? this.#json(rate, eta) : this.#line(rate, eta));
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

  #json(rate: number, etaSeconds: number | undefined): string {
    const { files, bytes, total, skipped, errors, credentials, ai, altered, contradictions } = this;
    const progress = {
      schema: 'assay.scan-progress/1',
      seconds: Math.round((performance.now() - this.#begun) / 1_000),
      files,
      skipped,
      bytes,
      errors,
      filesPerSecond: Math.round(rate * 10) / 10,
      ...(total === undefined ? {} : { total }),
      ...(etaSeconds === undefined ? {} : { etaSeconds: Math.round(etaSeconds) }),
      found: { credentials, ai, altered, contradictions },
    };
    return `${JSON.stringify(progress)}\n`;
  }

  #line(rate: number, eta: number | undefined): string {
    const { files, skipped, total, bytes, errors, credentials, ai, altered } = this;
    const parts = [
      `${grouped(files + skipped)}${total === undefined ? '' : ` of ${grouped(total)}`} files`,
      sizeOf(bytes),
      `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`,
      ...(eta === undefined ? [] : [`${span(eta)} left`]),
      `${grouped(credentials)} with credentials`,
      `${grouped(ai)} declare AI`,
      ...(altered === 0 ? [] : [`${grouped(altered)} altered`]),
      ...(errors === 0 ? [] : [`${grouped(errors)} not inspected`]),
    ];
    const width = (this.#io.width ?? 100) - 1;
    const text = parts.join(' · ');
    const room = width - text.length - 3;
    const path = room > 12 ? ` · ${escapeTerminal(this.#last).slice(-room)}` : '';
    return `\r\x1b[2K${`${text}${path}`.slice(0, width)}`;
  }
}

export const grouped = (count: number): string => count.toLocaleString('en-US');

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'];

export function sizeOf(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1_000 && unit < SIZES.length - 1; unit += 1) value /= 1_000;
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${SIZES[unit]}`;
}

export function span(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

/** Reading processes inherit it. Without the right to it, the scan goes on as it is. */
export function lowerPriority(nice: number): void {
  setPriority(nice);
}
