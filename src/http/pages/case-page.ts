import { type ReadFault, storedFaultMessage } from '../../base/fault.js';
import { asRecord, asText, type JsonRecord } from '../../base/json-shape.js';
import { escapeText, escapeVerbatim, html, lines, type Markup } from '../../core/renderers/html/escape.js';
import { isolateQuotes, link, verbatim } from '../../core/renderers/html/runs.js';
import { signerNameMessage } from '../../core/report/signer-name.js';
import { dayMessage, timeMessage } from '../../i18n/amounts.js';
import { HASH_BITS } from '../../matching/pdq.js';
import { localizeStoredMatch, personName } from '../../service/cases/case-view.js';
import {
  type CaseFinding,
  type CaseItem,
  type StoredCase,
  WRITTEN_KINDS,
  type WrittenKind,
} from '../../storage/cases/cases.js';
import { CASE_BOUNDS } from '../../storage/inspections/case-bounds.js';
import type { InspectionHead } from '../../storage/inspections/inspections.js';
import type { PageTranslator } from '../services/language.js';
import { renderPage } from './page.js';
import { renderFilesInCase, type ThumbnailIds } from './sections/file-list.js';

export interface CasesPageContent {
  cases: readonly StoredCase[];
  /** Address of the next page. */
  older?: string;
  paged: boolean;
  /** Name that was entered and cannot be used. */
  refused?: { name: string; fault: string };
}

/** Renders the list of cases, the newest first. */
export function renderCasesPage(
  { cases, older, paged, refused }: CasesPageContent,
  translator: PageTranslator,
): string {
  const { text: words } = translator;
  const heading = words('form.cases.title');
  const rows = cases.map((one) => {
    const { counts } = one;
    const written = WRITTEN_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
    return html`<tr>
<td data-label="${words('form.cases.name')}"><a href="${translator.linkTo(`/cases/${one.id}`)}"><bdi dir="auto">${escapeText(one.name)}</bdi></a>${one.closedAt !== undefined && html` <small>${words('form.cases.isClosed')}</small>`}</td>
<td data-label="${words('form.cases.kind.inspection')}">${formatCount(translator, counts.inspection)}</td>
<td data-label="${words('form.cases.written')}">${formatCount(translator, written)}</td>
<td data-label="${words('form.cases.changed')}">${time(one.changedAt, translator)}</td>
</tr>`;
  });
  return renderPage({
    title: words('form.frame.title', { what: heading }),
    translator,
    script: 'times',
    body: html`<h1>${heading}</h1>
<p>${words('form.cases.about')}</p>
<form action="${translator.formTarget('/cases')}" method="post">
<p><label for="name">${words('form.cases.new')}</label>
<span class="one-line"><input id="name" name="name" value="${escapeVerbatim(refused?.name ?? '')}" required maxlength="${CASE_BOUNDS.name}" dir="auto" autocomplete="off"${refused !== undefined && html` aria-invalid="true" aria-describedby="name-error"`}> <button type="submit">${words('form.cases.create')}</button></span></p>
${refused !== undefined && html`<p class="error" id="name-error" role="alert">${refused.fault}</p>\n`}</form>
${
  cases.length === 0
    ? html`<p>${words('form.cases.none')}</p>`
    : html`<table class="history">
<caption class="visually-hidden">${heading}</caption>
<thead><tr>${['form.cases.name', 'form.cases.kind.inspection', 'form.cases.written', 'form.cases.changed'].map((id) => html`<th scope="col">${words(id as 'form.cases.name')}</th>`)}</tr></thead>
<tbody>
${rows}
</tbody>
</table>`
}
<nav class="actions" aria-label="${heading}">
${paged && html`<a class="button quiet" href="${translator.linkTo('/cases')}">${words('form.history.newest')}</a>\n`}${older !== undefined && html`<a class="button quiet" rel="next" href="${translator.linkTo(older)}">${words('form.history.older')}</a>\n`}<a class="button quiet" href="${translator.linkTo('/inspections')}">${words('form.history.back')}</a>
</nav>`,
  });
}

