import type { StoredReport } from '../../../src/core/report/report.js';

/** Strings by which a file may try to break out of the page that shows it. */
export const HOSTILE = {
  script: '<script>alert(1)</script>',
  'image in an attribute': '"><img src=x onerror=alert(1)>',
  'single quotes': "' onmouseover='alert(1)",
  entities: '&lt;b&gt;',
  'ANSI and OSC': '\u001b[2J\u001b[31mred\u001b]0;title\u0007',
  'C1 control': '\u009b31m',
  'right-to-left override': 'gpj.\u202egnp.exe',
  'isolates and marks': '\u2066hidden\u2069\u200b\u200f\u061c',
  'NUL and backspace': 'a\u0000b\u0008c',
  'line breaks of every kind': 'line\nbreak\rreturn\u2028sep\u2029par',
  'lone surrogates': '\ud800lone\udc00',
  'closing quotes': '” ● present; signed by a listed signer “',
  'script address': 'javascript:alert(1)',
  'tag characters': '\u{e0041}\u{e007f}tags',
  'ten thousand characters': `${'x'.repeat(10_000)}end`,
  'nine thousand wide characters': '漢'.repeat(9_000),
} as const;
export const HOSTILE_STRINGS: string[] = Object.values(HOSTILE);

/** Copies the Report with `change` applied to every string that the schema leaves free. */
export function mapStrings(
  report: StoredReport,
  change: (text: string, path: string) => string,
): StoredReport {
  return walk(report, '', change) as StoredReport;
}

/** Closed vocabularies, dates and digests, which cannot contain a string of a file. */
const CLOSED =
  /^\/(schema|tool\/|asset\/(sha256|kind|parts\/\d+\/(kind|signed))|summary\/(origin|backing)|findings\/\d+\/(outcome|because|inForce|rulebook$)|reads\/\w+\/status)|\/(id|backing|carrier|presence|integrity|ingredientIntegrity|trust|authorityTrust|validity|revocation|through|kind|status)$|\/engine\/name$/;

function walk(value: unknown, path: string, change: (text: string, path: string) => string): unknown {
  if (typeof value === 'string') return CLOSED.test(path) ? value : change(value, path);
  if (Array.isArray(value)) return value.map((one, index) => walk(one, `${path}/${index}`, change));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, walk(one, `${path}/${key}`, change)]),
    );
  }
  return value;
}

/** Control characters except the line feed, bidi marks, zero width, separators, lone surrogates, tags. */
export const RAW_UNSEEN = /[^\P{Cc}\n]|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u;
