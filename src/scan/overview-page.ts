import { CARRIERS } from '../core/media/carrier.js';
import { escapeHtml } from '../core/renderers/html-escape.js';
import { OUTCOMES } from '../core/report/finding-schema.js';
import { INTEGRITIES, ORIGINS, PRESENCES } from '../core/report/report.js';
import { textIn } from '../core/report/text-in.js';
import { BACKINGS } from '../core/signals/backing.js';
import { daySaid, sizeSaid, timeSaid } from '../say/amounts.js';
import { said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import { type Counts, NOTHING_READ, type Overview } from './overview.js';

const ROWS = 25;
const NAME_CHARACTERS = 120;

/** One HTML file, whole: no script, nothing to load. Everything that came from a file goes through `escapeHtml`. */
export function overviewPage(overview: Overview, made: string, speech: Speech): string {
  const { files, bytes, duplicates, unread, errors, withoutYear } = overview;
  const { words, say } = speech;
  const failed = errors.top().reduce((sum, [, count]) => sum + count, 0);
  const inspected = files - failed;
  const charted = (name: Charted, form: Partial<ChartForm> = {}) =>
    chart(words(`overview.chart.${name}`), overview[name], speech, {
      about:
        name === 'years'
          ? words('overview.about.years', { count: withoutYear })
          : words(`overview.about.${name}`),
      of: inspected,
      ...form,
    });
  const sections = [
    charted('origins', { names: namesOf(ORIGINS, (code) => words(`page.origin.${code}`)) }),
    charted('notLookedInto', {
      names: {
        ...namesOf(CARRIERS, (code) => words(`carrier.${code}`)),
        [NOTHING_READ]: words('page.coverage.nothing'),
      },
      most: CARRIERS.length + 1,
    }),
    charted('backings', { names: namesOf(BACKINGS, (code) => words(`page.backing.${code}`)) }),
    charted('credentials', { names: namesOf(PRESENCES, (code) => words(`page.presence.${code}`)) }),
    charted('integrity', { names: namesOf(INTEGRITIES, (code) => words(`page.integrity.${code}`)) }),
    charted('signers', {
      names: overview.signers.saidBy(({ name, by }) =>
        words('overview.signer', { name, trust: said(`overview.trust.${by}`) }),
      ),
    }),
    charted('generators'),
    charted('signals'),
    ...[...overview.outcomes].map(([rulebook, counts]) =>
      chart(words('overview.chart.rulebook', { rulebook }), counts, speech, {
        about: words('overview.about.rulebook'),
        names: namesOf(OUTCOMES, (code) => words(`law.outcome.${code}`)),
      }),
    ),
    charted('years', {
      order: 'name',
      names: overview.years.saidBy(({ name: year, by }) => words(`overview.year.${by}`, { year })),
    }),
    charted('contradictions'),
    charted('errors', { of: files }),
    failures(overview, speech),
  ];
  const facts = [
    words('overview.files', { count: files }),
    say(sizeSaid(bytes)),
    ...(failed === 0 ? [] : [words('overview.failed', { count: failed })]),
    ...(unread === 0 ? [] : [words('overview.unread', { count: unread })]),
    ...(duplicates === 0 ? [] : [words('overview.duplicates', { count: duplicates })]),
  ];
  const title = words('overview.title', { files: said('overview.files', { count: files }) });
  return `<!doctype html>
<html lang="${speech.language}" dir="${speech.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(words('overview.heading', { count: files }))}</h1>
<p class="facts">${facts.map((fact) => escapeHtml(fact)).join(' · ')}</p>
${overview.complete ? '' : `<p class="note">${escapeHtml(words('overview.interrupted'))}</p>`}
${sections.filter((section) => section !== '').join('\n')}
<footer>
<h2>${escapeHtml(words('overview.runs'))}</h2>
<ul>${overview.headers.map((header) => run(header, speech)).join('')}</ul>
<p>${escapeHtml(words('overview.made', { time: timeSaid(made) }))}</p>
</footer>
</main>
</body>
</html>
`;
}

type Charted = Extract<
  keyof Overview,
  | 'origins'
  | 'notLookedInto'
  | 'backings'
  | 'credentials'
  | 'integrity'
  | 'signers'
  | 'generators'
  | 'signals'
  | 'years'
  | 'contradictions'
  | 'errors'
>;

function run({ begun, asOf, sources, versions }: Overview['headers'][number], { words }: Speech): string {
  const lists = versions.lists.map((list) => list.split(' ')[0] ?? list);
  const { rulebooks } = versions;
  const text = words('overview.run', {
    begun: timeSaid(begun),
    asOf: daySaid(asOf),
    version: versions.assay,
    lists: lists.length === 0 ? said('overview.run.noList') : said('overview.run.lists', { names: lists }),
    rulebooks:
      rulebooks.length === 0
        ? said('overview.run.noRulebook')
        : said('overview.run.rulebooks', { names: rulebooks }),
  });
  const from = sources.slice(0, 8).map((source) => `<code>${escapeHtml(source, NAME_CHARACTERS)}</code>`);
  return `<li>${from.join(' ')}${sources.length > 8 ? ' …' : ''}<br>${escapeHtml(text)}</li>`;
}

const namesOf = <Code extends string>(codes: readonly Code[], say: (code: Code) => string) =>
  Object.fromEntries(codes.map((code) => [code, say(code)]));

interface ChartForm {
  about: string;
  /** How many all are. */
  of?: number;
  order?: 'count' | 'name';
  /** What is said in place of words of the vocabulary. */
  names?: Readonly<Record<string, string>>;
  /** Rows. */
  most?: number;
}

/** A table whose last column is drawn: it can be read aloud, copied and printed. */
function chart(
  title: string,
  counts: Counts,
  { words }: Speech,
  { about, of = 0, order = 'count', names = {}, most: shown = ROWS }: ChartForm,
): string {
  const all = order === 'name' ? counts.byName() : counts.top();
  const rows = order === 'name' ? all.slice(-ROWS * 4) : all.slice(0, shown);
  if (rows.length === 0) return '';
  const most = Math.max(...rows.map(([, count]) => count));
  const shownAs = (name: string) => (Object.hasOwn(names, name) ? names[name] : undefined) ?? name;
  const left = all.length - rows.length + counts.others;
  const body = rows.map(
    ([name, count]) =>
      `<tr><th scope="row"><bdi>${escapeHtml(shownAs(name), NAME_CHARACTERS)}</bdi></th><td>${escapeHtml(words('overview.number', { count }))}</td>` +
      `<td>${of === 0 ? '' : escapeHtml(words('overview.percent', { share: hundredths(count / of) }))}</td><td class="bar">${bar(count / most)}</td></tr>`,
  );
  const heads = [words('overview.what'), words('overview.count'), of === 0 ? '' : words('overview.share')];
  const more = left > 0 ? `<p>${escapeHtml(words('overview.more', { count: left }))}</p>` : '';
  return `<section><h2>${escapeHtml(title)}</h2><p>${escapeHtml(about)}</p>
<table><thead><tr>${headCells(heads)}<td></td></tr></thead><tbody>
${body.join('\n')}
</tbody></table>${more}</section>`;
}

const headCells = (heads: readonly string[]): string =>
  heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join('');

function bar(share: number): string {
  const width = Math.max(1, Math.round(share * 200));
  return `<svg width="200" height="12" viewBox="0 0 200 12" aria-hidden="true"><rect width="${width}" height="12" rx="2"/></svg>`;
}

function failures({ failures: list, errors }: Overview, speech: Speech): string {
  if (list.length === 0) return '';
  const { words } = speech;
  const left = errors.top().reduce((sum, [, count]) => sum + count, 0) - list.length;
  const rows = list.map((record) => {
    const { path, code, message } = record;
    // A version before this kept the words alone, in English.
    const lang = record.said === undefined ? ' lang="en"' : '';
    const why = textIn(record, 'message', speech) ?? message;
    return `<tr><td><code><bdi>${escapeHtml(path, 300)}</bdi></code></td><td>${escapeHtml(code)}</td><td${lang}>${escapeHtml(why, 300)}</td></tr>`;
  });
  const heads = [
    words('overview.failures.path'),
    words('overview.failures.code'),
    words('overview.failures.why'),
  ];
  const more = left > 0 ? `<p>${escapeHtml(words('overview.moreFailures', { count: left }))}</p>` : '';
  return `<section><h2>${escapeHtml(words('overview.failures.title'))}</h2><table><thead><tr>${headCells(heads)}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>${more}</section>`;
}

const hundredths = (share: number): string => (share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0);

const STYLE = `
:root{color-scheme:light dark;--fg:#1a1d21;--bg:#fcfcfd;--soft:#4a5058;--line:#d9dce1;--hue:#2b5c8f}
@media (prefers-color-scheme:dark){:root{--fg:#e9ebee;--bg:#131518;--soft:#b4bac2;--line:#33383f;--hue:#7fb0e0}}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg)}
main{max-width:64rem;margin:0 auto;padding:24px 16px}
h1{font-size:1.5rem}h2{font-size:1.125rem;margin:32px 0 4px}
p{max-width:70ch;margin:4px 0 8px;color:var(--soft)}
.facts{color:var(--fg)}.note{border-inline-start:4px solid var(--hue);padding:4px 12px;color:var(--fg)}
table{border-collapse:collapse;width:100%}
th,td{padding:4px 0;padding-inline-end:12px;text-align:start;vertical-align:top;border-bottom:1px solid var(--line);font-weight:400;overflow-wrap:anywhere}
thead th{color:var(--soft);font-size:.875rem}
thead th:first-child{width:45%}
td:nth-child(2),td:nth-child(3){white-space:nowrap;font-variant-numeric:tabular-nums}
.bar{width:200px}rect{fill:var(--hue)}
code{font-family:ui-monospace,monospace;font-size:.875rem}
footer{margin-top:48px;border-top:1px solid var(--line)}
@media (max-width:40rem){.bar{display:none}}
@media print{section{break-inside:avoid}}
`;
