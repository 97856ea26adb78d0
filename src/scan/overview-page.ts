import { createHash } from 'node:crypto';
import { limits } from '../core/ground/limits.js';
import { KINDS } from '../core/media/media-kinds.js';
import { shown as cutTo, html, lines, Markup } from '../core/renderers/html-escape.js';
import { marksOf } from '../core/renderers/marks.js';
import type { ErrorRecord, FourFacts } from '../core/report/report.js';
import { headlineTold, textIn } from '../core/report/text-in.js';
import { daySaid, sizeSaid, timeSaid } from '../say/amounts.js';
import { said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import { type Alike, type AlikeFiles, type AlikeGroup, someOf } from './alike.js';
import { alikeNotes, groupSaid } from './alike-said.js';
import type { Counted } from './counted.js';
import { factsIn } from './facts-in.js';
import { type Listed, type Overview, rowsOf } from './overview.js';
import { codesOf, nameOfRow } from './overview-names.js';
import { OVERVIEW_SCRIPT } from './overview-script.js';
import { OVERVIEW_STYLE } from './overview-style.js';
import { type Group, LOOKED, lookedInto, type Only } from './places.js';
import type { SlimRecord } from './record.js';

const NAME_CHARACTERS = 200;
const PATH_CHARACTERS = 300;

/** What the page was asked of. */
export interface Asked {
  /** Results, as they were named. */
  results: readonly string[];
  only?: readonly Only[];
}

/** One HTML file, whole: nothing to load, one script that its policy names by digest. All that came from a file is escaped. */
export function overviewPage(
  overview: Overview,
  made: string,
  speech: Speech,
  asked: Asked = { results: [] },
): string {
  const { files, bytes, duplicates, gone, headers } = overview;
  const { words, say } = speech;
  const { only = [] } = asked;
  const page: Page = { overview, speech, asked };
  const facts = [
    words('overview.files', { count: files }),
    say(sizeSaid(bytes)),
    ...(duplicates === 0 ? [] : [words('overview.duplicates', { count: duplicates })]),
    ...(gone === 0 ? [] : [words('overview.gone', { count: gone })]),
  ];
  const { inside } = overview;
  const sections = SECTIONS.flatMap((group) => section(page, group) ?? []);
  return `<!doctype html>
${html`<html lang="${speech.language}" dir="${speech.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<title>${words('overview.title', { files: said('overview.files', { count: files }) })}</title>
${STYLE}
</head>
<body>
<main>
<h1>${words('overview.heading', { count: files })}</h1>
<p class="facts">${facts.join(' · ')}</p>
${inside.files > 0 && html`<p class="facts">${words('overview.inside', inside)}</p>`}
${only.length > 0 && html`<p class="note">${words('overview.only', { names: only.map(nameOfOnly) })}</p>`}
${!overview.complete && html`<p class="note">${words('overview.interrupted')}</p>`}
${tiles(page)}
${links(page, sections)}
${lines(sections.map(({ markup }) => markup))}
${alikeShown(page)}
${searched(page)}
<footer>
<h2>${words('overview.runs')}</h2>
<ul>${headers.map((header) => run(header, speech))}</ul>
<p>${words('overview.made', { time: timeSaid(made) })}</p>
</footer>
</main>
${SCRIPT}
</body>
</html>
`}`;
}

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const POLICY = [
  "default-src 'none'",
  `style-src ${digest(OVERVIEW_STYLE)}`,
  `script-src ${digest(OVERVIEW_SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
/** Of ours and of nothing else: the one text that is not escaped. */
const STYLE = new Markup(`<style>${OVERVIEW_STYLE}</style>`);
const SCRIPT = new Markup(`<script>${OVERVIEW_SCRIPT}</script>`);

interface Page {
  overview: Overview;
  speech: Speech;
  asked: Asked;
}

/** In the order in which they are asked: what is said of AI first, the program's own vocabulary last. */
const SECTIONS: readonly Group[] = [
  ...([
    'ai',
    'changed',
    'who',
    'signer',
    'found',
    'looked',
    'unreadType',
    'reason',
    'carrier',
    'error',
  ] as const),
  ...(['type', 'folder', 'when', 'proven', 'claimed', 'undated', 'tool', 'writer'] as const),
  ...(['contradiction', 'origin', 'backing', 'credentials', 'clause', 'signal'] as const),
];

/** Groups of which each file stands in one at most: a share of all says something. */
const SHARED: ReadonlySet<Group> = new Set([
  ...([
    'ai',
    'changed',
    'who',
    'when',
    'found',
    'looked',
    'type',
    'folder',
    'origin',
    'credentials',
  ] as const),
]);

/** What stands first: six numbers, each with what it could hide. */
function tiles({ overview, speech }: Page): Markup {
  const { words } = speech;
  const { ai, changed, found, looked } = overview.groups;
  const [partial, nothing, failed] = [
    looked.files('partial'),
    looked.files('nothing'),
    looked.files('not-opened'),
  ];
  const unread = partial + nothing + failed;
  const possible = ai.files('possible');
  const untold = changed.files('cannot-tell');
  const all: [Group, string, number, string, string | undefined][] = [
    ['ai', 'stated-signed', ai.files('stated-signed'), words('overview.tile.signed'), undefined],
    [
      ...(['ai', 'label'] as const),
      ai.files('label'),
      words('overview.tile.label'),
      possible === 0 ? undefined : words('overview.tile.possible', { count: possible }),
    ],
    ['ai', 'trace', ai.files('trace'), words('overview.tile.trace'), undefined],
    [
      ...(['changed', 'yes'] as const),
      changed.files('yes'),
      words('overview.tile.changed'),
      untold === 0 ? undefined : words('overview.tile.cannotTell', { count: untold }),
    ],
    [
      ...(['found', 'nothing'] as const),
      found.files('nothing'),
      words('overview.tile.nothing'),
      words('overview.tile.whole'),
    ],
    [
      ...(['looked', ''] as const),
      unread,
      words('overview.tile.unread'),
      unread === 0 ? undefined : words('overview.tile.how', { partial, nothing, failed }),
    ],
  ];
  return html`<ul class="tiles">${all.map(([group, key, count, text, aside]) => {
    const inside = html`<b>${words('overview.number', { count })}</b> <span class="word">${text}</span>${aside !== undefined && html` <small>${aside}</small>`}`;
    const to = key === '' ? `in-${group}` : idOf(group, key, 0);
    return html`<li>${count === 0 ? html`<div>${inside}</div>` : html`<a href="#${to}">${inside}</a>`}</li>`;
  })}</ul>${unread > 0 && html`<p class="note">${words('overview.mayHide', { count: unread })}</p>`}`;
}

function links({ overview, speech: { words } }: Page, sections: readonly Section[]): Markup {
  const all = [
    ...sections.filter(({ group }) => LINKED.has(group)),
    ...((overview.alike?.count ?? 0) > 0 ? [{ id: 'in-alike', title: words('overview.alike') }] : []),
    { id: 'in-files', title: words('overview.searched') },
  ];
  return html`<nav aria-label="${words('overview.nav')}"><ul>${all.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>`;
}

/** Where a reader may want to go; what stands beside them is found there. */
const LINKED: ReadonlySet<Group> = new Set([
  ...(['ai', 'changed', 'who', 'found', 'looked', 'type', 'folder', 'when', 'tool'] as const),
  ...(['contradiction', 'origin', 'clause', 'signal'] as const),
]);

interface Section {
  group: Group;
  id: string;
  title: string;
  markup: Markup;
}

/** Codes have a place of their own, whatever else is there; the number of a row tells names apart. */
const idOf = (group: Group, key: string, at: number): string =>
  codesOf(group) === undefined ? `${group}-${at}` : `${group}-${key}`;

function section(page: Page, group: Group): Section | undefined {
  const { overview, speech } = page;
  const { words } = speech;
  const rows = inOrder(group, rowsOf(overview, group));
  if (rows.length === 0) return undefined;
  const counts = group === 'folder' ? overview.folders : overview.groups[group];
  const most = Math.max(...rows.map(([, { files }]) => files));
  const title = words(`overview.chart.${group}`);
  const left = counts.size - rows.length;
  const markup = html`<section id="in-${group}"><h2>${title}</h2><p>${words(`overview.about.${group}`)}</p>
<ul class="counts">${rows.map(([key, counted], at) => row(page, group, { key, counted, at, most }))}</ul>
${left > 0 && html`<p>${words('overview.more', { count: left })}</p>`}${counts.others > 0 && html`<p>${words('overview.others', { count: counts.others })}</p>`}</section>`;
  return { group, id: `in-${group}`, title, markup };
}

/** Codes in their own order, and years; all else as often as it comes. */
function inOrder(group: Group, rows: [string, Counted][]): [string, Counted][] {
  const codes = codesOf(group);
  if (codes === undefined) return rows;
  const place = (key: string) => (codes.includes(key) ? codes.indexOf(key) : codes.length);
  return [...rows].sort(([a], [b]) => place(a) - place(b));
}

interface Row {
  key: string;
  counted: Counted;
  at: number;
  most: number;
}

function row(page: Page, group: Group, { key, counted, at, most }: Row): Markup {
  const { overview, speech } = page;
  const { words } = speech;
  const name = nameOfRow(group, key, counted, speech);
  const shown = html`<bdi>${cutName(name.text)}</bdi>`;
  const also = alsoOf(group, counted, speech);
  const share = SHARED.has(group)
    ? words('overview.percent', { share: hundredths(counted.files / overview.files) })
    : '';
  const head = html`<span class="number">${words('overview.number', { count: counted.files })}</span> <span class="word">${name.isCode ? html`<code>${shown}</code>` : shown}</span> <span class="share">${share}</span>${bar(counted.files / most)}${also.length > 0 && html` <span class="also">${also.join(' · ')}</span>`}`;
  return html`<li><details id="${idOf(group, key, at)}"><summary>${head}</summary>${list(page, group, key, counted.files)}</details></li>
`;
}

/** What a count holds besides, where that is another question than its own. */
function alsoOf(group: Group, { ai, changed, unread }: Counted, { words }: Speech): string[] {
  const isOf = (...own: Group[]) => own.includes(group);
  return [
    ...(ai === 0 || isOf('ai', 'found', 'error') ? [] : [words('overview.also.ai', { count: ai })]),
    ...(changed === 0 || isOf('changed') ? [] : [words('overview.also.changed', { count: changed })]),
    ...(unread === 0 || isOf('looked', 'unreadType', 'reason', 'carrier', 'error')
      ? []
      : [words('overview.also.unread', { count: unread })]),
  ];
}

function list(page: Page, group: Group, key: string, count: number): Markup {
  const listed = page.overview.lists.get(group)?.get(key) ?? [];
  return html`<ul class="files">${listed.map((one) => html`<li>${fileShown(one, page.speech)}</li>`)}</ul>${
    count > listed.length &&
    html`<p class="cut">${cutShown(page, { shown: listed.length, count }, [{ group, key }])}</p>`
  }`;
}

interface Shown {
  shown: number;
  count: number;
}

/** That it was cut, and what lists all. */
function cutShown({ speech: { words }, asked }: Page, of: Shown, more: readonly Only[]): Markup {
  const command = commandOf(asked.results, [...(asked.only ?? []), ...more]);
  return command === undefined
    ? html`${words('overview.cutPlain', of)}`
    : html`${words('overview.cut', of)} <code>${command}</code>`;
}

const COLUMNS = 'path,headline,who,changed,ai,when';

/**
 * Undefined where a name holds what a shell or a terminal could take for more than a name: it came from a file, and
 * somebody may paste the line.
 */
function commandOf(results: readonly string[], only: readonly Only[]): string | undefined {
  const names = [...results, ...only.map(nameOfOnly)];
  const fits = names.every((name) =>
    /^[\p{L}\p{N}._/:][\p{L}\p{N} ._/:+@(),↔…-]*$/u.test(name.replace('=', '')),
  );
  if (results.length === 0 || !fits || names.join('').length > 400) return undefined;
  const asked = only.map((one) => `--only ${inShell(nameOfOnly(one))} `).join('');
  return `assay report ${results.map(inShell).join(' ')} ${asked}--format csv --columns ${COLUMNS}`;
}

const inShell = (word: string): string => (/^[\w./:=+@-]+$/.test(word) ? word : `'${word}'`);

const nameOfOnly = ({ group, key }: Only): string => `${group}=${key}`;

const FACTS = ['who', 'changed', 'ai', 'when'] as const;

/** Its path, what a person reads first of it, and the four facts. */
function fileShown({ record, facts }: Listed, speech: Speech): Markup {
  const first = firstOf(record, speech);
  const shown = html`<b${first.isEnglish && html` lang="en"`}>${cutName(first.text)}</b>`;
  return html`<code><bdi>${cutPath(record.path)}</bdi></code> ${shown} ${
    facts !== undefined && html`<span>${factsShown(facts, speech)}</span>`
  }`;
}

const factsShown = (facts: FourFacts, speech: Speech): string =>
  FACTS.map((name) =>
    speech.words(`page.factLine.${name}`, { text: textIn(facts[name], 'text', speech) ?? '' }),
  ).join(marksOf(speech).semicolon);

/** A version before kept the words alone, in English. */
function firstOf(record: SlimRecord | ErrorRecord, speech: Speech): { text: string; isEnglish: boolean } {
  if (record.schema === 'assay.error/1') {
    const isEnglish = record.said === undefined && speech.language !== 'en';
    return { text: textIn(record, 'message', speech) ?? record.message, isEnglish };
  }
  const { headline } = record.summary;
  const text = headline && headlineTold(headline, speech).text;
  if (text !== undefined) return { text, isEnglish: false };
  const isEnglish = record.summary.said === undefined && speech.language !== 'en';
  const sentence = (textIn(record.summary, 'sentence', speech) ?? '').replaceAll('\n', ' ');
  return sentence === ''
    ? { text: speech.words(`page.origin.${record.summary.origin}`), isEnglish: false }
    : { text: sentence, isEnglish };
}

/** Pictures of which one may come from the other: what says nothing of any of them. */
function alikeShown({ overview: { alike }, speech }: Page): Markup | false {
  if (alike === undefined) return false;
  const { words } = speech;
  const lines = alikeNotes(alike).map((line) => html`<p class="note">${speech.say(line)}</p>`);
  return html`<section id="in-alike"><h2>${words('overview.alike')}</h2><p>${words('overview.alike.about')}</p>
<ul class="counts">${alike.groups.map((group) => groupShown(group, alike, speech))}</ul>
${lines}</section>`;
}

function groupShown(group: AlikeGroup, { records }: Alike, speech: Speech): Markup {
  const shown = someOf(group.same, limits.alikeFiles);
  const ids = new Set(shown.map(({ id }) => id));
  const parts = group.same.filter(({ members }) => members.some(({ id }) => ids.has(id)));
  const files = ({ members }: AlikeFiles) =>
    members
      .filter(({ id }) => ids.has(id))
      .flatMap(({ id, copies }) => {
        const record = records.get(id)?.record;
        if (record === undefined) return [];
        const more =
          copies > 0 && html` <small>${speech.words('overview.alike.copies', { count: copies })}</small>`;
        return [html`<li>${fileShown({ record, facts: factsIn(record) }, speech)}${more}</li>`];
      });
  return html`<li><details><summary>${speech.say(groupSaid(group))}</summary>${parts.map(
    (part) => html`<ul class="files">${files(part)}</ul>`,
  )}${
    group.files > shown.length &&
    html`<p class="cut">${speech.words('overview.cutPlain', { shown: shown.length, count: group.files })}</p>`
  }</details></li>
`;
}

function searched({ overview, speech, asked }: Page): Markup | false {
  const { searched: files, files: count } = overview;
  const { words } = speech;
  if (files.length === 0) return false;
  const command = commandOf(asked.results, asked.only ?? []);
  const about =
    files.length === count
      ? html`${words('overview.searchedAll', { count })}`
      : html`${words('overview.searchedSome', { shown: files.length, count })}${command !== undefined && html` <code>${command}</code>`}`;
  return html`<section id="in-files"><h2>${words('overview.searched')}</h2><p>${about}</p>
<form id="filter" hidden data-shown="${words('overview.filter.shown', { count: files.length })}">
<label>${words('overview.filter.words')}<input name="q" type="search" autocomplete="off"></label>
${FILTERS.map((filter) => filterShown(filter, files, speech))}
<button type="reset">${words('overview.filter.reset')}</button>
</form>
<p id="filtered" role="status"></p>
<details id="files"><summary><span class="number">${words('overview.number', { count: files.length })}</span> <span class="word">${words('overview.listed')}</span></summary><ul class="files" id="searched">${files.map(
    (one) =>
      html`<li${FILTERS.map((filter) => html` data-${filter}="${filterValue(filter, one)}"`)}>${fileShown(one, speech)}</li>
`,
  )}</ul></details></section>`;
}

const FILTERS = ['ai', 'changed', 'who', 'looked', 'kind'] as const;
type Filter = (typeof FILTERS)[number];

function filterValue(filter: Filter, { record, facts }: Listed): string {
  if (filter === 'looked') return lookedInto(record);
  if (filter === 'kind') return record.schema === 'assay.error/1' ? '' : record.asset.kind;
  return facts?.[filter].code ?? '';
}

/** Only what some file has, in words. */
function filterShown(filter: Filter, files: readonly Listed[], speech: Speech): Markup {
  const { words } = speech;
  const label =
    filter === 'kind' || filter === 'looked'
      ? words(`overview.filter.${filter}`)
      : words(`overview.chart.${filter}`);
  const codes = filter === 'kind' ? KINDS : filter === 'looked' ? LOOKED : (codesOf(filter) ?? []);
  const there = new Set(files.map((one) => filterValue(filter, one)));
  const text = (code: string) =>
    filter === 'kind'
      ? words(`kind.${code as (typeof KINDS)[number]}`)
      : nameOfRow(filter, code, undefined, speech).text;
  return html`<label>${label}<select name="${filter}"><option value="">${words('overview.filter.any')}</option>${codes
    .filter((code) => there.has(code))
    .map((code) => html`<option value="${code}">${text(code)}</option>`)}</select></label>
`;
}

function run({ begun, asOf, sources, versions }: Overview['headers'][number], { words }: Speech): Markup {
  const lists = versions.lists.map((one) => one.split(' ')[0] ?? one);
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
  const from = sources.slice(0, 8).map((source) => html`<code><bdi>${cutPath(source)}</bdi></code> `);
  return html`<li>${from}${sources.length > 8 && ' …'}<br>${text}</li>`;
}

function bar(share: number): Markup {
  const width = Math.max(1, Math.round(share * 200));
  return html`<svg viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="10" rx="2"/></svg>`;
}

const cutName = (text: string): Markup => cutTo(text, NAME_CHARACTERS);
const cutPath = (text: string): Markup => cutTo(text, PATH_CHARACTERS);

const hundredths = (share: number): string => (share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0);
