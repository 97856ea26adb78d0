import type { Translator } from '../../../i18n/translator.js';
import type { StoredReport } from '../../report/report.js';
import type { Check } from '../view/check.js';
import { MARKS } from '../view/check.js';
import { termName, termsOf } from '../view/glossary.js';
import type { Figure, Figures } from '../view/history/figures.js';
import type { RulesSection } from '../view/law/rules.js';
import { punctuationFor } from '../view/marks.js';
import type { NextStep, OnePage } from '../view/one-page.js';
import { formatCardLine, isHeadlineAboutParts, type PartCard } from '../view/part-cards.js';
import { html, httpsAddress, lines, type Markup } from './escape.js';
import { factIcon } from './fact-icons.js';
import { clock, img, previewHtml } from './figures.js';
import { briefClauses } from './rules.js';
import { isolateQuotes, link, renderInline, textHtml, verbatim } from './runs.js';
import { stripHtml } from './strip.js';
import { termLink } from './term-link.js';

/** Renders the one page as HTML: the first screen of a report, drawn from its model. */

/** Ways to inspect the file again. Absent in exported pages, which lead nowhere. */
export interface ReinspectTargets {
  /** Target of forms that ask anew about the same file. */
  again: string;
  /** Form that takes the file with its remote credentials. */
  elsewhere: string;
  /** Form that takes the file. */
  file: string;
  /** Whether the reader may reveal the location. */
  canReveal: boolean;
}

export interface OnePageOptions {
  figures?: Figures | undefined;
  /** Actions offered by the entry point, shown beside the file name. */
  actions?: Markup | undefined;
  /** Notice on similar files that this server holds, shown after the facts. */
  archive?: Markup | undefined;
  reinspect?: ReinspectTargets | undefined;
  /** Public address that the file came from, if the reader may see it. */
  fileLink?: string | undefined;
  /** Form for selecting the law of another jurisdiction or role. */
  chooseLaw?: Markup | undefined;
  /** Address of the glossary. Absent in exported pages, which link nowhere. */
  glossary?: string | undefined;
  /** Returns the address of the report on a part; absent, or returning `undefined`, if none is stored. */
  partAddress?: ((number: number) => string | undefined) | undefined;
  /** True for print: nothing can be unfolded, followed within the page or typed into. */
  paper?: boolean;
}

/** Sections of the dossier that the page links to. */
export interface EvidenceTargets {
  rules?: RulesSection | undefined;
  /** Fragment identifiers that exist on the page. */
  targets: ReadonlySet<string>;
}

/** The order of reading: what a phone shows from top to bottom. Wide screens set picture and history to the start. */
export const onePageParts = (
  report: StoredReport,
  page: OnePage,
  translator: Translator,
  options: OnePageOptions & EvidenceTargets,
): Markup => {
  const { actions, archive, paper } = options;
  if (paper) return paperParts(report, page, translator, options);
  return html`<div class="one-page">
${fileName(page, actions)}
<div class="first">
<div class="answer">
${headline(page)}
${facts(report, page, translator, options)}
${archive}
${sentences(page, translator, options)}
</div>
${evidenceInPictures(report, page, translator, options)}
<div class="told">
${quotable(page, translator)}
${nextSteps(report, page, translator, options)}
</div>
</div>
${!isHeadlineAboutParts(report) && inside(page, translator, options)}
${explainedTerms(report, translator, options)}
${question(page, translator, options)}
<div class="more-facts">
${accounts(page, translator)}
${law(report, page, translator, options)}
${unread(page, options)}
</div>
${footer(page, translator, options)}
</div>`;
};

