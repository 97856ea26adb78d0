import { CARRIERS } from '../core/media/carrier.js';
import { escapeHtml } from '../core/renderers/html-escape.js';
import { ORIGINS, PRESENCES } from '../core/report/report.js';
import { speechOf } from '../say/speech.js';
import { type Counts, NOTHING_READ, type Overview } from './overview.js';

const ROWS = 25;
const NAME_CHARACTERS = 120;

/** One HTML file, whole: no script, nothing to load. Everything that came from a file goes through `escapeHtml`. */
export function overviewPage(overview: Overview, made: string): string {
  const { files, bytes, duplicates, unread, errors, withoutYear } = overview;
  const { words } = speechOf('en');
  const failed = errors.top().reduce((sum, [, count]) => sum + count, 0);
  const inspected = files - failed;
  const sections = [
    chart(
      'Declared origin',
      'What files declare about themselves. Most files declare nothing, and that says nothing about how they were made. “Not known” is not “none”: nothing was found in what was read, and something may stand in what was not.',
      overview.origins,
      inspected,
      { names: namesOf(ORIGINS, (code) => words(`page.origin.${code}`)) },
    ),
    chart(
      'Could not look',
      'Places that can hold a label and were not read, in part or whole, and in how many files.',
      overview.notLookedInto,
      inspected,
      {
        names: {
          ...namesOf(CARRIERS, (code) => words(`carrier.${code}`)),
          [NOTHING_READ]: words('page.coverage.nothing'),
        },
        most: CARRIERS.length + 1,
      },
    ),
    chart('How well that is backed', 'Only files that declare an origin.', overview.backings, inspected),
    chart('Content Credentials', 'Whether a manifest is there.', overview.credentials, inspected, {
      names: namesOf(PRESENCES, (code) => words(`page.presence.${code}`)),
    }),
    chart(
      'Changed since it was signed',
      'Only files with Content Credentials.',
      overview.integrity,
      inspected,
    ),
    chart(
      'Signers',
      'As their certificates name them, with the list they were found on. An unlisted name can be anyone’s.',
      overview.signers,
      inspected,
    ),
    chart(
      'Claim generators',
      'Programs and devices, as the manifests name them.',
      overview.generators,
      inspected,
    ),
    chart(
      'Signals',
      'Files that raise them; docs/signals.md says what each means.',
      overview.signals,
      inspected,
    ),
    ...[...overview.outcomes].map(([rulebook, counts]) =>
      chart(
        `Rulebook ${rulebook}`,
        'Clauses over all files: what a file’s signals say to them. Never whether a law was kept.',
        counts,
        undefined,
      ),
    ),
    chart(
      'Years',
      `Proven by a timestamp, or claimed by the file. ${number(withoutYear)} files give none.`,
      overview.years,
      inspected,
      { order: 'name' },
    ),
    chart(
      'Contradictions',
      'Pairs of statements in one file that do not go together. Which of the two holds is not said.',
      overview.contradictions,
      inspected,
    ),
    chart(
      'Not inspected',
      'Files that could not be opened or were left out by a limit; what they hold is unknown.',
      errors,
      files,
    ),
    failures(overview),
  ];
  const counted = `${number(files)} ${files === 1 ? 'file' : 'files'}`;
  const facts = [
    counted,
    size(bytes),
    ...(failed === 0 ? [] : [`${number(failed)} not inspected`]),
    ...(unread === 0 ? [] : [`${number(unread)} not looked into everywhere`]),
    ...(duplicates === 0 ? [] : [`${number(duplicates)} with the same bytes as another`]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>Assay: ${escapeHtml(counted)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>What ${counted} ${files === 1 ? 'says about itself' : 'say about themselves'}</h1>
<p class="facts">${facts.map((fact) => escapeHtml(fact)).join(' · ')}</p>
${overview.complete ? '' : '<p class="note">A scan was interrupted before its end: files are missing here.</p>'}
${sections.filter((section) => section !== '').join('\n')}
<footer>
<h2>Runs</h2>
<ul>${overview.headers.map(run).join('')}</ul>
<p>Made ${escapeHtml(made)}. Assay reads what files declare. It does not tell whether what they show is so.</p>
</footer>
</main>
</body>
</html>
`;
}

function run({ begun, asOf, sources, versions }: Overview['headers'][number]): string {
  const lists = versions.lists.map((list) => list.split(' ')[0] ?? list);
  const parts = [
    `begun ${begun}`,
    `rules as of ${asOf}`,
    `Assay ${versions.assay}`,
    lists.length === 0 ? 'no trust list installed' : `lists: ${lists.join(', ')}`,
    versions.rulebooks.length === 0 ? 'no rulebook asked' : `rulebooks: ${versions.rulebooks.join(', ')}`,
  ];
  const from = sources.slice(0, 8).map((source) => `<code>${escapeHtml(source, NAME_CHARACTERS)}</code>`);
  return `<li>${from.join(', ')}${sources.length > 8 ? ' …' : ''}: ${escapeHtml(parts.join('; '))}</li>`;
}

const namesOf = <Code extends string>(codes: readonly Code[], say: (code: Code) => string) =>
  Object.fromEntries(codes.map((code) => [code, say(code)]));

interface ChartForm {
  order?: 'count' | 'name';
  /** What is said in place of words of the vocabulary. */
  names?: Readonly<Record<string, string>>;
  /** Rows. */
  most?: number;
}

/** A table whose last column is drawn: it can be read aloud, copied and printed. */
function chart(
  title: string,
  says: string,
  counts: Counts,
  of: number | undefined,
  { order = 'count', names = {}, most: shown = ROWS }: ChartForm = {},
): string {
  const all = order === 'name' ? counts.byName() : counts.top();
  const rows = order === 'name' ? all.slice(-ROWS * 4) : all.slice(0, shown);
  if (rows.length === 0) return '';
  const most = Math.max(...rows.map(([, count]) => count));
  const said = (name: string) => (Object.hasOwn(names, name) ? names[name] : undefined) ?? name;
  const left = all.length - rows.length;
  const body = rows.map(
    ([name, count]) =>
      `<tr><th scope="row"><bdi>${escapeHtml(said(name), NAME_CHARACTERS)}</bdi></th><td>${number(count)}</td>` +
      `<td>${of === undefined || of === 0 ? '' : percent(count / of)}</td><td class="bar">${bar(count / most)}</td></tr>`,
  );
  const more =
    left > 0 || counts.others > 0 ? `<p>${number(left + counts.others)} more are not shown.</p>` : '';
  return `<section><h2>${escapeHtml(title)}</h2><p>${escapeHtml(says)}</p>
<table><thead><tr><th scope="col">What</th><th scope="col">Count</th><th scope="col">${of === undefined ? '' : 'Of all files'}</th><td></td></tr></thead><tbody>
${body.join('\n')}
</tbody></table>${more}</section>`;
}

function bar(share: number): string {
  const width = Math.max(1, Math.round(share * 200));
  return `<svg width="200" height="12" viewBox="0 0 200 12" aria-hidden="true"><rect width="${width}" height="12" rx="2"/></svg>`;
}

function failures({ failures: list, errors }: Overview): string {
  if (list.length === 0) return '';
  const left = errors.top().reduce((sum, [, count]) => sum + count, 0) - list.length;
  const rows = list.map(
    ({ path, code, message }) =>
      `<tr><td><code><bdi>${escapeHtml(path, 300)}</bdi></code></td><td>${escapeHtml(code)}</td><td>${escapeHtml(message, 300)}</td></tr>`,
  );
  return `<section><h2>Files not inspected</h2><table><thead><tr><th scope="col">Path</th><th scope="col">Code</th><th scope="col">Why</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>${left > 0 ? `<p>${number(left)} more are in the results.</p>` : ''}</section>`;
}

const number = (count: number): string => count.toLocaleString('en-US');
const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1_000 && unit < units.length - 1; unit += 1) value /= 1_000;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

const STYLE = `
:root{color-scheme:light dark;--fg:#1a1d21;--bg:#fcfcfd;--soft:#4a5058;--line:#d9dce1;--hue:#2b5c8f}
@media (prefers-color-scheme:dark){:root{--fg:#e9ebee;--bg:#131518;--soft:#b4bac2;--line:#33383f;--hue:#7fb0e0}}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg)}
main{max-width:64rem;margin:0 auto;padding:24px 16px}
h1{font-size:1.5rem}h2{font-size:1.125rem;margin:32px 0 4px}
p{max-width:70ch;margin:4px 0 8px;color:var(--soft)}
.facts{color:var(--fg)}.note{border-left:4px solid var(--hue);padding:4px 12px;color:var(--fg)}
table{border-collapse:collapse;width:100%}
th,td{padding:4px 12px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);font-weight:400;overflow-wrap:anywhere}
thead th{color:var(--soft);font-size:.875rem}
thead th:first-child{width:45%}
td:nth-child(2),td:nth-child(3){white-space:nowrap;font-variant-numeric:tabular-nums}
.bar{width:200px}rect{fill:var(--hue)}
code{font-family:ui-monospace,monospace;font-size:.875rem}
footer{margin-top:48px;border-top:1px solid var(--line)}
@media (max-width:40rem){.bar{display:none}}
@media print{section{break-inside:avoid}}
`;
