import { createHash } from 'node:crypto';
import { limits } from '../../base/limits.js';
import { MEDIA_KINDS } from '../../core/media/media-kinds.js';
import { punctuationFor } from '../../core/page/marks.js';
import { escapeText, html, lines, Markup } from '../../core/renderers/html/escape.js';
import { localizeMember, withHeadlineText } from '../../core/report/message-lookup.js';
import type { LocalizedFacts } from '../../core/report/report.js';
import { FOUR_FACTS } from '../../core/report/report-terms.js';
import { dayMessage, sizeMessage, timeMessage } from '../../i18n/amounts.js';
import { message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import {
  type AlikeFiles,
  type AlikeGroup,
  type AlikePictures,
  selectMembers,
} from '../fingerprints/alike.js';
import { alikeGroupMessage, alikeNoteMessages } from '../fingerprints/alike-messages.js';
import type { FileCounts } from '../records/counts.js';
import { type GroupFilter, type OverviewGroup, READ_STATES, readStateOf } from '../records/groups.js';
import { type Overview, type OverviewFile, shownRows } from './overview.js';
import { groupCodes, rowName } from './overview-names.js';
import { OVERVIEW_SCRIPT } from './overview-script.js';
import { OVERVIEW_STYLE } from './overview-style.js';

const NAME_CHARACTERS = 200;
const PATH_CHARACTERS = 300;

/** Results and filters for which the page is made. */
export interface OverviewQuery {
  /** Names of the results files as given. */
  results: readonly string[];
  only?: readonly GroupFilter[];
}

/**
 * Renders the overview as one self-contained HTML file. Its content security policy allows a single script by digest.
 * All values from files are escaped.
 */
export function renderOverviewPage(
  overview: Overview,
  made: string,
  speech: Translator,
  query: OverviewQuery = { results: [] },
): string {
  const { files, bytes, duplicates, gone, headers } = overview;
  const { text: words, translate: say } = speech;
  const { only = [] } = query;
  const page: PageContext = { overview, speech, query };
  const facts = [
    words('overview.files', { count: files }),
    say(sizeMessage(bytes)),
    ...(duplicates === 0 ? [] : [words('overview.duplicates', { count: duplicates })]),
    ...(gone === 0 ? [] : [words('overview.gone', { count: gone })]),
  ];
  const { inside } = overview;
  const sections = SECTIONS.flatMap((group) => renderSection(page, group) ?? []);
  return `<!doctype html>
${html`<html lang="${speech.language}" dir="${speech.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<title>${words('overview.title', { files: message('overview.files', { count: files }) })}</title>
${STYLE}
</head>
<body>
<main>
<h1>${words('overview.heading', { count: files })}</h1>
<p class="facts">${facts.join(' · ')}</p>
${inside.files > 0 && html`<p class="facts">${words('overview.inside', inside)}</p>`}
${only.length > 0 && html`<p class="note">${words('overview.only', { names: only.map(filterText) })}</p>`}
${!overview.complete && html`<p class="note">${words('overview.interrupted')}</p>`}
${renderTiles(page)}
${renderNavigation(page, sections)}
${lines(sections.map(({ markup }) => markup))}
${renderAlike(page)}
${renderSearch(page)}
<footer>
<h2>${words('overview.runs')}</h2>
<ul>${headers.map((header) => renderRun(header, speech))}</ul>
<p>${words('overview.made', { time: timeMessage(made) })}</p>
</footer>
</main>
${SCRIPT}
</body>
</html>
`}`;
}

const cspDigest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const POLICY = [
  "default-src 'none'",
  `style-src ${cspDigest(OVERVIEW_STYLE)}`,
  `script-src ${cspDigest(OVERVIEW_SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
/** Assay's own style and script: the only text that is not escaped. */
const STYLE = new Markup(`<style>${OVERVIEW_STYLE}</style>`);
const SCRIPT = new Markup(`<script>${OVERVIEW_SCRIPT}</script>`);

interface PageContext {
  overview: Overview;
  speech: Translator;
  query: OverviewQuery;
}

/** Order of the sections: facts about AI first, Assay's own codes last. */
const SECTIONS: readonly OverviewGroup[] = [
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

/** Groups in which each file is counted at most once, so that a percentage is meaningful. */
const EXCLUSIVE_GROUPS: ReadonlySet<OverviewGroup> = new Set([
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

/** Renders the six main numbers, each with a note on what it may hide. */
function renderTiles({ overview, speech }: PageContext): Markup {
  const { text: words } = speech;
  const { ai, changed, found, looked } = overview.groups;
  const [partial, nothing, failed] = [
    looked.files('partial'),
    looked.files('nothing'),
    looked.files('not-opened'),
  ];
  const unread = partial + nothing + failed;
  const possible = ai.files('possible');
  const untold = changed.files('cannot-tell');
  const all: [OverviewGroup, string, number, string, string | undefined][] = [
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
    const to = key === '' ? `in-${group}` : rowId(group, key, 0);
    return html`<li>${count === 0 ? html`<div>${inside}</div>` : html`<a href="#${to}">${inside}</a>`}</li>`;
  })}</ul>${unread > 0 && html`<p class="note">${words('overview.mayHide', { count: unread })}</p>`}`;
}

function renderNavigation(
  { overview, speech: { text: words } }: PageContext,
  sections: readonly Section[],
): Markup {
  const all = [
    ...sections.filter(({ group }) => NAVIGATION_GROUPS.has(group)),
    ...((overview.alike?.count ?? 0) > 0 ? [{ id: 'in-alike', title: words('overview.similar') }] : []),
    { id: 'in-files', title: words('overview.searched') },
  ];
  return html`<nav aria-label="${words('overview.nav')}"><ul>${all.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>`;
}

/** Groups in the navigation; the other sections are close to one of these. */
const NAVIGATION_GROUPS: ReadonlySet<OverviewGroup> = new Set([
  ...(['ai', 'changed', 'who', 'found', 'looked', 'type', 'folder', 'when', 'tool'] as const),
  ...(['contradiction', 'origin', 'clause', 'signal'] as const),
]);

interface Section {
  group: OverviewGroup;
  id: string;
  title: string;
  markup: Markup;
}

/** Codes have fixed ids regardless of the other rows; named rows are numbered. */
const rowId = (group: OverviewGroup, key: string, at: number): string =>
  groupCodes(group) === undefined ? `${group}-${at}` : `${group}-${key}`;

function renderSection(page: PageContext, group: OverviewGroup): Section | undefined {
  const { overview, speech } = page;
  const { text: words } = speech;
  const rows = sortRows(group, shownRows(overview, group));
  if (rows.length === 0) return undefined;
  const counts = group === 'folder' ? overview.folders : overview.groups[group];
  const most = Math.max(...rows.map(([, { files }]) => files));
  const title = words(`overview.chart.${group}`);
  const left = counts.size - rows.length;
  const markup = html`<section id="in-${group}"><h2>${title}</h2><p>${words(`overview.about.${group}`)}</p>
<ul class="counts">${rows.map(([key, counted], at) => renderRow(page, group, { key, counted, at, most }))}</ul>
${left > 0 && html`<p>${words('overview.more', { count: left })}</p>`}${counts.others > 0 && html`<p>${words('overview.others', { count: counts.others })}</p>`}</section>`;
  return { group, id: `in-${group}`, title, markup };
}

/** Sorts codes in their own order. Names stay sorted by frequency, years by year. */
function sortRows(group: OverviewGroup, rows: [string, FileCounts][]): [string, FileCounts][] {
  const codes = groupCodes(group);
  if (codes === undefined) return rows;
  const place = (key: string) => (codes.includes(key) ? codes.indexOf(key) : codes.length);
  return [...rows].sort(([a], [b]) => place(a) - place(b));
}

interface RowOptions {
  key: string;
  counted: FileCounts;
  at: number;
  most: number;
}

function renderRow(page: PageContext, group: OverviewGroup, { key, counted, at, most }: RowOptions): Markup {
  const { overview, speech } = page;
  const { text: words } = speech;
  const name = rowName(group, key, counted, speech);
  const shown = html`<bdi>${truncateName(name.text)}</bdi>`;
  const also = furtherCounts(group, counted, speech);
  const share = EXCLUSIVE_GROUPS.has(group)
    ? words('overview.percent', { share: formatPercent(counted.files / overview.files) })
    : '';
  const head = html`<span class="number">${words('overview.number', { count: counted.files })}</span> <span class="word">${name.isCode ? html`<code>${shown}</code>` : shown}</span> <span class="share">${share}</span>${renderBar(counted.files / most)}${also.length > 0 && html` <span class="also">${also.join(' · ')}</span>`}`;
  return html`<li><details id="${rowId(group, key, at)}"><summary>${head}</summary>${renderFileList(page, group, key, counted.files)}</details></li>
`;
}

/** Lists further properties of the counted files, unless the group is about them. */
function furtherCounts(
  group: OverviewGroup,
  { ai, changed, unread }: FileCounts,
  { text: words }: Translator,
): string[] {
  const isOf = (...own: OverviewGroup[]) => own.includes(group);
  return [
    ...(ai === 0 || isOf('ai', 'found', 'error') ? [] : [words('overview.also.ai', { count: ai })]),
    ...(changed === 0 || isOf('changed') ? [] : [words('overview.also.changed', { count: changed })]),
    ...(unread === 0 || isOf('looked', 'unreadType', 'reason', 'carrier', 'error')
      ? []
      : [words('overview.also.unread', { count: unread })]),
  ];
}

function renderFileList(page: PageContext, group: OverviewGroup, key: string, count: number): Markup {
  const listed = page.overview.lists.get(group)?.get(key) ?? [];
  return html`<ul class="files">${listed.map((one) => html`<li>${renderFile(one, page.speech)}</li>`)}</ul>${
    count > listed.length &&
    html`<p class="cut">${renderTruncation(page, { shown: listed.length, count }, [{ group, key }])}</p>`
  }`;
}

interface ShownCount {
  shown: number;
  count: number;
}

/** States that a list is truncated, with the command that lists all files. */
function renderTruncation(
  { speech: { text: words }, query: asked }: PageContext,
  of: ShownCount,
  more: readonly GroupFilter[],
): Markup {
  const command = reportCommand(asked.results, [...(asked.only ?? []), ...more]);
  return command === undefined
    ? html`${words('overview.cutPlain', of)}`
    : html`${words('overview.cut', of)} <code>${command}</code>`;
}

const COLUMNS = 'path,headline,who,changed,ai,when';

/**
 * Returns `undefined` if a name contains characters that a shell or terminal could interpret: names come from files,
 * and the line may be pasted.
 */
function reportCommand(results: readonly string[], only: readonly GroupFilter[]): string | undefined {
  const names = [...results, ...only.map(filterText)];
  const fits = names.every((name) =>
    /^[\p{L}\p{N}._/:][\p{L}\p{N} ._/:+@(),↔…-]*$/u.test(name.replace('=', '')),
  );
  if (results.length === 0 || !fits || names.join('').length > 400) return undefined;
  const asked = only.map((one) => `--only ${quoteForShell(filterText(one))} `).join('');
  return `assay report ${results.map(quoteForShell).join(' ')} ${asked}--format csv --columns ${COLUMNS}`;
}

const quoteForShell = (word: string): string => (/^[\w./:=+@-]+$/.test(word) ? word : `'${word}'`);

const filterText = ({ group, key }: GroupFilter): string => `${group}=${key}`;

/** Renders the path of a file, its headline and the four facts. */
function renderFile(record: OverviewFile, translator: Translator): Markup {
  const shown = html`<b>${truncateName(headlineOf(record, translator))}</b>`;
  return html`<code><bdi>${truncatePath(record.path)}</bdi></code> ${shown} ${
    record.schema !== 'assay.error/1' && html`<span>${factsText(record.summary.facts, translator)}</span>`
  }`;
}

const factsText = (facts: LocalizedFacts, translator: Translator): string =>
  FOUR_FACTS.map((name) =>
    translator.text(`page.factLine.${name}`, {
      text: localizeMember(facts[name], 'text', translator) ?? facts[name].code,
    }),
  ).join(punctuationFor(translator).semicolon);

function headlineOf(record: OverviewFile, translator: Translator): string {
  return record.schema === 'assay.error/1'
    ? (localizeMember(record, 'message', translator) ?? record.message)
    : withHeadlineText(record.summary.headline, translator).text;
}

/**
 * Renders groups of similar pictures, one of which may be derived from another. This makes no statement about any of
 * them.
 */
function renderAlike({ overview: { alike }, speech }: PageContext): Markup | false {
  if (alike === undefined) return false;
  const { text: words } = speech;
  const lines = alikeNoteMessages(alike).map((line) => html`<p class="note">${speech.translate(line)}</p>`);
  return html`<section id="in-alike"><h2>${words('overview.similar')}</h2><p>${words('overview.similar.about')}</p>
<ul class="counts">${alike.groups.map((group) => renderAlikeGroup(group, alike, speech))}</ul>
${lines}</section>`;
}

function renderAlikeGroup(group: AlikeGroup, { records }: AlikePictures, translator: Translator): Markup {
  const shown = selectMembers(group.same, limits.similarFiles);
  const ids = new Set(shown.map(({ id }) => id));
  const parts = group.same.filter(({ members }) => members.some(({ id }) => ids.has(id)));
  const files = ({ members }: AlikeFiles) =>
    members
      .filter(({ id }) => ids.has(id))
      .flatMap(({ id, copies }) => {
        const record = records.get(id)?.record;
        if (record === undefined) return [];
        const more =
          copies > 0 &&
          html` <small>${translator.text('overview.similar.copies', { count: copies })}</small>`;
        return [html`<li>${renderFile(record, translator)}${more}</li>`];
      });
  return html`<li><details><summary>${translator.translate(alikeGroupMessage(group))}</summary>${parts.map(
    (part) => html`<ul class="files">${files(part)}</ul>`,
  )}${
    group.files > shown.length &&
    html`<p class="cut">${translator.text('overview.cutPlain', { shown: shown.length, count: group.files })}</p>`
  }</details></li>
`;
}

function renderSearch({ overview, speech, query: asked }: PageContext): Markup | false {
  const { searched: files, files: count } = overview;
  const { text: words } = speech;
  if (files.length === 0) return false;
  const command = reportCommand(asked.results, asked.only ?? []);
  const about =
    files.length === count
      ? html`${words('overview.searchedAll', { count })}`
      : html`${words('overview.searchedSome', { shown: files.length, count })}${command !== undefined && html` <code>${command}</code>`}`;
  return html`<section id="in-files"><h2>${words('overview.searched')}</h2><p>${about}</p>
<form id="filter" hidden data-shown="${words('overview.filter.shown', { count: files.length })}">
<label>${words('overview.filter.words')}<input name="q" type="search" autocomplete="off"></label>
${FILTERS.map((filter) => renderFilter(filter, files, speech))}
<button type="reset">${words('overview.filter.reset')}</button>
</form>
<p id="filtered" role="status"></p>
<details id="files"><summary><span class="number">${words('overview.number', { count: files.length })}</span> <span class="word">${words('overview.listed')}</span></summary><ul class="files" id="searched">${files.map(
    (one) =>
      html`<li${FILTERS.map((filter) => html` data-${filter}="${filterValue(filter, one)}"`)}>${renderFile(one, speech)}</li>
`,
  )}</ul></details></section>`;
}

const FILTERS = ['ai', 'changed', 'who', 'looked', 'kind'] as const;
type FilterName = (typeof FILTERS)[number];

function filterValue(filter: FilterName, record: OverviewFile): string {
  if (filter === 'looked') return readStateOf(record);
  if (record.schema === 'assay.error/1') return '';
  return filter === 'kind' ? record.asset.kind : record.summary.facts[filter].code;
}

/** Renders a filter with the values that occur in the files. */
function renderFilter(filter: FilterName, files: readonly OverviewFile[], translator: Translator): Markup {
  const { text: words } = translator;
  const label =
    filter === 'kind' || filter === 'looked'
      ? words(`overview.filter.${filter}`)
      : words(`overview.chart.${filter}`);
  const codes =
    filter === 'kind' ? MEDIA_KINDS : filter === 'looked' ? READ_STATES : (groupCodes(filter) ?? []);
  const there = new Set(files.map((one) => filterValue(filter, one)));
  const text = (code: string) =>
    filter === 'kind'
      ? words(`kind.${code as (typeof MEDIA_KINDS)[number]}`)
      : rowName(filter, code, undefined, translator).text;
  return html`<label>${label}<select name="${filter}"><option value="">${words('overview.filter.any')}</option>${codes
    .filter((code) => there.has(code))
    .map((code) => html`<option value="${code}">${text(code)}</option>`)}</select></label>
`;
}

function renderRun(
  { begun, asOf, sources, versions }: Overview['headers'][number],
  { text: words }: Translator,
): Markup {
  const lists = versions.lists.map((one) => one.split(' ')[0] ?? one);
  const { rulebooks } = versions;
  const text = words('overview.run', {
    begun: timeMessage(begun),
    asOf: dayMessage(asOf),
    version: versions.assay,
    lists:
      lists.length === 0 ? message('overview.run.noList') : message('overview.run.lists', { names: lists }),
    rulebooks:
      rulebooks.length === 0
        ? message('overview.run.noRulebook')
        : message('overview.run.rulebooks', { names: rulebooks }),
  });
  const from = sources.slice(0, 8).map((source) => html`<code><bdi>${truncatePath(source)}</bdi></code> `);
  return html`<li>${from}${sources.length > 8 && ' …'}<br>${text}</li>`;
}

function renderBar(share: number): Markup {
  const width = Math.max(1, Math.round(share * 200));
  return html`<svg viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="10" rx="2"/></svg>`;
}

const truncateName = (text: string): Markup => escapeText(text, NAME_CHARACTERS);
const truncatePath = (text: string): Markup => escapeText(text, PATH_CHARACTERS);

const formatPercent = (share: number): string => (share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0);