/** Renders the one page for paper: the parts become rows as wide as the sheet, so that it is filled to its foot. */
function paperParts(
  report: StoredReport,
  page: OnePage,
  translator: Translator,
  options: OnePageOptions & EvidenceTargets,
): Markup {
  const { figures } = options;
  const { preview, waveform, frames: [frame] = [] } = figures ?? {};
  const pictures = figures && previewHtml(report, figures, translator);
  // Without a picture its place holds one line, which says why there is none.
  const hasPicture = (preview ?? waveform ?? frame) !== undefined;
  const quotes = quotable(page, translator);
  // Beside a tall picture there is room for what may be said.
  const isTall = preview !== undefined && preview.height > preview.width;
  const rows = [
    html`<div class="head">\n${fileName(page, undefined)}\n${headline(page)}\n</div>`,
    html`<div class="first${isTall && ' tall'}">
${hasPicture && html`<div class="looked-at">\n${pictures}\n</div>\n`}<div class="answer">
${facts(report, page, translator, options)}
${sentences(page, translator, options)}
${!hasPicture && pictures}
${isTall && quotes}
</div>
</div>`,
    inside(page, translator, options),
    page.strip && stripHtml(page.strip, translator),
    timeRow(page.times, translator, undefined),
    isTall ? undefined : quotes,
    inRow([nextSteps(report, page, translator, options), question(page, translator, options)]),
    inRow([
      camera(page, translator, options),
      accounts(page, translator),
      law(report, page, translator, options),
      unread(page, options),
    ]),
    footer(page, translator, options),
  ];
  return html`<div class="one-page">\n${lines(rows.filter((row) => row !== undefined))}\n</div>`;
}

function inRow(sections: readonly (Markup | undefined)[]): Markup | undefined {
  const shown = sections.filter((one) => one !== undefined);
  return shown.length === 0 ? undefined : html`<div class="more-facts">\n${lines(shown)}\n</div>`;
}

/** A Report stored before headlines existed has its file name as heading. */
function fileName({ name, facts: about, headline: told }: OnePage, actions: Markup | undefined): Markup {
  const inside = html`${verbatim(name)} <span class="facts">${renderInline(about)}</span>`;
  const file =
    told === undefined
      ? html`<h1 class="file-name">${inside}</h1>`
      : html`<p class="file-name">${inside}</p>`;
  return html`<div class="file-bar">${file}${actions && html`\n${actions}`}</div>`;
}

const headline = ({ headline: told }: OnePage): Markup =>
  html`${told !== undefined && html`<h1 class="headline">${isolateQuotes(told)}</h1>`}`;

/**
 * Renders what there is to look at: the parts if the headline is about them, the picture and, below it, history, times
 * and device.
 */
function evidenceInPictures(
  report: StoredReport,
  page: OnePage,
  translator: Translator,
  options: OnePageOptions & EvidenceTargets,
): Markup {
  const { figures, targets: places } = options;
  const linked = (id: string) => (places.has(id) ? id : undefined);
  const shown = [
    isHeadlineAboutParts(report) ? inside(page, translator, options) : undefined,
    figures && previewHtml(report, figures, translator),
    page.strip && stripHtml(page.strip, translator, linked('history')),
    timeRow(page.times, translator, linked('times')),
    camera(page, translator, options),
  ].filter((one) => one !== undefined);
  return shown.length === 0 ? html`` : html`<div class="looked-at">\n${lines(shown)}\n</div>`;
}

function timeRow(
  times: OnePage['times'],
  translator: Translator,
  more: string | undefined,
): Markup | undefined {
  if (times.length === 0) return undefined;
  const title = translator.text('page.section.times');
  const items = times.map(
    ({ when, label, isProven, odd }) =>
      html`<li${isProven && html` class="proven"`}><p class="at">${renderInline(when)}</p>\n<p class="small">${renderInline(label)}</p>${odd !== undefined && html`\n<p class="odd"><span class="mark" aria-hidden="true">${MARKS.contradiction}</span> ${isolateQuotes(odd)}</p>`}</li>`,
  );
  return html`<section class="time-row"><h2>${more === undefined ? title : html`<a href="#${more}">${title}</a>`}</h2>
<ol>
${lines(items)}
</ol></section>`;
}

