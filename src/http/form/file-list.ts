import { html, type Markup } from '../../core/renderers/html-escape.js';
import { quotesApart, textHtml } from '../../core/renderers/html-runs.js';
import { type Text, textOf } from '../../core/renderers/kept-text.js';
import { headlineTold } from '../../core/report/text-in.js';
import { daySaid, timeSaid } from '../../say/amounts.js';
import type { InspectionHead } from '../../store/inspections.js';
import type { PageLanguage } from '../language.js';
import type { NearCount } from '../matching.js';
import { languageField } from './page.js';

/** Inspections of which a small picture is kept. */
export type Pictured = ReadonlySet<string>;

/** Many files by day, the newest first; two of them can be marked to be compared. */
export function filesByDay(
  items: readonly InspectionHead[],
  pictured: Pictured,
  speaks: PageLanguage,
  ways: Markup = html``,
): Markup {
  const days = new Map<string, InspectionHead[]>();
  for (const item of items) {
    const day = item.createdAt.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  // The script puts both into the reader's own zone.
  return html`<form class="files" action="/compare" method="get">
${languageField(speaks)}<p class="actions near"><button class="quiet" type="submit">${speaks.words('form.history.compareButton')}</button> <span class="small">${speaks.words('form.history.compareTerms')}</span>${ways}</p>
${[...days].map(
  ([day, some]) => html`<section class="day">
<h2><time datetime="${day}">${speaks.words('form.history.day', { day: daySaid(day) })}</time></h2>
<ul class="files">
${some.map((item) => entry(item, pictured, speaks))}</ul>
</section>
`,
)}</form>`;
}

/** Those of one case, which need not say so; each with what stands below it. */
export function filesInCase(
  items: readonly InspectionHead[],
  pictured: Pictured,
  speaks: PageLanguage,
  below: (item: InspectionHead) => Markup,
): Markup {
  return html`<ul class="files">
${items.map(({ caseRef: _, ...item }) => entry(item, pictured, speaks, html``, below(item)))}</ul>`;
}

function pick({ id, status, request: { name } }: InspectionHead, speaks: PageLanguage): Markup | false {
  return (
    status === 'done' &&
    html`<input type="checkbox" name="id" value="${id}" aria-label="${speaks.words('form.history.pick', { name })}">`
  );
}

function entry(
  item: InspectionHead,
  pictured: Pictured,
  speaks: PageLanguage,
  first: Markup | false = pick(item, speaks),
  below: Markup | false = false,
): Markup {
  return html`<li class="file">
<span class="pick">${first}</span>
<span class="thumb">${thumb(item, pictured)}</span>
<div>
<p class="name">${nameLink(item, speaks)}</p>
<p class="says">${says(item, speaks)}</p>
${remarks(item, speaks)}${below}</div>
<p class="beside">${item.summary?.signer !== undefined && html`<span class="signer">${speaks.words('form.history.signedBy')} <bdi dir="auto">${item.summary.signer}</bdi></span> `}<time class="at" datetime="${item.createdAt}">${speaks.say(timeSaid(item.createdAt))}</time></p>
</li>
`;
}

/** What a file of a batch says, a row each, in the order they were given. */
export function filesTable(
  items: readonly InspectionHead[],
  pictured: Pictured,
  speaks: PageLanguage,
  alike: ReadonlyMap<string, NearCount> = new Map(),
): Markup {
  const facts = FACTS.map((fact) => speaks.words(`page.fact.${fact}`));
  const head = (words: string) => html`<th scope="col">${words}</th>`;
  return html`<table class="files">
<caption class="visually-hidden">${speaks.words('form.batch.files')}</caption>
<thead><tr><td></td>${head(speaks.words('form.history.file'))}${facts.map(head)}</tr></thead>
<tbody>
${items.map(
  (item) => html`<tr>
<td class="thumb">${thumb(item, pictured)}</td>
<th scope="row"><span class="name">${nameLink(item, speaks)}</span> <span class="says">${says(item, speaks)}</span>${remarks(item, speaks)}${alikeLink(item, alike.get(item.id), speaks)}</th>
${FACTS.map((fact, at) => html`<td data-label="${facts[at] ?? ''}"><span>${factText(item, fact, speaks)}</span></td>`)}
</tr>
`,
)}</tbody>
</table>`;
}

/** To the files themselves, with how many there are. */
function alikeLink({ id }: InspectionHead, near: NearCount | undefined, speaks: PageLanguage): Markup {
  if (near === undefined || near.count === 0) return html``;
  const words = speaks.words('form.batch.alike', { count: near.count, more: near.more ? 'yes' : 'other' });
  return html`<span class="remarks small"><a href="${speaks.to(`/inspections/${id}`)}#seen">${words}</a></span>\n`;
}

export const FACTS = ['who', 'changed', 'ai', 'when'] as const;

function factText({ summary }: InspectionHead, fact: (typeof FACTS)[number], speaks: PageLanguage): Markup {
  const text: Text = (summary?.facts && textOf(summary.facts[fact], 'text', speaks)) ?? '–';
  return textHtml(text, quotesApart);
}

const nameLink = ({ id, request }: InspectionHead, speaks: PageLanguage): Markup =>
  html`<a href="${speaks.to(`/inspections/${id}`)}"><bdi dir="auto">${request.name}</bdi></a>`;

/** Nothing to look at for whoever does not see it: the name beside it says which file it is. */
const thumb = ({ id }: InspectionHead, pictured: Pictured): Markup | '' =>
  pictured.has(id)
    ? html`<img class="small-picture" src="/v1/inspections/${id}/pictures/preview" alt="" loading="lazy" width="96" height="72">`
    : '';

/** The one line that is read first; of what has no report, where it stands. */
function says(item: InspectionHead, speaks: PageLanguage): Markup {
  const { summary, status } = item;
  if (status !== 'done') return html`${speaks.words(`form.history.status.${status}`)}`;
  const headline = summary?.headline && headlineTold(summary.headline, speaks).text;
  return textHtml(headline ?? (summary && textOf(summary, 'sentence', speaks)) ?? '', quotesApart);
}

function remarks(
  { caseRef, tags = [], supersededBy, request }: InspectionHead,
  speaks: PageLanguage,
): Markup {
  const { servedBy } = request;
  const all = [
    ...(servedBy === undefined
      ? []
      : [html`${speaks.words('form.history.servedBy')} <bdi dir="ltr">${servedBy.host}</bdi>`]),
    ...(caseRef === undefined
      ? []
      : [
          html`${speaks.words('form.case.word')} <a href="${speaks.to(caseAddress(caseRef))}"><bdi dir="auto">${caseRef}</bdi></a>`,
        ]),
    ...tags.map((tag) => html`<bdi class="tag" dir="auto">${tag}</bdi>`),
    ...(supersededBy === undefined ? [] : [html`${speaks.words('form.history.superseded')}`]),
  ];
  if (all.length === 0) return html``;
  return html`<span class="remarks small">${all.map((one, at) => html`${at > 0 && ' · '}${one}`)}</span>\n`;
}

/** Where the page of a case is, by what its inspections call it. */
export const caseAddress = (caseRef: string): string => `/cases?${new URLSearchParams({ caseRef })}`;