export interface CasePageContent {
  kept: StoredCase;
  /** The newest inspections of the case; the history lists all of them. */
  inspections: readonly InspectionHead[];
  /** Inspections that were in the case, as far as they are listed one by one. */
  left: readonly CaseItem[];
  /** One page of the items people wrote, the newest first. */
  written: readonly CaseItem[];
  /** Inspections with a stored thumbnail: those of the case, and those found by its matches. */
  pictured: ThumbnailIds;
  /** Names of the existing inspections that matches are about or have found. */
  there: ReadonlyMap<string, string>;
  /** Whether the server can seal the case; `mayFull`: also with the files. */
  seals: boolean;
  mayFull: boolean;
  older?: string;
  paged: boolean;
  /** Text that was entered and cannot be stored as it is. */
  refused?: RefusedItem;
}

export interface RefusedItem {
  /** `name` and `seal` are about the case itself. */
  kind: WrittenKind | 'inspection' | 'name' | 'seal';
  values: URLSearchParams;
  fault: string;
}

/** Renders a case: its reports, and what people wrote, attributed to them. Works without script. */
export function renderCasePage(content: CasePageContent, translator: PageTranslator): string {
  const { kept } = content;
  const { text: words } = translator;
  return renderPage({
    title: words('form.frame.title', { what: kept.name }),
    translator,
    script: 'times',
    body: html`<h1><bdi dir="auto">${escapeText(kept.name)}</bdi></h1>
${kept.closedAt !== undefined && html`<p class="notice">${words('form.cases.closedSince')} ${time(kept.closedAt, translator)}${person(kept.closedBy)}</p>\n`}<p>${words('form.cases.begun')} ${time(kept.createdAt, translator)}${person(kept.createdBy)} · ${words('form.cases.changed')}: ${time(kept.changedAt, translator)}${kept.caseRef !== kept.name && html`<br>${words('form.cases.ref')} <bdi class="verbatim" dir="auto">${escapeText(kept.caseRef)}</bdi>`}</p>
${actions(content, translator)}
${inspections(content, translator)}
<p class="small">${words('form.cases.terms')}</p>
${lines(['finding', 'note', 'link', 'match'].map((kind) => writtenSection(kind as WrittenKind, content, translator)))}
${pagerLinks(content, translator)}`,
  });
}

function sealing(
  { kept, seals, mayFull, refused }: CasePageContent,
  translator: PageTranslator,
): Markup | false {
  const { text: words } = translator;
  const wrong = refused?.kind === 'seal' ? refused : undefined;
  return (
    seals &&
    html`<details class="more"${wrong !== undefined && html` open`}>
<summary>${words('form.cases.seal')}</summary>
<form action="${translator.formTarget(`/cases/${kept.id}/seal`)}" method="post">
${wrong !== undefined && html`<p class="error" role="alert">${wrong.fault}</p>\n`}<p>${words('form.cases.sealTerms')}</p>
<p><label><input name="kind" type="radio" value="shareable" checked aria-describedby="shareable-holds"> ${words('form.seal.shareable')}</label></p>
<p class="small" id="shareable-holds">${words('form.cases.sealShareable')}</p>
<p><label><input name="kind" type="radio" value="full" aria-describedby="full-holds"${!mayFull && html` disabled`}> ${words('form.cases.sealWhole')}</label></p>
<p class="small" id="full-holds">${words('form.cases.sealFull')}${!mayFull && html` <strong>${words('form.seal.fullNotAllowed')}</strong>`}</p>
<p><button type="submit">${words('form.seal.submit')}</button></p>
</form>
</details>`
  );
}

