import type { DisplayText } from '../../../core/page/display-text.js';
import { html, type Markup } from '../../../core/renderers/html/escape.js';
import { isolateQuotes, textHtml } from '../../../core/renderers/html/runs.js';
import { localizeMember, withHeadlineText } from '../../../core/report/message-lookup.js';
import { FOUR_FACTS, type FourFactName } from '../../../core/report/report-terms.js';
import { signerNameMessage } from '../../../core/report/signer-name.js';
import { dayMessage, timeMessage } from '../../../i18n/amounts.js';
import type { InspectionHead } from '../../../storage/inspections/inspections.js';
import type { PageTranslator } from '../../services/language.js';
import type { SimilarCount } from '../../services/matches/matching.js';
import { languageField } from '../page.js';

/** Ids of the inspections with a stored thumbnail. */
export type ThumbnailIds = ReadonlySet<string>;

/** Renders files grouped by day, the newest first; two of them can be selected for comparison. */
export function renderFilesByDay(
  items: readonly InspectionHead[],
  pictured: ThumbnailIds,
  translator: PageTranslator,
  ways: Markup = html``,
): Markup {
  const days = new Map<string, InspectionHead[]>();
  for (const item of items) {
    const day = item.createdAt.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  // The script converts both to the reader's time zone.
  return html`<form class="files" action="/compare" method="get">
${languageField(translator)}<p class="actions near"><button class="quiet" type="submit">${translator.text('form.history.compareButton')}</button> <span class="small">${translator.text('form.history.compareTerms')}</span>${ways}</p>
${[...days].map(
  ([day, some]) => html`<section class="day">
<h2><time datetime="${day}">${translator.text('form.history.day', { day: dayMessage(day) })}</time></h2>
<ul class="files">
${some.map((item) => entry(item, pictured, translator))}</ul>
</section>
`,
)}</form>`;
}

/** Renders the files of one case without its name, each with the markup that `below` gives. */
export function renderFilesInCase(
  items: readonly InspectionHead[],
  pictured: ThumbnailIds,
  translator: PageTranslator,
  below: (item: InspectionHead) => Markup,
): Markup {
  return html`<ul class="files">
${items.map(({ caseRef: _, ...item }) => entry(item, pictured, translator, html``, below(item)))}</ul>`;
}

function pick({ id, status, request: { name } }: InspectionHead, translator: PageTranslator): Markup | false {
  return (
    status === 'done' &&
    html`<input type="checkbox" name="id" value="${id}" aria-label="${translator.text('form.history.pick', { name })}">`
  );
}

function entry(
  item: InspectionHead,
  pictured: ThumbnailIds,
  translator: PageTranslator,
  first: Markup | false = pick(item, translator),
  below: Markup | false = false,
): Markup {
  return html`<li class="file">
<span class="pick">${first}</span>
<span class="thumb">${thumb(item, pictured)}</span>
<div>
<p class="name">${nameLink(item, translator)}</p>
<p class="says">${headlineText(item, translator)}</p>
${remarks(item, translator)}${below}</div>
<p class="beside">${item.summary?.signer !== undefined && html`<span class="signer">${translator.text('form.history.signedBy')} ${signerName(item, translator)}</span> `}<time class="at" datetime="${item.createdAt}">${translator.translate(timeMessage(item.createdAt))}</time></p>
</li>
`;
}

/** Renders the name of the signer, quoted unless a list confirms it. */
const signerName = ({ summary }: InspectionHead, translator: PageTranslator): Markup =>
  html`<bdi dir="auto">${translator.translate(signerNameMessage(summary?.signer ?? '', summary?.signerConfirmed === true))}</bdi>`;

/** Renders one row per file of a batch, in the order in which they were sent. */
export function renderFilesTable(
  items: readonly InspectionHead[],
  pictured: ThumbnailIds,
  translator: PageTranslator,
  alike: ReadonlyMap<string, SimilarCount> = new Map(),
): Markup {
  const facts = FOUR_FACTS.map((fact) => translator.text(`page.fact.${fact}`));
  const head = (words: string) => html`<th scope="col">${words}</th>`;
  return html`<table class="files">
<caption class="visually-hidden">${translator.text('form.batch.files')}</caption>
<thead><tr><td></td>${head(translator.text('form.history.file'))}${facts.map(head)}</tr></thead>
<tbody>
${items.map(
  (item) => html`<tr>
<td class="thumb">${thumb(item, pictured)}</td>
<th scope="row"><span class="name">${nameLink(item, translator)}</span> <span class="says">${headlineText(item, translator)}</span>${remarks(item, translator)}${similarFilesLink(item, alike.get(item.id), translator)}</th>
${FOUR_FACTS.map((fact, at) => html`<td data-label="${facts[at] ?? ''}"><span>${factText(item, fact, translator)}</span></td>`)}
</tr>
`,
)}</tbody>
</table>`;
}

/** Links to the files that look alike, with their number. */
function similarFilesLink(
  { id }: InspectionHead,
  near: SimilarCount | undefined,
  translator: PageTranslator,
): Markup {
  if (near === undefined || near.count === 0) return html``;
  const words = translator.text('form.batch.similar', {
    count: near.count,
    more: near.more ? 'yes' : 'other',
  });
  return html`<span class="remarks small"><a href="${translator.linkTo(`/inspections/${id}`)}#seen">${words}</a></span>\n`;
}

function factText({ summary }: InspectionHead, fact: FourFactName, translator: PageTranslator): Markup {
  const text: DisplayText =
    (summary?.facts && localizeMember(summary.facts[fact], 'text', translator)) ?? '–';
  return textHtml(text, isolateQuotes);
}

const nameLink = ({ id, request }: InspectionHead, translator: PageTranslator): Markup =>
  html`<a href="${translator.linkTo(`/inspections/${id}`)}"><bdi dir="auto">${request.name}</bdi></a>`;

/** The alternative text is empty, because the name next to the picture identifies the file. */
const thumb = ({ id }: InspectionHead, pictured: ThumbnailIds): Markup | '' =>
  pictured.has(id)
    ? html`<img class="small-picture" src="/v1/inspections/${id}/pictures/preview" alt="" loading="lazy" width="96" height="72">`
    : '';

/** Returns the headline; for an inspection without a report, its status. */
function headlineText(item: InspectionHead, translator: PageTranslator): Markup {
  const { summary, status } = item;
  if (status !== 'done') return html`${translator.text(`form.history.status.${status}`)}`;
  const headline = summary?.headline && withHeadlineText(summary.headline, translator).text;
  return textHtml(
    headline ?? (summary && localizeMember(summary, 'sentence', translator)) ?? '',
    isolateQuotes,
  );
}

function remarks(
  { caseRef, tags = [], supersededBy, request }: InspectionHead,
  translator: PageTranslator,
): Markup {
  const { servedBy } = request;
  const all = [
    ...(servedBy === undefined
      ? []
      : [html`${translator.text('form.history.servedBy')} <bdi dir="ltr">${servedBy.host}</bdi>`]),
    ...(caseRef === undefined
      ? []
      : [
          html`${translator.text('page.footer.case')} <a href="${translator.linkTo(casePath(caseRef))}"><bdi dir="auto">${caseRef}</bdi></a>`,
        ]),
    ...tags.map((tag) => html`<bdi class="tag" dir="auto">${tag}</bdi>`),
    ...(supersededBy === undefined ? [] : [html`${translator.text('form.history.superseded')}`]),
  ];
  if (all.length === 0) return html``;
  return html`<span class="remarks small">${all.map((one, at) => html`${at > 0 && ' · '}${one}`)}</span>\n`;
}

/** Returns the address of a case's page, by the case reference of its inspections. */
export const casePath = (caseRef: string): string => `/cases?${new URLSearchParams({ caseRef })}`;
