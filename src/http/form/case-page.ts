import { keptMatchTold, personTold } from '../../cases/told.js';
import { keptFaultSaid, type ReadFault } from '../../core/ground/fault.js';
import { asRecord, asText, type JsonRecord } from '../../core/ground/json-shape.js';
import { FINGERPRINT_BITS } from '../../core/likeness/pdq.js';
import { asTyped, html, lines, type Markup, shown } from '../../core/renderers/html-escape.js';
import { link, quotesApart, verbatim } from '../../core/renderers/html-runs.js';
import { daySaid, timeSaid } from '../../say/amounts.js';
import { said } from '../../say/said.js';
import {
  CASE_BOUNDS,
  type CaseFinding,
  type CaseItem,
  type KeptCase,
  WRITTEN_KINDS,
  type WrittenKind,
} from '../../store/cases.js';
import type { InspectionHead } from '../../store/inspections.js';
import type { PageLanguage } from '../language.js';
import { filesInCase, type Pictured } from './file-list.js';
import { page } from './page.js';

export interface CasesContent {
  cases: readonly KeptCase[];
  /** Address of what follows. */
  older?: string;
  paged: boolean;
  /** What was given as a name and cannot be one. */
  refused?: { name: string; fault: string };
}

/** The list of cases, the newest first. */
export function casesPage({ cases, older, paged, refused }: CasesContent, speaks: PageLanguage): string {
  const { words } = speaks;
  const heading = words('form.cases.title');
  const rows = cases.map((one) => {
    const { counts } = one;
    const written = WRITTEN_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
    return html`<tr>
<td data-label="${words('form.cases.name')}"><a href="${speaks.to(`/cases/${one.id}`)}"><bdi dir="auto">${shown(one.name)}</bdi></a>${one.closedAt !== undefined && html` <small>${words('form.cases.isClosed')}</small>`}</td>
<td data-label="${words('form.cases.kind.inspection')}">${whole(speaks, counts.inspection)}</td>
<td data-label="${words('form.cases.written')}">${whole(speaks, written)}</td>
<td data-label="${words('form.cases.changed')}">${time(one.changedAt, speaks)}</td>
</tr>`;
  });
  return page({
    title: words('form.frame.title', { what: heading }),
    speaks,
    script: 'times',
    body: html`<h1>${heading}</h1>
<p>${words('form.cases.about')}</p>
<form action="${speaks.form('/cases')}" method="post">
<p><label for="name">${words('form.cases.new')}</label>
<span class="one-line"><input id="name" name="name" value="${asTyped(refused?.name ?? '')}" required maxlength="${CASE_BOUNDS.name}" dir="auto" autocomplete="off"${refused !== undefined && html` aria-invalid="true" aria-describedby="name-error"`}> <button type="submit">${words('form.cases.create')}</button></span></p>
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
${paged && html`<a class="button quiet" href="${speaks.to('/cases')}">${words('form.history.newest')}</a>\n`}${older !== undefined && html`<a class="button quiet" rel="next" href="${speaks.to(older)}">${words('form.history.older')}</a>\n`}<a class="button quiet" href="${speaks.to('/inspections')}">${words('form.history.back')}</a>
</nav>`,
  });
}

export interface CaseContent {
  kept: KeptCase;
  /** The newest of its inspections; the history has all of them. */
  inspections: readonly InspectionHead[];
  /** Inspections that were here, as far as it is told one by one. */
  left: readonly CaseItem[];
  /** What people wrote: one page of it, the newest first. */
  written: readonly CaseItem[];
  /** Inspections of which a small picture is kept: its own, and those that matches found. */
  pictured: Pictured;
  /** Names of inspections that are there, of those that matches are about or found. */
  there: ReadonlyMap<string, string>;
  /** Whether it can be sealed here, and with the files. */
  seals: boolean;
  mayFull: boolean;
  older?: string;
  paged: boolean;
  /** What was written and cannot be kept as it is. */
  refused?: RefusedItem;
}

export interface RefusedItem {
  /** `name`, `seal`: of the case itself. */
  kind: WrittenKind | 'inspection' | 'name' | 'seal';
  values: URLSearchParams;
  fault: string;
}