function actions(content: CasePageContent, translator: PageTranslator): Markup {
  const { kept, refused } = content;
  const { text: words } = translator;
  const { id, closedAt } = kept;
  const wrong = refused?.kind === 'name' ? refused : undefined;
  return html`<section class="actions near" aria-label="${words('form.cases.actions')}">
<a class="button quiet" href="${translator.withLanguage(`/v1/cases/${id}`)}">${words('form.cases.json')}</a>
${kept.counts.finding > 0 && html`<a class="button quiet" href="${translator.withLanguage(`/v1/cases/${id}/claim-review`)}">${words('form.cases.claimReview')}</a>\n`}<form action="${translator.formTarget(`/cases/${id}/closed`)}" method="post"><input type="hidden" name="closed" value="${closedAt === undefined ? 'on' : ''}"><button class="quiet" type="submit">${words(closedAt === undefined ? 'form.cases.close' : 'form.cases.reopen')}</button></form>
${sealing(content, translator)}<details class="more"${wrong !== undefined && html` open`}>
<summary>${words('form.cases.rename')}</summary>
<form action="${translator.formTarget(`/cases/${id}/name`)}" method="post">
<label for="case-name">${words('form.cases.name')}</label>
<span class="one-line"><input id="case-name" name="name" value="${escapeVerbatim(wrong?.values.get('name') ?? kept.name)}" required maxlength="${CASE_BOUNDS.name}" dir="auto" autocomplete="off" aria-describedby="case-name-terms"> <button type="submit">${words('form.cases.save')}</button></span>
${wrong !== undefined && html`<p class="error" role="alert">${wrong.fault}</p>\n`}<p class="small" id="case-name-terms">${words('form.cases.renameTerms')}</p>
</form>
</details>
<details class="more">
<summary>${words('form.cases.delete')}</summary>
<form action="${translator.formTarget(`/cases/${id}/delete`)}" method="post">
<p>${words('form.cases.deleteGoes')}</p>
<p><button type="submit">${words('form.cases.deleteSubmit')}</button></p>
</form>
</details>
</section>`;
}

function inspections(content: CasePageContent, translator: PageTranslator): Markup {
  const { kept, pictured, left, refused } = content;
  const { text: words } = translator;
  const rest = kept.counts.inspection - content.inspections.length;
  const told = left.length;
  return html`<section id="inspection" aria-labelledby="inspection-heading">
<h2 id="inspection-heading">${words('form.cases.kind.inspection')}</h2>
${content.inspections.length === 0 ? html`<p>${words('form.cases.noReports')}</p>` : renderFilesInCase(content.inspections, pictured, translator, (head) => html`<p class="small">${words('form.cases.putIn')} ${time(head.caseAt ?? head.createdAt, translator)}${person(head.caseBy)}</p>\n${removalForm(kept.id, head.id, translator)}`)}
${rest > 0 && html`<p><a href="${translator.linkTo(`/inspections?${new URLSearchParams({ caseRef: kept.caseRef })}`)}">${words('form.cases.allReports', { count: kept.counts.inspection })}</a></p>\n`}${told > 0 && html`<ul class="small">\n${lines(left.map((one) => html`<li>${removedItem(one, translator)}</li>`))}\n</ul>\n`}${kept.former > told && html`<p class="small">${words('form.cases.former', { count: kept.former })}</p>\n`}${additionForm(
  'inspection',
  content,
  translator,
  html`<p><label for="add-inspection">${words('form.cases.field.inspection')}</label>
<input id="add-inspection" name="inspection" value="${escapeVerbatim(enteredValue(refused, 'inspection', 'inspection'))}" required maxlength="400" dir="auto" autocomplete="off"></p>`,
)}
</section>`;
}

function writtenSection(kind: WrittenKind, content: CasePageContent, translator: PageTranslator): Markup {
  const items = content.written.filter((one) => one.kind === kind);
  const { text: words } = translator;
  // A match is added on a report's page, not here.
  if (kind === 'match' && items.length === 0) return html``;
  return html`<section class="notes" id="${kind}" aria-labelledby="${kind}-heading">
<h2 id="${kind}-heading">${words(`form.cases.kind.${kind}`)}</h2>
${items.length > 0 && html`<ol>\n${lines(items.map((one) => html`<li>${writtenItem(one, content, translator)}</li>`))}\n</ol>\n`}${kind !== 'match' && additionForm(kind, content, translator, FIELDS[kind](content.refused, translator))}
</section>`;
}

function writtenItem(item: CaseItem, content: CasePageContent, translator: PageTranslator): Markup {
  const { text: words } = translator;
  const by = html`<p class="by">${words(`form.cases.by.${item.kind as WrittenKind}`)}${person(item.by)} ${time(item.at, translator)}</p>`;
  if (item.removed !== undefined || item.gone !== undefined)
    return html`${by}\n<p class="small">${removedItem(item, translator)}</p>`;
  const body = [
    ...(item.finding === undefined ? [] : [finding(item.finding, translator)]),
    ...(item.link === undefined ? [] : [html`<p>${link(item.link, item.link)}</p>`]),
    ...(item.match === undefined ? [] : [match(item, content, translator)]),
    ...(item.text === undefined ? [] : [quoted(item.text)]),
  ];
  return html`${by}\n${lines(body)}\n${removalForm(content.kept.id, item.id, translator)}`;
}

