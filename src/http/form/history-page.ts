import { KINDS } from '../../core/media/media-kinds.js';
import type { Markup } from '../../core/renderers/html-escape.js';
import { asTyped, html } from '../../core/renderers/html-escape.js';
import { isKept, textOf } from '../../core/renderers/kept-text.js';
import { ORIGINS, type Origin } from '../../core/report/report.js';
import { headlineTold } from '../../core/report/text-in.js';
import { timeSaid } from '../../say/amounts.js';
import type { InspectionHead } from '../../store/inspections.js';
import type { HistoryAsk } from '../history-query.js';
import type { PageLanguage } from '../language.js';
import { page } from './page.js';

export interface HistoryContent {
  ask: HistoryAsk;
  items: readonly InspectionHead[];
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
  return page({
    title: speaks.words('form.frame.title', { what: speaks.words('form.history.title') }),
    speaks,
    body: html`<h1>${speaks.words('form.history.title')}</h1>
<p>${speaks.words('form.history.about')} <a href="${speaks.to('/batches')}">${speaks.words('form.batch.list')}</a></p>
${content.pickTwo && html`<p role="alert" class="fault">${speaks.words('form.history.pickTwo')}</p>`}
${question(content.ask, speaks)}
${counts(content.origins, speaks)}
${content.items.length === 0 ? html`<p>${speaks.words('form.history.none')}</p>` : list(content.items, speaks)}
${ways(content, speaks)}`,
  });
}

function question(ask: HistoryAsk, speaks: PageLanguage): Markup {
  const { origin, kind, signer, signal, sha256, caseRef, from, to } = ask;
  // The language of the page is no question about the list.
  const asked = [origin, kind, signer, signal, sha256, caseRef, from, to].some(
    (value) => (value ?? '') !== '',
  );
  return html`<details class="question"${asked && html` open`}>
<summary>${speaks.words('form.history.filter')}</summary>
<form action="${speaks.to('/inspections')}" method="get">
${choice(
  'origin',
  speaks.words('form.history.origin'),
  speaks.words('form.history.any'),
  ask.origin,
  ORIGINS.map((id) => [id, speaks.words(`page.origin.${id}`)] as const),
)}
${choice(
  'kind',
  speaks.words('form.history.kind'),
  speaks.words('form.history.any'),
  ask.kind,
  KINDS.map((id) => [id, speaks.words(`kind.${id}`)] as const),
)}
${text('signer', speaks.words('form.history.signer'), ask.signer)}
${text('signal', speaks.words('form.history.signal'), ask.signal)}
${text('sha256', speaks.words('form.history.sha256'), ask.sha256)}
${text('caseRef', speaks.words('form.history.caseRef'), ask.caseRef)}
${day('from', speaks.words('form.history.from'), ask.from)}
${day('to', speaks.words('form.history.to'), ask.to)}
<p class="actions"><button class="button" type="submit">${speaks.words('form.history.apply')}</button>
<a class="button quiet" href="${speaks.to('/inspections')}">${speaks.words('form.history.clear')}</a></p>
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
    ([id, word]) => html`<option value="${id}"${id === chosen && html` selected`}>${word}</option>`,
  );
  return html`<p><label for="ask-${name}">${label}</label>
<select id="ask-${name}" name="${name}"><option value="">${any}</option>${rows}</select></p>`;
}

function text(name: string, label: string, value = ''): Markup {
  return html`<p><label for="ask-${name}">${label}</label>
<input id="ask-${name}" name="${name}" value="${asTyped(value)}" maxlength="200" dir="auto" autocomplete="off"></p>`;
}

function day(name: string, label: string, value = ''): Markup {
  return html`<p><label for="ask-${name}">${label}</label>
<input id="ask-${name}" name="${name}" type="date" value="${asTyped(value)}"></p>`;
}

/** The longest bar, in units of the picture. */
const BAR = 200;

/** Numbers first; the bars beside them say the same and are hidden from readers of text. */
export function counts(origins: ReadonlyMap<Origin | undefined, number>, speaks: PageLanguage): Markup {
  const total = [...origins.values()].reduce((sum, one) => sum + one, 0);
  if (total === 0) return html``;
  const percent = new Intl.NumberFormat(speaks.words('language.tag'), {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  const whole = new Intl.NumberFormat(speaks.words('language.tag'));
  const rows = [...origins]
    .sort(([, one], [, other]) => other - one)
    .map(([origin, number]) => {
      const width = Math.max(1, Math.round((number / total) * BAR));
      return html`<tr><th scope="row">${origin === undefined ? speaks.words('form.history.unfinished') : speaks.words(`page.origin.${origin}`)}</th>
<td>${whole.format(number)}</td><td>${percent.format(number / total)}</td>
<td aria-hidden="true"><svg width="${BAR}" height="12" viewBox="0 0 ${BAR} 12"><rect class="share" width="${width}" height="12"></rect></svg></td></tr>`;
    });
  return html`<table class="counts">
<caption>${speaks.words('form.history.counts')}</caption>
<thead><tr><th scope="col">${speaks.words('form.history.origin')}</th><th scope="col">${speaks.words('form.history.number')}</th><th scope="col">${speaks.words('form.history.share')}</th><td aria-hidden="true"></td></tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}

