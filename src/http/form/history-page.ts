import { KINDS } from '../../core/media/media-kinds.js';
import type { Markup } from '../../core/renderers/html-escape.js';
import { asTyped, html } from '../../core/renderers/html-escape.js';
import { ORIGINS, type Origin } from '../../core/report/report.js';
import type { InspectionHead } from '../../store/inspections.js';
import type { HistoryAsk } from '../history-query.js';
import type { PageLanguage } from '../language.js';
import { caseAddress, filesByDay, type Pictured } from './file-list.js';
import { languageField, page } from './page.js';

export interface HistoryContent {
  ask: HistoryAsk;
  items: readonly InspectionHead[];
  pictured: Pictured;
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
  const { items, pictured, ask, origins } = content;
  return page({
    title: speaks.words('form.frame.title', { what: speaks.words('form.history.title') }),
    speaks,
    script: 'times',
    body: html`<h1>${speaks.words('form.history.title')}</h1>
${content.pickTwo && html`<p role="alert" class="error">${speaks.words('form.history.pickTwo')}</p>`}
${question(ask, speaks)}
${items.length === 0 ? html`<p>${speaks.words('form.history.none')}</p>` : filesByDay(items, pictured, speaks, ways(content, speaks))}
${items.length > 0 && content.older !== undefined && html`<p><a class="button quiet" rel="next" href="${speaks.to(content.older)}">${speaks.words('form.history.older')}</a></p>`}
${counts(origins, speaks)}
<p><a href="${speaks.to('/cases')}">${speaks.words('form.cases.title')}</a> · <a href="${speaks.to('/batches')}">${speaks.words('form.batch.list')}</a></p>`,
  });
}

/** One box for what a person remembers; what is rarer to ask for is folded away, in words. */
function question(ask: HistoryAsk, speaks: PageLanguage): Markup {
  const { q, origin, kind, from, to, ...asked } = ask;
  const narrowed = [origin, kind, from, to].some((value) => (value ?? '') !== '');
  // Asked by an address alone, as from a program's link: it stays asked, and "Show all" ends it.
  const kept = KEPT.filter((name) => (asked[name] ?? '') !== '');
  const any = narrowed || kept.length > 0 || (q ?? '') !== '';
  return html`<form class="question" action="/inspections" method="get" role="search">
${languageField(speaks)}<p class="ask"><label for="ask-q">${speaks.words('form.history.search')}</label>
<span class="one-line"><input id="ask-q" name="q" type="search" value="${asTyped(q ?? '')}" maxlength="200" dir="auto" autocomplete="off"> <button type="submit">${speaks.words('form.history.apply')}</button></span></p>
${kept.map((name) => html`<input type="hidden" name="${name}" value="${asTyped(asked[name] ?? '')}">\n`)}<details${narrowed && html` open`}>
<summary>${speaks.words('form.history.filter')}</summary>
<div class="fields">
${choice(
  'origin',
  speaks.words('form.history.origin'),
  speaks.words('form.history.any'),
  origin,
  ORIGINS.map((id) => [id, speaks.words(`page.origin.${id}`)] as const),
)}
${choice(
  'kind',
  speaks.words('form.history.kind'),
  speaks.words('form.history.any'),
  kind,
  KINDS.map((id) => [id, speaks.words(`kind.${id}`)] as const),
)}
${day('from', speaks.words('form.history.from'), from)}
${day('to', speaks.words('form.history.to'), to)}
</div>
</details>
${any && html`<p><a href="${speaks.to('/inspections')}">${speaks.words('form.history.clear')}</a>${(asked.caseRef ?? '') !== '' && html` · <a href="${speaks.to(caseAddress(asked.caseRef ?? ''))}">${speaks.words('form.cases.open')}</a>`}</p>`}
</form>`;
}

const KEPT = ['signer', 'signal', 'sha256', 'caseRef'] as const;

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

function ways({ older, paged }: HistoryContent, speaks: PageLanguage): Markup {
  return html`${paged && html` <a class="button quiet" href="${speaks.to('/inspections')}">${speaks.words('form.history.newest')}</a>`}${older !== undefined && html` <a class="button quiet" rel="next" href="${speaks.to(older)}">${speaks.words('form.history.older')}</a>`}`;
}