/** Quotes a person's text with its line breaks. */
const quoted = (text: string): Markup =>
  html`<blockquote dir="auto">${text.split('\n').map((line, at) => html`${at > 0 && html`<br>`}${escapeText(line, CASE_BOUNDS.text)}`)}</blockquote>`;

function finding(
  { claim, conclusion, rating, url, published, author, claimant, appearance }: CaseFinding,
  translator: PageTranslator,
): Markup {
  const { text: words } = translator;
  const row = (label: string, value: Markup | undefined) =>
    value === undefined ? [] : [html`<div><dt>${label}</dt><dd>${value}</dd></div>`];
  const isolated = (text: string | undefined) => (text === undefined ? undefined : verbatim(text));
  return html`<div class="more-facts"><dl>
${lines([
  ...row(words('form.cases.finding.claim'), quoted(claim)),
  ...row(words('form.cases.finding.conclusion'), quoted(conclusion)),
  ...row(words('form.cases.finding.rating'), isolated(rating)),
  ...row(words('form.cases.finding.claimant'), isolated(claimant)),
  ...row(
    words('form.cases.finding.appearance'),
    appearance === undefined ? undefined : link(appearance, appearance),
  ),
  ...row(words('form.cases.finding.author'), isolated(author)),
  ...row(words('form.cases.finding.url'), url === undefined ? undefined : link(url, url)),
  ...row(
    words('form.cases.finding.published'),
    published === undefined ? undefined : html`${translator.translate(dayMessage(published))}`,
  ),
])}
</dl></div>`;
}

const MATCH_KINDS = ['picture', 'video', 'sound'] as const;
const KNOWN_INTEGRITIES = ['intact', 'altered'] as const;

/** Returns the word if the catalogue has a message for it, else `other`. */
const knownWordOr = <const T extends string>(words: readonly T[], word: unknown): T | 'other' =>
  words.find((one) => one === word) ?? 'other';

/**
 * Renders a match as it was when somebody added it to the case. The other file's declarations are attributed to that
 * file.
 */
function match(
  { match: kept = {}, inspection, other }: CaseItem,
  content: CasePageContent,
  translator: PageTranslator,
): Markup {
  const { text: words } = translator;
  const told = localizeStoredMatch(kept, translator);
  const kind = MATCH_KINDS.find((one) => one === told['kind']) ?? 'picture';
  const where =
    told['scan'] !== undefined || told['path'] !== undefined
      ? 'scan'
      : told['collection'] !== undefined
        ? 'collection'
        : 'other';
  const distance = Number(told['distance'] ?? 0);
  const params = { kind, where, distance, of: HASH_BITS } as const;
  const name = asText(told['name'] ?? told['path'], CASE_BOUNDS.text);
  const declared = asRecord(told['declared']);
  const headline = asText(asRecord(declared?.['headline'])?.['text'], CASE_BOUNDS.text);
  // If its report was gone by then, only the signer is known.
  const isCarried = declared?.['presence'] === 'present' || told['reportDeleted'] === true;
  const signer = isCarried ? asText(declared?.['signer'], CASE_BOUNDS.person) : undefined;
  const integrity = knownWordOr(KNOWN_INTEGRITIES, declared?.['integrity']);
  const both = [inspection, other].filter((id) => id !== undefined && content.there.has(id));
  const about = content.there.get(inspection ?? '');
  return lines([
    ...(about === undefined
      ? []
      : [
          html`<p>${words('form.cases.matchOf')} <a href="${translator.linkTo(`/inspections/${inspection}`)}"><bdi dir="auto">${escapeText(about, CASE_BOUNDS.name)}</bdi></a></p>`,
        ]),
    html`<p>${words(told['tier'] === 'same' ? 'page.matches.same' : 'page.matches.similar', params)}${name !== undefined && html` ${verbatim(name, CASE_BOUNDS.name)}`}</p>`,
    ...similarityText(kept, translator),
    ...(other !== undefined && content.pictured.has(other)
      ? [
          html`<p class="thumb"><img class="small-picture" src="/v1/inspections/${other}/pictures/preview" alt="" loading="lazy" width="96" height="72"></p>`,
        ]
      : []),
    ...(headline === undefined
      ? []
      : [html`<p>${words('page.matches.itsHeadline')} <strong>${isolateQuotes(headline)}</strong></p>`]),
    ...(signer === undefined
      ? []
      : [
          html`<p>${isolateQuotes(words('form.cases.itsSigner', { integrity, signer: signerNameMessage(signer, declared?.['signerConfirmed'] === true) }))}</p>`,
        ]),
    ...(told['reportDeleted'] === true ? [html`<p>${words('page.matches.itsReportDeleted')}</p>`] : []),
    ...collectionFinding(asRecord(told['finding']), translator),
    ...(both.length === 2
      ? [
          html`<p><a href="${translator.linkTo(`/compare?${new URLSearchParams(both.map((id): [string, string] => ['id', id ?? '']))}`)}">${words('page.matches.compare')}</a></p>`,
        ]
      : []),
  ]);
}

