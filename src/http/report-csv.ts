import type { Report } from '../core/report/report.js';

/** One Report as two lines: names and values, for a table somebody keeps (RFC 4180). */
const COLUMNS: readonly [name: string, value: (report: Report) => string | number | undefined][] = [
  ['name', ({ asset }) => asset.name],
  ['bytes', ({ asset }) => asset.bytes],
  ['sha256', ({ asset }) => asset.sha256],
  ['mediaType', ({ asset }) => asset.mediaType],
  ['kind', ({ asset }) => asset.kind],
  ['origin', ({ summary }) => summary.origin],
  ['backing', ({ summary }) => summary.backing],
  ['headline', ({ summary }) => summary.headline?.text],
  ['sentence', ({ summary }) => summary.sentence],
  ['coverage', ({ summary }) => summary.coverage.state],
  ['contentCredentials', ({ contentCredentials }) => contentCredentials.presence],
  ['integrity', ({ contentCredentials }) => contentCredentials.integrity],
  ['signer', ({ contentCredentials }) => contentCredentials.signer?.name],
  ['signerTrust', ({ contentCredentials }) => contentCredentials.signer?.trust],
  ['signals', ({ signals }) => [...new Set(signals.map(({ id }) => id))].join(' ')],
  ['contradictions', ({ contradictions }) => contradictions.length],
  ['asOf', ({ tool }) => tool.asOf],
  ['tool', ({ tool }) => `${tool.name} ${tool.version}`],
];

export function reportCsv(report: Report): string {
  const lines = [COLUMNS.map(([name]) => name), COLUMNS.map(([, value]) => cell(value(report)))];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** A table program takes what begins so for a formula, and runs it: the file's words must stay words. */
const FORMULA = /^[\s]*[=+\-@\t\r＝＋－＠]/;

function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