export function list(items: readonly InspectionHead[], speaks: PageLanguage): Markup {
  return html`<form action="${speaks.to('/compare')}" method="get">
<table class="history">
<caption class="visually-hidden">${speaks.words('form.history.title')}</caption>
<thead><tr><th scope="col">${speaks.words('form.history.compare')}</th><th scope="col">${speaks.words('form.history.file')}</th><th scope="col">${speaks.words('form.history.inspected')}</th><th scope="col">${speaks.words('form.history.origin')}</th><th scope="col">${speaks.words('form.history.says')}</th></tr></thead>
<tbody>
${items.map((item) => row(item, speaks))}
</tbody>
</table>
<p class="actions"><button class="button" type="submit">${speaks.words('form.history.compareButton')}</button> <small>${speaks.words('form.history.compareTerms')}</small></p>
</form>`;
}

const headlineIn = (summary: InspectionHead['summary'], speaks: PageLanguage): string | undefined =>
  summary?.headline && headlineTold(summary.headline, speaks).text;

function row(item: InspectionHead, speaks: PageLanguage): Markup {
  const { name } = item.request;
  const state =
    item.status === 'done'
      ? (headlineIn(item.summary, speaks) ?? (item.summary && textOf(item.summary, 'sentence', speaks)) ?? '')
      : speaks.words(`form.history.status.${item.status}`);
  return html`<tr>
<td data-label="${speaks.words('form.history.compare')}">${item.status === 'done' && html`<input type="checkbox" name="id" value="${item.id}" aria-label="${speaks.words('form.history.pick', { name })}">`}</td>
<td data-label="${speaks.words('form.history.file')}"><a href="${speaks.to(`/inspections/${item.id}`)}"><bdi dir="auto">${name}</bdi></a>${item.caseRef !== undefined && html` <small><bdi dir="auto">${item.caseRef}</bdi></small>`}</td>
<td data-label="${speaks.words('form.history.inspected')}"><time datetime="${item.createdAt}">${speaks.say(timeSaid(item.createdAt))}</time>${item.supersededBy !== undefined && html` <small>${speaks.words('form.history.superseded')}</small>`}</td>
<td data-label="${speaks.words('form.history.origin')}">${item.summary === undefined ? '–' : speaks.words(`page.origin.${item.summary.origin}`)}</td>
<td data-label="${speaks.words('form.history.says')}" dir="auto">${isKept(state) ? html`<span lang="en">${state.english}</span>` : state}</td>
</tr>`;
}

function ways({ older, paged }: HistoryContent, speaks: PageLanguage): Markup {
  if (older === undefined && !paged) return html``;
  return html`<nav class="actions" aria-label="${speaks.words('form.history.title')}">
${paged && html`<a class="button quiet" href="${speaks.to('/inspections')}">${speaks.words('form.history.newest')}</a>`}
${older !== undefined && html`<a class="button quiet" rel="next" href="${speaks.to(older)}">${speaks.words('form.history.older')}</a>`}
</nav>`;
}