/** Each fact links to its evidence, if the page has it. */
export function facts(
  report: StoredReport,
  { fourFacts }: Pick<OnePage, 'fourFacts'>,
  translator: Translator,
  { targets: places, paper }: OnePageOptions & EvidenceTargets,
): Markup | undefined {
  if (fourFacts.length === 0) return undefined;
  const { colon } = punctuationFor(translator);
  const items = fourFacts.map(({ name, code, label, text }) => {
    const end = /[?？]$/.test(label) ? ' ' : colon;
    const inside = html`${factIcon(name)}<span><span class="label">${label}<span class="visually-hidden">${end}</span></span> ${factText(text)}</span>`;
    const locator = paper ? undefined : evidenceOf(name, code, report).find((one) => places.has(one));
    return html`<li>${locator === undefined ? html`<span class="fact">${inside}</span>` : html`<a class="fact" href="#${locator}">${inside}</a>`}</li>`;
  });
  return html`<ul class="four-facts">\n${lines(items)}\n</ul>`;
}

/** Sets what follows a name, such as the list that it is on, below it; a dot within quotes belongs to the name. */
function factText(text: string): Markup {
  const [value = '', ...rest] = text.split(/ · (?![^“]*”)/);
  const note = html`<span class="visually-hidden"> · </span><span class="note">${isolateQuotes(rest.join(' · '))}</span>`;
  return html`<span class="value">${isolateQuotes(value)}</span>${rest.length > 0 && note}`;
}

/** Returns the fragment identifiers of the evidence, best first. */
function evidenceOf(
  name: OnePage['fourFacts'][number]['name'],
  code: string,
  { contentCredentials }: StoredReport,
): string[] {
  if (name === 'when') return ['times', 'check-credentials'];
  if (name !== 'ai') return ['check-credentials', 'check-unread'];
  if (code === 'could-not-look') return ['check-unread', 'check-labels', 'check-credentials'];
  if (code === 'contradictory') return ['contradictions'];
  if (code === 'in-part') return ['inside'];
  if (code === 'text') return ['check-labels'];
  if (code === 'trace') return ['check-traces', 'check-labels'];
  if (code === 'label' || code === 'possible') return ['check-labels', 'check-otherLabels'];
  const declares = ['stated-signed', 'mark-only', 'mentioned', 'set-aside'].includes(code);
  return declares && contentCredentials.presence === 'present'
    ? ['history', 'check-credentials']
    : ['check-labels', 'check-traces'];
}

/** Renders one card per part, each linking to its own report. */
function inside(
  { inside: all }: OnePage,
  translator: Translator,
  { partAddress: partAt, figures, paper }: OnePageOptions,
): Markup | undefined {
  if (all === undefined) return undefined;
  const { title, shown, rest, more } = all;
  // Folded cards are omitted on paper.
  if (paper && shown.length === 0) return undefined;
  if (paper)
    return html`<section class="inside" id="inside"><h2>${title}</h2>\n<ul>${lines(shown.map((one) => html`<li>${isolateQuotes(formatCardLine(one, translator))}</li>`))}</ul>${rest.length > 0 && html`\n<p class="small">${more}</p>`}</section>`;
  const list = (cards: readonly PartCard[]) =>
    html`<ul class="parts">\n${lines(cards.map((one) => html`<li>${cardHtml(one, partAt, figures?.parts.get(one.number), translator)}</li>`))}\n</ul>`;
  const folded = html`<details><summary>${more}</summary>\n${list(rest)}\n</details>`;
  return html`<section class="inside" id="inside"><h2>${title}</h2>\n${shown.length > 0 && list(shown)}${rest.length > 0 && folded}</section>`;
}

function cardHtml(
  { number, kind, name, about, headline, who, notRead, within }: PartCard,
  partAt: OnePageOptions['partAddress'],
  picture: Figure | undefined,
  translator: Translator,
): Markup {
  const seen = picture && html`${img(picture, translator.text('page.inside.picture', { number }))} `;
  const what = html`${seen}${number}. ${name === undefined ? kind : isolateQuotes(name)}`;
  const address = partAt?.(number);
  const beside = [...(name === undefined ? [] : [kind]), about, ...(within === undefined ? [] : [within])];
  return html`<p class="part-name">${address === undefined ? what : html`<a href="${address}">${what}</a>`}</p>
<p class="small">${beside.join(' · ')}</p>${headline !== undefined && html`\n<p class="part-headline">${isolateQuotes(headline)}</p>`}${who !== undefined && html`\n<p class="small">${isolateQuotes(who)}</p>`}${notRead !== undefined && html`\n<p class="small">${notRead}</p>`}`;
}