/** A case: its reports, and what people wrote beside them, each as theirs. Works without script. */
export function casePage(content: CaseContent, speaks: PageLanguage): string {
  const { kept } = content;
  const { words } = speaks;
  return page({
    title: words('form.frame.title', { what: kept.name }),
    speaks,
    script: 'times',
    body: html`<h1><bdi dir="auto">${shown(kept.name)}</bdi></h1>
${kept.closedAt !== undefined && html`<p class="notice">${words('form.cases.closedSince')} ${time(kept.closedAt, speaks)}${person(kept.closedBy)}</p>\n`}<p>${words('form.cases.begun')} ${time(kept.createdAt, speaks)}${person(kept.createdBy)} · ${words('form.cases.changed')}: ${time(kept.changedAt, speaks)}${kept.caseRef !== kept.name && html`<br>${words('form.cases.ref')} <bdi class="verbatim" dir="auto">${shown(kept.caseRef)}</bdi>`}</p>
${actions(content, speaks)}
${inspections(content, speaks)}
<p class="small">${words('form.cases.terms')}</p>
${lines(['finding', 'note', 'link', 'match'].map((kind) => writtenSection(kind as WrittenKind, content, speaks)))}
${ways(content, speaks)}`,
  });
}

function sealing({ kept, seals, mayFull, refused }: CaseContent, speaks: PageLanguage): Markup | false {
  const { words } = speaks;
  const wrong = refused?.kind === 'seal' ? refused : undefined;
  return (
    seals &&
    html`<details class="more"${wrong !== undefined && html` open`}>
<summary>${words('form.cases.seal')}</summary>
<form action="${speaks.form(`/cases/${kept.id}/seal`)}" method="post">
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

function actions(content: CaseContent, speaks: PageLanguage): Markup {
  const { kept, refused } = content;
  const { words } = speaks;
  const { id, closedAt } = kept;
  const wrong = refused?.kind === 'name' ? refused : undefined;
  return html`<section class="actions near" aria-label="${words('form.cases.actions')}">
<a class="button quiet" href="${speaks.said(`/v1/cases/${id}`)}">${words('form.cases.json')}</a>
${kept.counts.finding > 0 && html`<a class="button quiet" href="${speaks.said(`/v1/cases/${id}/claim-review`)}">${words('form.cases.claimReview')}</a>\n`}<form action="${speaks.form(`/cases/${id}/closed`)}" method="post"><input type="hidden" name="closed" value="${closedAt === undefined ? 'on' : ''}"><button class="quiet" type="submit">${words(closedAt === undefined ? 'form.cases.close' : 'form.cases.reopen')}</button></form>
${sealing(content, speaks)}<details class="more"${wrong !== undefined && html` open`}>
<summary>${words('form.cases.rename')}</summary>
<form action="${speaks.form(`/cases/${id}/name`)}" method="post">
<label for="case-name">${words('form.cases.name')}</label>
<span class="one-line"><input id="case-name" name="name" value="${asTyped(wrong?.values.get('name') ?? kept.name)}" required maxlength="${CASE_BOUNDS.name}" dir="auto" autocomplete="off" aria-describedby="case-name-terms"> <button type="submit">${words('form.cases.save')}</button></span>
${wrong !== undefined && html`<p class="error" role="alert">${wrong.fault}</p>\n`}<p class="small" id="case-name-terms">${words('form.cases.renameTerms')}</p>
</form>
</details>
<details class="more">
<summary>${words('form.cases.delete')}</summary>
<form action="${speaks.form(`/cases/${id}/delete`)}" method="post">
<p>${words('form.cases.deleteGoes')}</p>
<p><button type="submit">${words('form.cases.deleteSubmit')}</button></p>
</form>
</details>
</section>`;
}

function inspections(content: CaseContent, speaks: PageLanguage): Markup {
  const { kept, pictured, left, refused } = content;
  const { words } = speaks;
  const rest = kept.counts.inspection - content.inspections.length;
  const told = left.length;
  return html`<section id="inspection" aria-labelledby="inspection-heading">
<h2 id="inspection-heading">${words('form.cases.kind.inspection')}</h2>
${content.inspections.length === 0 ? html`<p>${words('form.cases.noReports')}</p>` : filesInCase(content.inspections, pictured, speaks, (head) => html`<p class="small">${words('form.cases.putIn')} ${time(head.caseAt ?? head.createdAt, speaks)}${person(head.caseBy)}</p>\n${takeOut(kept.id, head.id, speaks)}`)}
${rest > 0 && html`<p><a href="${speaks.to(`/inspections?${new URLSearchParams({ caseRef: kept.caseRef })}`)}">${words('form.cases.allReports', { count: kept.counts.inspection })}</a></p>\n`}${told > 0 && html`<ul class="small">\n${lines(left.map((one) => html`<li>${stub(one, speaks)}</li>`))}\n</ul>\n`}${kept.former > told && html`<p class="small">${words('form.cases.former', { count: kept.former })}</p>\n`}${add(
  'inspection',
  content,
  speaks,
  html`<p><label for="add-inspection">${words('form.cases.field.inspection')}</label>
<input id="add-inspection" name="inspection" value="${asTyped(typed(refused, 'inspection', 'inspection'))}" required maxlength="400" dir="auto" autocomplete="off"></p>`,
)}
</section>`;
}

function writtenSection(kind: WrittenKind, content: CaseContent, speaks: PageLanguage): Markup {
  const items = content.written.filter((one) => one.kind === kind);
  const { words } = speaks;
  // Matches come from a report's page.
  if (kind === 'match' && items.length === 0) return html``;
  return html`<section class="notes" id="${kind}" aria-labelledby="${kind}-heading">
<h2 id="${kind}-heading">${words(`form.cases.kind.${kind}`)}</h2>
${items.length > 0 && html`<ol>\n${lines(items.map((one) => html`<li>${writtenItem(one, content, speaks)}</li>`))}\n</ol>\n`}${kind !== 'match' && add(kind, content, speaks, FIELDS[kind](content.refused, speaks))}
</section>`;
}

function writtenItem(item: CaseItem, content: CaseContent, speaks: PageLanguage): Markup {
  const { words } = speaks;
  const by = html`<p class="by">${words(`form.cases.by.${item.kind as WrittenKind}`)}${person(item.by)} ${time(item.at, speaks)}</p>`;
  if (item.removed !== undefined || item.gone !== undefined)
    return html`${by}\n<p class="small">${stub(item, speaks)}</p>`;
  const body = [
    ...(item.finding === undefined ? [] : [finding(item.finding, speaks)]),
    ...(item.link === undefined ? [] : [html`<p>${link(item.link, item.link)}</p>`]),
    ...(item.match === undefined ? [] : [match(item, content, speaks)]),
    ...(item.text === undefined ? [] : [quoted(item.text)]),
  ];
  return html`${by}\n${lines(body)}\n${takeOut(content.kept.id, item.id, speaks)}`;
}

/** Theirs, in their lines. */
const quoted = (text: string): Markup =>
  html`<blockquote dir="auto">${text.split('\n').map((line, at) => html`${at > 0 && html`<br>`}${shown(line, CASE_BOUNDS.text)}`)}</blockquote>`;

function finding(
  { claim, conclusion, rating, url, published, author, claimant, appearance }: CaseFinding,
  speaks: PageLanguage,
): Markup {
  const { words } = speaks;
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
    published === undefined ? undefined : html`${speaks.say(daySaid(published))}`,
  ),
])}
</dl></div>`;
}

const KINDS_SAID = ['picture', 'video', 'sound'] as const;
const INTEGRITIES_SAID = ['intact', 'altered'] as const;

/** A word of ours where the catalogue has one for it. */
const wordOf = <const T extends string>(words: readonly T[], word: unknown): T | 'other' =>
  words.find((one) => one === word) ?? 'other';

/** As it stood when somebody took it over. What the other file declares is its own. */
function match(
  { match: kept = {}, inspection, other }: CaseItem,
  content: CaseContent,
  speaks: PageLanguage,
): Markup {
  const { words } = speaks;
  const told = keptMatchTold(kept, speaks);
  const kind = KINDS_SAID.find((one) => one === told['kind']) ?? 'picture';
  const where =
    told['scan'] !== undefined || told['path'] !== undefined
      ? 'scan'
      : told['collection'] !== undefined
        ? 'collection'
        : 'other';
  const distance = Number(told['distance'] ?? 0);
  const params = { kind, where, distance, of: FINGERPRINT_BITS } as const;
  const name = asText(told['name'] ?? told['path'], CASE_BOUNDS.text);
  const declared = asRecord(told['declared']);
  const headline = asText(asRecord(declared?.['headline'])?.['text'], CASE_BOUNDS.text);
  // Of one whose report was gone by then, only the signer is known.
  const isCarried = declared?.['presence'] === 'present' || told['reportGone'] === true;
  const signer = isCarried ? asText(declared?.['signer'], CASE_BOUNDS.person) : undefined;
  const integrity = wordOf(INTEGRITIES_SAID, declared?.['integrity']);
  const both = [inspection, other].filter((id) => id !== undefined && content.there.has(id));
  const about = content.there.get(inspection ?? '');
  return lines([
    ...(about === undefined
      ? []
      : [
          html`<p>${words('form.cases.matchOf')} <a href="${speaks.to(`/inspections/${inspection}`)}"><bdi dir="auto">${shown(about, CASE_BOUNDS.name)}</bdi></a></p>`,
        ]),
    html`<p>${words(told['tier'] === 'same' ? 'page.seen.same' : 'page.seen.similar', params)}${name !== undefined && html` ${verbatim(name, CASE_BOUNDS.name)}`}</p>`,
    ...howNear(kept, speaks),
    ...(other !== undefined && content.pictured.has(other)
      ? [
          html`<p class="thumb"><img class="small-picture" src="/v1/inspections/${other}/pictures/preview" alt="" loading="lazy" width="96" height="72"></p>`,
        ]
      : []),
    ...(headline === undefined
      ? []
      : [html`<p>${words('page.seen.itsHeadline')} <strong>${quotesApart(headline)}</strong></p>`]),
    ...(signer === undefined
      ? []
      : [
          html`<p>${quotesApart(words('form.cases.itsSigner', { integrity, signer: said('text.quoted', { text: signer }) }))}</p>`,
        ]),
    ...(told['reportGone'] === true ? [html`<p>${words('page.seen.itsReportGone')}</p>`] : []),
    ...peoplesFinding(asRecord(told['finding']), speaks),
    ...(both.length === 2
      ? [
          html`<p><a href="${speaks.to(`/compare?${new URLSearchParams(both.map((id): [string, string] => ['id', id ?? '']))}`)}">${words('page.seen.compare')}</a></p>`,
        ]
      : []),
  ]);
}

const TURNS_SAID = ['mirrored', 'upsideDown', 'half', 'left', 'right'] as const;

/** As the page of the report said it when it was found. */
function howNear(kept: JsonRecord, speaks: PageLanguage): Markup[] {
  const { words } = speaks;
  const partly = asRecord(kept['partly']);
  return [
    ...(kept['turn'] === undefined
      ? []
      : [html`<p>${words('page.seen.turn', { turn: wordOf(TURNS_SAID, kept['turn']) })}</p>`]),
    ...(kept['part'] === undefined
      ? []
      : [html`<p>${words('page.seen.part', { part: wordOf(['cut'], kept['part']) })}</p>`]),
    ...(partly === undefined
      ? []
      : [
          html`<p class="small">${words('page.seen.partlyKept', { why: keptFaultSaid(partly as unknown as ReadFault, speaks) })}</p>`,
        ]),
  ];
}

/** Of an item of a collection: what people wrote of it, as theirs. */
function peoplesFinding(written: JsonRecord | undefined, speaks: PageLanguage): Markup[] {
  const text = asText(written?.['text'], CASE_BOUNDS.text);
  const by = asText(written?.['by'], CASE_BOUNDS.person);
  if (text === undefined) return [];
  return [
    html`<p class="by">${speaks.words('page.seen.finding')}${by !== undefined && html` ${verbatim(by, CASE_BOUNDS.person)}`}</p>`,
    quoted(text),
  ];
}

/** What was here, and why it is not. */
function stub({ kind, removed, gone }: CaseItem, speaks: PageLanguage): Markup {
  const { words } = speaks;
  const was = words(`form.cases.was.${kind}`);
  if (removed !== undefined)
    return html`${was} ${words('form.cases.removed')} ${time(removed.at, speaks)}${person(removed.by)}`;
  if (gone === undefined) return html`${was}`;
  return html`${was} ${words(`form.cases.gone.${gone.because}`)} ${time(gone.at, speaks)}`;
}

/** Asked once more: what somebody wrote cannot be brought back. */
const takeOut = (id: string, item: string, speaks: PageLanguage): Markup =>
  html`<details class="small"><summary>${speaks.words('form.cases.takeOut')}</summary>
<form action="${speaks.form(`/cases/${id}/items/${item}/remove`)}" method="post"><p>${speaks.words('form.cases.takeOutTerms')}</p><p><button class="quiet" type="submit">${speaks.words('form.cases.takeOutSubmit')}</button></p></form></details>`;

type AddedKind = Exclude<RefusedItem['kind'], 'name' | 'seal' | 'match'>;

function add(kind: AddedKind, { kept, refused }: CaseContent, speaks: PageLanguage, fields: Markup): Markup {
  const wrong = refused?.kind === kind ? refused : undefined;
  return html`<details class="note"${wrong !== undefined && html` open`}>
<summary>${speaks.words(`form.cases.add.${kind}`)}</summary>
<form action="${speaks.form(`/cases/${kept.id}/items`)}" method="post">
<input type="hidden" name="kind" value="${kind}">
${wrong !== undefined && html`<p class="error" role="alert">${wrong.fault}</p>\n`}${fields}
<p><button type="submit">${speaks.words('form.cases.submit')}</button></p>
</form>
</details>`;
}

const typed = (refused: RefusedItem | undefined, kind: RefusedItem['kind'], name: string): string =>
  refused?.kind === kind ? (refused.values.get(name) ?? '') : '';

const FIELDS: Record<
  'note' | 'link' | 'finding',
  (refused: RefusedItem | undefined, speaks: PageLanguage) => Markup
> = {
  note: (refused, speaks) =>
    area('note-text', 'text', speaks.words('form.cases.field.note'), typed(refused, 'note', 'text')),
  link: (refused, speaks) =>
    lines([
      input(
        'link-link',
        'link',
        speaks.words('form.cases.field.link'),
        typed(refused, 'link', 'link'),
        'url',
        true,
      ),
      input('link-text', 'text', speaks.words('form.cases.field.why'), typed(refused, 'link', 'text')),
    ]),
  finding: (refused, speaks) => {
    const was = (name: keyof CaseFinding) => typed(refused, 'finding', name);
    const label = (name: Exclude<keyof CaseFinding, 'authorType'>) =>
      speaks.words(`form.cases.field.${name}`);
    return lines([
      area('finding-claim', 'claim', label('claim'), was('claim')),
      area('finding-conclusion', 'conclusion', label('conclusion'), was('conclusion')),
      html`<div class="fields">`,
      input('finding-rating', 'rating', label('rating'), was('rating')),
      input('finding-claimant', 'claimant', label('claimant'), was('claimant')),
      input('finding-appearance', 'appearance', label('appearance'), was('appearance'), 'url'),
      input('finding-author', 'author', label('author'), was('author')),
      html`<p><label for="finding-authorType">${speaks.words('form.cases.field.authorType')}</label>
<select id="finding-authorType" name="authorType"><option value=""></option>${(['person', 'organization'] as const).map((one) => html`<option value="${one}"${was('authorType') === one && html` selected`}>${speaks.words(`form.cases.author.${one}`)}</option>`)}</select></p>`,
      input('finding-url', 'url', label('url'), was('url'), 'url'),
      input('finding-published', 'published', label('published'), was('published'), 'date'),
      html`</div>
<p class="small">${speaks.words('form.cases.findingTerms')}</p>`,
    ]);
  },
};

const area = (id: string, name: string, label: string, value: string): Markup =>
  html`<p><label for="${id}">${label}</label>
<textarea id="${id}" name="${name}" rows="4" required maxlength="${CASE_BOUNDS.text}" dir="auto">
${asTyped(value)}</textarea></p>`;

const input = (
  id: string,
  name: string,
  label: string,
  value: string,
  type: 'text' | 'url' | 'date' = 'text',
  isNeeded = false,
): Markup =>
  html`<p><label for="${id}">${label}</label>
<input id="${id}" name="${name}" type="${type}" value="${asTyped(value)}"${type !== 'date' && html` maxlength="${type === 'url' ? CASE_BOUNDS.link : CASE_BOUNDS.person}" dir="auto" autocomplete="off"`}${isNeeded && html` required`}></p>`;

function ways({ kept, older, paged }: CaseContent, speaks: PageLanguage): Markup {
  return html`<nav class="actions" aria-label="${speaks.words('form.cases.title')}">
${paged && html`<a class="button quiet" href="${speaks.to(`/cases/${kept.id}`)}">${speaks.words('form.history.newest')}</a>\n`}${older !== undefined && html`<a class="button quiet" rel="next" href="${speaks.to(older)}">${speaks.words('form.cases.older')}</a>\n`}<a class="button quiet" href="${speaks.to('/cases')}">${speaks.words('form.cases.back')}</a>
</nav>`;
}

/** Whose key it was, by name. */
function person(by: string | undefined): Markup | false {
  const name = personTold(by);
  return name !== undefined && html` · ${verbatim(name, CASE_BOUNDS.person)}`;
}

const time = (at: string, speaks: PageLanguage): Markup =>
  html`<time class="at" datetime="${at}">${speaks.say(timeSaid(at))}</time>`;

const whole = (speaks: PageLanguage, number: number): string =>
  new Intl.NumberFormat(speaks.words('language.tag')).format(number);
