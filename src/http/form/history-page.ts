import { KINDS } from '../../core/media-types.js';
import { ORIGINS, type Origin } from '../../core/report.js';
import { WORDS } from '../../core/words/all.js';
import type { InspectionHead } from '../../store/inspections.js';
import type { HistoryAsk } from '../history-query.js';
import type { PageLanguage } from '../language.js';
import { html, type Markup } from './html.js';
import { page } from './page.js';
import { PAGE_WORDS } from './words/all.js';

/** With its sentence in the reader's language. */
export interface HistoryItem extends InspectionHead {
  sentence?: string;
}

export interface HistoryContent {
  ask: HistoryAsk;
  items: readonly HistoryItem[];
  /** Address of what follows. */
  older?: string;
  /** Whether this is not the first page. */
  paged: boolean;
  /** How many of each origin fit the question; `undefined`: those without one. */
  origins: ReadonlyMap<Origin | undefined, number>;
  /** What was chosen before could not be compared. */
  pickTwo?: boolean;
}

/** The list of inspections, with its question above it. Works without script. */
export function historyPage(content: HistoryContent, speaks: PageLanguage): string {
  const { history: words, titleOf } = PAGE_WORDS[speaks.language];
  return page({
    title: titleOf(words.title),
    speaks,
    body: html`<h1>${words.title}</h1>
<p>${words.about} <a href="${speaks.to('/batches')}">${PAGE_WORDS[speaks.language].batch.list}</a></p>
${content.pickTwo ? html`<p role="alert" class="fault">${words.pickTwo}</p>` : ''}
${question(content.ask, speaks)}
${counts(content.origins, speaks)}
${content.items.length === 0 ? html`<p>${words.none}</p>` : list(content.items, speaks)}
${ways(content, speaks)}`,
  });
}

function question(ask: HistoryAsk, speaks: PageLanguage): Markup {
  const { language } = speaks;
  const { history: words } = PAGE_WORDS[language];
  const { origins, kinds } = WORDS[language];
  const { origin, kind, signer, signal, sha256, caseRef, from, to } = ask;
  // The language of the page is no question about the list.
  const asked = [origin, kind, signer, signal, sha256, caseRef, from, to].some(
    (value) => (value ?? '') !== '',
  );
  return html`<details class="question"${asked ? html` open` : ''}>
<summary>${words.filter}</summary>
<form action="${speaks.to('/inspections')}" method="get">
${choice(
  'origin',
  words.origin,
  words.any,
  ask.origin,
  ORIGINS.map((id) => [id, origins[id]] as const),
)}
${choice(
  'kind',
  words.kind,
  words.any,
  ask.kind,
  KINDS.map((id) => [id, kinds[id]] as const),
)}
${text('signer', words.signer, ask.signer)}
${text('signal', words.signal, ask.signal)}
${text('sha256', words.sha256, ask.sha256)}
${text('caseRef', words.caseRef, ask.caseRef)}
${day('from', words.from, ask.from)}
${day('to', words.to, ask.to)}
<p class="actions"><button class="button" type="submit">${words.apply}</button>
<a class="button quiet" href="${speaks.to('/inspections')}">${words.clear}</a></p>
</form>
</details>`;
}

function choice(
  name: string,
  label: string,
  any: string,
  chosen: string | undefined,
  options: readonly (readonly [string, string])[],
): Markup {
  const rows = options.map(
    ([id, word]) => html`<option value="${id}"${id === chosen ? html` selected` : ''}>${word}</option>`,
  );
  return html`<p><label for="ask-${name}">${label}</label>
<select id="ask-${name}" name="${name}"><option value="">${any}</option>${rows}</select></p>`;
}

function text(name: string, label: string, value = ''): Markup {
  return html`<p><label for="ask-${name}">${label}</label>
<input id="ask-${name}" name="${name}" value="${value}" maxlength="200" dir="auto" autocomplete="off"></p>`;
}