/** The dossier describes contradictions in full; here only their existence is stated. */
function sentences(
  { sentence, served, contradictions }: OnePage,
  translator: Translator,
  { paper, targets: places }: OnePageOptions & EvidenceTargets,
): Markup {
  const { open, close } = punctuationFor(translator);
  const words = `${translator.text('page.section.contradictions')}${open}${contradictions.length}${close}`;
  const leads = !paper && places.has('contradictions');
  const line = html`\n<p class="contradictory"><span class="mark" aria-hidden="true">${MARKS.contradiction}</span> ${leads ? html`<a href="#contradictions">${words}</a>` : words}</p>`;
  return html`<p class="sentence">${textHtml(sentence, isolateQuotes)}</p>${served !== undefined && html`\n<p class="served">${served}</p>`}${contradictions.length > 0 && line}`;
}

/** A click selects the whole text; the script adds a copy button. */
const copyAttributes = (translator: Translator): Markup =>
  html` data-copy="${translator.text('page.copy.copy')}" data-copied="${translator.text('page.copy.copied')}"`;

function quotable({ say, avoid, caption }: OnePage, translator: Translator): Markup | undefined {
  const boxes = (
    [
      ['say', say],
      ['caption', caption === undefined ? [] : [caption]],
      ['avoid', avoid],
    ] as const
  ).filter(([, texts]) => texts.length > 0);
  if (boxes.length === 0) return undefined;
  return html`<div class="quotable">
${lines(
  boxes.map(
    ([kind, texts]) => html`<section class="${kind}"><h2>${translator.text(`page.section.${kind}`)}</h2>
<ul>
${lines(texts.map((text) => html`<li><p${kind !== 'avoid' ? html` class="copyable"${copyAttributes(translator)}` : undefined}>${isolateQuotes(text)}</p></li>`))}
</ul></section>`,
  ),
)}
</div>`;
}

function nextSteps(
  report: StoredReport,
  { next }: OnePage,
  translator: Translator,
  options: OnePageOptions,
): Markup | undefined {
  if (next.length === 0) return undefined;
  const items = next.map((step) => html`<li>${stepHtml(step, report, translator, options)}</li>`);
  return html`<section class="next"><h2>${translator.text('page.section.next')}</h2>\n<ol>\n${lines(items)}\n</ol></section>`;
}

/** Renders the few terms in use, each linked to its explanation. */
function explainedTerms(
  report: StoredReport,
  translator: Translator,
  { glossary }: OnePageOptions,
): Markup | undefined {
  const terms = termsOf(report);
  if (glossary === undefined || terms.length === 0) return undefined;
  const { colon, item } = punctuationFor(translator);
  const links = terms.map(
    (term, at) =>
      html`${at > 0 && item}${termLink(translator.translate(termName(term)), term, glossary, translator)}`,
  );
  return html`<p class="explained small">${translator.text('page.section.terms')}${colon}${links}</p>`;
}

function stepHtml(
  { code, text, address, searches }: NextStep,
  report: StoredReport,
  translator: Translator,
  options: OnePageOptions,
): Markup {
  const { reinspect: again, paper } = options;
  const words = isolateQuotes(text);
  if (searches !== undefined && !options.paper) return pictureSearch(words, searches, translator, options);
  if (address !== undefined)
    return paper ? paperLink(address, words) : externalLink(address, words, translator);
  const option = STEP_OPTIONS[code];
  if (option !== undefined && again !== undefined) return againForm(again, option, 'true', words, translator);
  const to = stepAddress(code, again, paper);
  const step = to === undefined ? words : html`<a href="${to}">${words}</a>`;
  const { remoteUrl } = report.contentCredentials;
  // The address comes from the file, so it is shown in full to be read but not linked.
  return code === 'fetch-elsewhere' && remoteUrl !== undefined
    ? html`${step} ${verbatim(remoteUrl, 300)}`
    : step;
}