const KNOWN_ORIENTATIONS = ['mirrored', 'upsideDown', 'half', 'left', 'right'] as const;

/** Renders the similarity in the words that the report's page used when it was found. */
function similarityText(kept: JsonRecord, translator: PageTranslator): Markup[] {
  const { text: words } = translator;
  const partly = asRecord(kept['partly']);
  return [
    ...(kept['orientation'] === undefined
      ? []
      : [
          html`<p>${words('page.matches.orientation', { turn: knownWordOr(KNOWN_ORIENTATIONS, kept['orientation']) })}</p>`,
        ]),
    ...(kept['part'] === undefined
      ? []
      : [html`<p>${words('page.matches.part', { part: knownWordOr(['cut'], kept['part']) })}</p>`]),
    ...(partly === undefined
      ? []
      : [
          html`<p class="small">${words('page.matches.partlyStored', { why: storedFaultMessage(partly as unknown as ReadFault, translator) })}</p>`,
        ]),
  ];
}

/** Renders the finding that people wrote for an item of a collection, attributed to them. */
function collectionFinding(written: JsonRecord | undefined, translator: PageTranslator): Markup[] {
  const text = asText(written?.['text'], CASE_BOUNDS.text);
  const by = asText(written?.['by'], CASE_BOUNDS.person);
  if (text === undefined) return [];
  return [
    html`<p class="by">${translator.text('page.matches.finding')}${by !== undefined && html` ${verbatim(by, CASE_BOUNDS.person)}`}</p>`,
    quoted(text),
  ];
}

/** Renders a placeholder for an item that was removed, with the reason. */
function removedItem({ kind, removed, gone }: CaseItem, translator: PageTranslator): Markup {
  const { text: words } = translator;
  const was = words(`form.cases.was.${kind}`);
  if (removed !== undefined)
    return html`${was} ${words('form.cases.removed')} ${time(removed.at, translator)}${person(removed.by)}`;
  if (gone === undefined) return html`${was}`;
  return html`${was} ${words(`form.cases.gone.${gone.reason}`)} ${time(gone.at, translator)}`;
}

/** Asks for confirmation, because a person's text cannot be restored. */
const removalForm = (id: string, item: string, translator: PageTranslator): Markup =>
  html`<details class="small"><summary>${translator.text('form.cases.takeOut')}</summary>
<form action="${translator.formTarget(`/cases/${id}/items/${item}/remove`)}" method="post"><p>${translator.text('form.cases.takeOutTerms')}</p><p><button class="quiet" type="submit">${translator.text('form.cases.takeOutSubmit')}</button></p></form></details>`;

type AddedKind = Exclude<RefusedItem['kind'], 'name' | 'seal' | 'match'>;

function additionForm(
  kind: AddedKind,
  { kept, refused }: CasePageContent,
  translator: PageTranslator,
  fields: Markup,
): Markup {
  const wrong = refused?.kind === kind ? refused : undefined;
  return html`<details class="note"${wrong !== undefined && html` open`}>
<summary>${translator.text(`form.cases.add.${kind}`)}</summary>
<form action="${translator.formTarget(`/cases/${kept.id}/items`)}" method="post">
<input type="hidden" name="kind" value="${kind}">
${wrong !== undefined && html`<p class="error" role="alert">${wrong.fault}</p>\n`}${fields}
<p><button type="submit">${translator.text('form.cases.submit')}</button></p>
</form>
</details>`;
}