function day(name: string, label: string, value = ''): Markup {
  return html`<p><label for="ask-${name}">${label}</label>
<input id="ask-${name}" name="${name}" type="date" value="${value}"></p>`;
}

/** The longest bar, in units of the picture. */
const BAR = 200;

/** Numbers first; the bars beside them say the same and are hidden from readers of text. */
export function counts(origins: ReadonlyMap<Origin | undefined, number>, { language }: PageLanguage): Markup {
  const { history: words } = PAGE_WORDS[language];
  const names = WORDS[language].origins;
  const total = [...origins.values()].reduce((sum, one) => sum + one, 0);
  if (total === 0) return html``;
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(language);
  const rows = [...origins]
    .sort(([, one], [, other]) => other - one)
    .map(([origin, number]) => {
      const width = Math.max(1, Math.round((number / total) * BAR));
      return html`<tr><th scope="row">${origin === undefined ? words.unfinished : names[origin]}</th>
<td>${whole.format(number)}</td><td>${percent.format(number / total)}</td>
<td aria-hidden="true"><svg width="${BAR}" height="12" viewBox="0 0 ${BAR} 12"><rect class="share" width="${width}" height="12"></rect></svg></td></tr>`;
    });
  return html`<table class="counts">
<caption>${words.counts}</caption>
<thead><tr><th scope="col">${words.origin}</th><th scope="col">${words.number}</th><th scope="col">${words.share}</th><td aria-hidden="true"></td></tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}

export function list(items: readonly HistoryItem[], speaks: PageLanguage): Markup {
  const { history: words } = PAGE_WORDS[speaks.language];
  return html`<form action="${speaks.to('/compare')}" method="get">
<table class="history">
<caption class="visually-hidden">${words.title}</caption>
<thead><tr><th scope="col">${words.compare}</th><th scope="col">${words.file}</th><th scope="col">${words.inspected}</th><th scope="col">${words.origin}</th><th scope="col">${words.says}</th></tr></thead>
<tbody>
${items.map((item) => row(item, speaks))}
</tbody>
</table>
<p class="actions"><button class="button" type="submit">${words.compareButton}</button> <small>${words.compareTerms}</small></p>
</form>`;
}

function row(item: HistoryItem, speaks: PageLanguage): Markup {
  const { history: words } = PAGE_WORDS[speaks.language];
  const core = WORDS[speaks.language];
  const { name } = item.request;
  const state =
    item.status === 'done' ? (item.sentence ?? item.summary?.sentence ?? '') : words.status[item.status];
  return html`<tr>
<td data-label="${words.compare}">${item.status === 'done' ? html`<input type="checkbox" name="id" value="${item.id}" aria-label="${words.pick(name)}">` : ''}</td>
<td data-label="${words.file}"><a href="${speaks.to(`/inspections/${item.id}`)}"><bdi dir="auto">${name}</bdi></a>${item.caseRef === undefined ? '' : html` <small><bdi dir="auto">${item.caseRef}</bdi></small>`}</td>
<td data-label="${words.inspected}"><time datetime="${item.createdAt}">${core.time(item.createdAt)}</time>${item.supersededBy === undefined ? '' : html` <small>${words.superseded}</small>`}</td>
<td data-label="${words.origin}">${item.summary === undefined ? '–' : core.origins[item.summary.origin]}</td>
<td data-label="${words.says}" dir="auto">${state}</td>
</tr>`;
}

function ways({ older, paged }: HistoryContent, speaks: PageLanguage): Markup {
  const { history: words } = PAGE_WORDS[speaks.language];
  if (older === undefined && !paged) return html``;
  return html`<nav class="actions" aria-label="${words.title}">
${paged ? html`<a class="button quiet" href="${speaks.to('/inspections')}">${words.newest}</a>` : ''}
${older === undefined ? '' : html`<a class="button quiet" rel="next" href="${speaks.to(older)}">${words.older}</a>`}
</nav>`;
}