/** Renders the sites that search by picture, and what each of them gets; opening one sends nothing unless it has a link. */
function pictureSearch(
  words: Markup,
  searches: NonNullable<NextStep['searches']>,
  translator: Translator,
  { figures, fileLink }: OnePageOptions,
): Markup {
  const sites = searches.map(({ name, address, byLink }) => {
    const to = fileLink === undefined ? address : byLink + encodeURIComponent(fileLink);
    return html`<li>${externalLink(to, html`${name}`, translator)}</li>`;
  });
  const { preview, frames = [] } = figures ?? {};
  const pictures = frames.length > 1 ? frames : preview === undefined ? [] : [preview];
  const items = pictures.map(({ src, seconds }, at) => {
    const label =
      frames.length > 1
        ? translator.text('page.search.saveFrame', { at: clock(seconds ?? 0) })
        : translator.text('page.search.save');
    return html`<li><a href="${src}" download="assay-${at + 1}.webp">${label}</a></li>`;
  });
  const how =
    fileLink !== undefined
      ? html`<p class="small">${translator.text('page.search.byLink')} ${verbatim(fileLink, 300)}</p>`
      : items.length === 0
        ? html`<p class="small">${translator.text('page.search.noPicture')}</p>`
        : html`<p class="small" data-by-copy="${translator.text('page.search.byCopy')}">${translator.text('page.search.byHand')}</p>
<ul class="sought" data-copied="${translator.text('page.search.copied')}" data-saved="${translator.text('page.search.saved')}">
${lines(items)}
</ul>`;
  return html`<details class="search"><summary>${words}</summary>
${how}
<ul class="sites">
${lines(sites)}
</ul>
</details>
`;
}

/** Options that a step adds to the question. */
const STEP_OPTIONS: Partial<Record<NextStep['code'], string>> = { words: 'visible', pixels: 'deep' };

/** Renders a button that asks anew about the file with one option more; it looks like a link. */
const againForm = (
  { again }: ReinspectTargets,
  option: string,
  value: string,
  words: Markup,
  translator: Translator,
): Markup =>
  html`<form class="again" action="${again}" method="post" data-sending="${translator.text('page.again.sending')}"><input type="hidden" name="${option}" value="${value}"><button class="as-link" type="submit">${words}</button></form>`;

function stepAddress(
  code: NextStep['code'],
  reinspect: ReinspectTargets | undefined,
  paper: boolean | undefined,
): string | undefined {
  if (code === 'ask' && !paper) return '#question';
  if (code === 'open-part' && !paper) return '#inside';
  if (code === 'fetch-elsewhere') return reinspect?.elsewhere;
  return code === 'try-again' || code === 'whole-copy' || code === 'media-file' ? reinspect?.file : undefined;
}

/** Renders a link to a third-party page, which opens in a new tab and names its host. */
function externalLink(address: string, words: Markup, translator: Translator): Markup {
  const href = httpsAddress(address);
  if (href === undefined) return words;
  const host = translator.text('page.outside', { host: new URL(href).hostname });
  return html`<a href="${href}" target="_blank" rel="noreferrer noopener">${words} <small>${host}</small></a>`;
}

/** Prints the address next to the link text. */
function paperLink(address: string, words: Markup): Markup {
  const href = httpsAddress(address);
  return href === undefined ? words : html`${words} ${link(href, href)}`;
}

/** Estimate for the height of the text field in browsers that do not fit it to its text. */
const CHARACTERS_A_ROW = 60;

function question(
  { question: text }: OnePage,
  translator: Translator,
  { paper }: OnePageOptions,
): Markup | undefined {
  if (text === undefined) return undefined;
  const title = translator.text('page.section.question');
  if (paper)
    return html`<section class="question-box"><h2>${title}</h2>\n<p class="copyable">${isolateQuotes(text)}</p></section>`;
  // A link to a text within opens what is folded.
  return html`<details class="question-box"><summary><h2 id="question-title">${title}</h2></summary>
<textarea id="question" readonly rows="${Math.ceil(text.length / CHARACTERS_A_ROW) + 1}" aria-labelledby="question-title" dir="auto"${copyAttributes(translator)}>
${text}</textarea>
</details>`;
}