const enteredValue = (refused: RefusedItem | undefined, kind: RefusedItem['kind'], name: string): string =>
  refused?.kind === kind ? (refused.values.get(name) ?? '') : '';

const FIELDS: Record<
  'note' | 'link' | 'finding',
  (refused: RefusedItem | undefined, speaks: PageTranslator) => Markup
> = {
  note: (refused, speaks) =>
    area('note-text', 'text', speaks.text('form.notes.field'), enteredValue(refused, 'note', 'text')),
  link: (refused, speaks) =>
    lines([
      input(
        'link-link',
        'link',
        speaks.text('form.cases.field.link'),
        enteredValue(refused, 'link', 'link'),
        'url',
        true,
      ),
      input('link-text', 'text', speaks.text('form.cases.field.why'), enteredValue(refused, 'link', 'text')),
    ]),
  finding: (refused, speaks) => {
    const was = (name: keyof CaseFinding) => enteredValue(refused, 'finding', name);
    const label = (name: Exclude<keyof CaseFinding, 'authorType'>) => speaks.text(`form.cases.field.${name}`);
    return lines([
      area('finding-claim', 'claim', label('claim'), was('claim')),
      area('finding-conclusion', 'conclusion', label('conclusion'), was('conclusion')),
      html`<div class="fields">`,
      input('finding-rating', 'rating', label('rating'), was('rating')),
      input('finding-claimant', 'claimant', label('claimant'), was('claimant')),
      input('finding-appearance', 'appearance', label('appearance'), was('appearance'), 'url'),
      input('finding-author', 'author', label('author'), was('author')),
      html`<p><label for="finding-authorType">${speaks.text('form.cases.field.authorType')}</label>
<select id="finding-authorType" name="authorType"><option value=""></option>${(['person', 'organization'] as const).map((one) => html`<option value="${one}"${was('authorType') === one && html` selected`}>${speaks.text(`form.cases.author.${one}`)}</option>`)}</select></p>`,
      input('finding-url', 'url', label('url'), was('url'), 'url'),
      input('finding-published', 'published', label('published'), was('published'), 'date'),
      html`</div>
<p class="small">${speaks.text('form.cases.findingTerms')}</p>`,
    ]);
  },
};

const area = (id: string, name: string, label: string, value: string): Markup =>
  html`<p><label for="${id}">${label}</label>
<textarea id="${id}" name="${name}" rows="4" required maxlength="${CASE_BOUNDS.text}" dir="auto">
${escapeVerbatim(value)}</textarea></p>`;

const input = (
  id: string,
  name: string,
  label: string,
  value: string,
  type: 'text' | 'url' | 'date' = 'text',
  isNeeded = false,
): Markup =>
  html`<p><label for="${id}">${label}</label>
<input id="${id}" name="${name}" type="${type}" value="${escapeVerbatim(value)}"${type !== 'date' && html` maxlength="${type === 'url' ? CASE_BOUNDS.link : CASE_BOUNDS.person}" dir="auto" autocomplete="off"`}${isNeeded && html` required`}></p>`;

function pagerLinks({ kept, older, paged }: CasePageContent, translator: PageTranslator): Markup {
  return html`<nav class="actions" aria-label="${translator.text('form.cases.title')}">
${paged && html`<a class="button quiet" href="${translator.linkTo(`/cases/${kept.id}`)}">${translator.text('form.history.newest')}</a>\n`}${older !== undefined && html`<a class="button quiet" rel="next" href="${translator.linkTo(older)}">${translator.text('form.cases.older')}</a>\n`}<a class="button quiet" href="${translator.linkTo('/cases')}">${translator.text('form.cases.back')}</a>
</nav>`;
}

/** Renders the name of the key that was used. */
function person(by: string | undefined): Markup | false {
  const name = personName(by);
  return name !== undefined && html` · ${verbatim(name, CASE_BOUNDS.person)}`;
}

const time = (at: string, translator: PageTranslator): Markup =>
  html`<time class="at" datetime="${at}">${translator.translate(timeMessage(at))}</time>`;

const formatCount = (translator: PageTranslator, number: number): string =>
  new Intl.NumberFormat(translator.text('language.tag')).format(number);