function camera(
  { camera: rows }: OnePage,
  translator: Translator,
  { reinspect: again, paper }: OnePageOptions,
): Markup | undefined {
  if (rows.length === 0) return undefined;
  const items = rows.map(({ label, line, masked, map }) => {
    const show =
      masked &&
      again?.canReveal &&
      html` ${againForm(again, 'reveal', 'location', html`${translator.text('page.camera.show')}`, translator)}`;
    const mapped = translator.text('page.camera.map');
    const seen =
      map !== undefined &&
      html` ${paper ? paperLink(map, html`${mapped}`) : externalLink(map, html`${mapped}`, translator)}`;
    return html`<div><dt>${label}</dt><dd>${renderInline(line)}${show}${seen}</dd></div>`;
  });
  return html`<section class="camera"><h2>${translator.text('page.section.camera')}</h2>\n<dl>\n${lines(items)}\n</dl></section>`;
}

function accounts({ accounts: all }: OnePage, translator: Translator): Markup | undefined {
  if (all.length === 0) return undefined;
  const texts = all.map((text) => html`<p>${isolateQuotes(text)}</p>`);
  return html`<section class="accounts"><h2>${translator.text('page.section.accounts')}</h2>\n${lines(texts)}\n</section>`;
}

/**
 * Renders the answer for the selected places and roles, and under it the clauses, folded.
 */
function law(
  report: StoredReport,
  { law: all, lawInBrief }: OnePage,
  translator: Translator,
  { rules, chooseLaw, paper, targets: places }: OnePageOptions & EvidenceTargets,
): Markup | undefined {
  const isSilent = (paper ? lawInBrief : all).length === 0;
  if (isSilent && chooseLaw === undefined) return undefined;
  const body = paper
    ? plainLines(lawInBrief.flat())
    : lawBody(report.law?.length ?? 0, all, rules, translator, places);
  return html`<section class="law-for-me" id="law"><h2>${translator.text('page.section.law')}</h2>\n${lines([...(chooseLaw ? [chooseLaw] : []), body])}</section>`;
}

/** For more places than this the clauses are too many to be listed under the answer. */
const MAX_PLACES_IN_FULL = 2;

function lawBody(
  asked: number,
  all: readonly string[],
  rules: RulesSection | undefined,
  translator: Translator,
  places: ReadonlySet<string>,
): Markup {
  if (all.length === 0) return html``;
  const clauses = rules === undefined ? [] : briefClauses(rules, translator);
  const more = places.has('rules') && html`<p><a href="#rules">${translator.text('page.law.inFull')}</a></p>`;
  if (clauses.length === 0) return plainLines(all);
  if (asked > MAX_PLACES_IN_FULL) return html`${plainLines(all)}\n${more}`;
  return html`${plainLines(all)}\n<details class="law-lines"><summary>${translator.text('page.law.clauses')}</summary>\n<ul class="clauses">\n${lines(clauses)}\n</ul>\n${more}</details>`;
}

const plainLines = (all: readonly string[]): Markup =>
  html`<ul class="law">${lines(all.map((line) => html`<li>${line}</li>`))}</ul>`;

function unread({ unread: left }: OnePage, { paper }: OnePageOptions): Markup | undefined {
  if (left === undefined) return undefined;
  const rows = left.rows.flatMap(({ notes }: Check) =>
    notes.map((note) => html`<li>${renderInline(note)}</li>`),
  );
  if (paper || rows.length === 0) return html`<p class="unread">${left.line}</p>`;
  return html`<details class="unread"><summary>${left.line}</summary>\n<ul>\n${lines(rows)}\n</ul>\n</details>`;
}

/** Renders the data that identify a print of the page. The script adds the reader's local time. */
function footer({ footer: groups }: OnePage, translator: Translator, { glossary }: OnePageOptions): Markup {
  const rows = groups.map(({ title, term, lines: all, at }) => {
    const values = all.map((line) => {
      const inside =
        at === undefined
          ? renderInline(line)
          : html`<time class="also" datetime="${at}" data-also="${translator.text('page.footer.yourTime', { time: '{}' })}">${renderInline(line)}</time>`;
      return html`<dd>${inside}</dd>`;
    });
    return html`<div><dt>${termLink(title, term, glossary, translator)}</dt>${values}</div>`;
  });
  return html`<footer class="colophon">\n<dl class="definitions">\n${lines(rows)}\n</dl>\n</footer>`;
}
