import type { Translator } from '../../../i18n/translator.js';
import { MARKS } from '../../page/check.js';
import { termName } from '../../page/glossary.js';
import type { Figure } from '../../page/history/figures.js';
import { punctuationFor } from '../../page/marks.js';
import type { ReportPage } from '../../page/page.js';
import { formatCardLine, type PartCard } from '../../page/part-cards.js';
import type { NextStep, StepAct } from '../../page/steps.js';
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
}

/** Sections of the dossier that the page links to. */
export interface EvidenceTargets {
  /** Fragment identifiers that exist on the page. */
  targets: ReadonlySet<string>;
}

/** The order of reading: what a phone shows from top to bottom. Wide screens set picture and history to the start. */
export const onePageParts = (
  page: ReportPage,
  translator: Translator,
  options: OnePageOptions & EvidenceTargets,
): Markup => {
  const { actions, archive } = options;
  if (page.isPaper) return paperParts(page, translator, options);
  return html`<div class="one-page">
${fileName(page, actions)}
<div class="first">
<div class="answer">
${headline(page)}
${facts(page, translator, options.targets)}
${archive}
${sentences(page, translator, options)}
</div>
${evidenceInPictures(page, translator, options)}
<div class="told">
${quotable(page, translator)}
${nextSteps(page, translator, options)}
</div>
</div>
${!page.isAboutParts && inside(page, translator, options)}
${explainedTerms(page, translator, options)}
${question(page, translator)}
<div class="more-facts">
${accounts(page, translator)}
${law(page, translator, options)}
${unread(page)}
</div>
${footer(page, translator, options)}
</div>`;
};

/** Renders the one page for paper: the parts become rows as wide as the sheet, so that it is filled to its foot. */
function paperParts(
  page: ReportPage,
  translator: Translator,
  options: OnePageOptions & EvidenceTargets,
): Markup {
  const { preview, waveform, frames: [frame] = [] } = page.pictures?.figures ?? {};
  const pictures = page.pictures && previewHtml(page.pictures, translator);
  // Without a picture its place holds one line, which says why there is none.
  const hasPicture = (preview ?? waveform ?? frame) !== undefined;
  const quotes = quotable(page, translator);
  // Beside a tall picture there is room for what may be said.
  const isTall = preview !== undefined && preview.height > preview.width;
  const rows = [
    html`<div class="head">\n${fileName(page, undefined)}\n${headline(page)}\n</div>`,
    html`<div class="first${isTall && ' tall'}">
${hasPicture && html`<div class="looked-at">\n${pictures}\n</div>\n`}<div class="answer">
${facts(page, translator, options.targets)}
${sentences(page, translator, options)}
${!hasPicture && pictures}
${isTall && quotes}
</div>
</div>`,
    inside(page, translator, options),
    page.strip && stripHtml(page.strip, translator),
    timeRow(page.times, translator, undefined),
    isTall ? undefined : quotes,
    inRow([nextSteps(page, translator, options), question(page, translator)]),
    inRow([
      camera(page, translator, options),
      accounts(page, translator),
      law(page, translator, options),
      unread(page),
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
function fileName({ name, about, headline: told }: ReportPage, actions: Markup | undefined): Markup {
  const inside = html`${verbatim(name)} <span class="facts">${renderInline(about)}</span>`;
  const file =
    told === undefined
      ? html`<h1 class="file-name">${inside}</h1>`
      : html`<p class="file-name">${inside}</p>`;
  return html`<div class="file-bar">${file}${actions && html`\n${actions}`}</div>`;
}

const headline = ({ headline: told }: ReportPage): Markup =>
  html`${told !== undefined && html`<h1 class="headline">${isolateQuotes(told)}</h1>`}`;

/**
 * Renders what there is to look at: the parts if the headline is about them, the picture and, below it, history, times
 * and device.
 */
function evidenceInPictures(
  page: ReportPage,
  translator: Translator,
  options: OnePageOptions & EvidenceTargets,
): Markup {
  const { targets: places } = options;
  const linked = (id: string) => (places.has(id) ? id : undefined);
  const shown = [
    page.isAboutParts ? inside(page, translator, options) : undefined,
    page.pictures && previewHtml(page.pictures, translator),
    page.strip && stripHtml(page.strip, translator, linked('history')),
    timeRow(page.times, translator, linked('times')),
    camera(page, translator, options),
  ].filter((one) => one !== undefined);
  return shown.length === 0 ? html`` : html`<div class="looked-at">\n${lines(shown)}\n</div>`;
}

function timeRow(
  times: ReportPage['times'],
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
  { facts: all, isPaper }: Pick<ReportPage, 'facts' | 'isPaper'>,
  translator: Translator,
  places: ReadonlySet<string>,
): Markup | undefined {
  if (all.length === 0) return undefined;
  const { colon } = punctuationFor(translator);
  const items = all.map(({ name, label, text, proof }) => {
    const end = /[?？]$/.test(label) ? ' ' : colon;
    const inside = html`${factIcon(name)}<span><span class="label">${label}<span class="visually-hidden">${end}</span></span> ${factText(text)}</span>`;
    const locator = isPaper ? undefined : proof.find((one) => places.has(one));
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

/** Renders one card per part, each linking to its own report. */
function inside(
  { inside: all, isPaper, pictures }: ReportPage,
  translator: Translator,
  { partAddress: partAt }: OnePageOptions,
): Markup | undefined {
  if (all === undefined) return undefined;
  const { title, shown, rest, more } = all;
  // Folded cards are omitted on paper.
  if (isPaper && shown.length === 0) return undefined;
  if (isPaper)
    return html`<section class="inside" id="inside"><h2>${title}</h2>\n<ul>${lines(shown.map((one) => html`<li>${isolateQuotes(formatCardLine(one, translator))}</li>`))}</ul>${rest.length > 0 && html`\n<p class="small">${more}</p>`}</section>`;
  const list = (cards: readonly PartCard[]) =>
    html`<ul class="parts">\n${lines(cards.map((one) => html`<li>${cardHtml(one, partAt, pictures?.figures.parts.get(one.number), translator)}</li>`))}\n</ul>`;
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
  { sentence, served, contradictions, isPaper }: ReportPage,
  translator: Translator,
  { targets: places }: EvidenceTargets,
): Markup {
  const { open, close } = punctuationFor(translator);
  const words = `${translator.text('page.section.contradictions')}${open}${contradictions.length}${close}`;
  const leads = !isPaper && places.has('contradictions');
  const line = html`\n<p class="contradictory"><span class="mark" aria-hidden="true">${MARKS.contradiction}</span> ${leads ? html`<a href="#contradictions">${words}</a>` : words}</p>`;
  return html`<p class="sentence">${textHtml(sentence, isolateQuotes)}</p>${served !== undefined && html`\n<p class="served">${served}</p>`}${contradictions.length > 0 && line}`;
}

/** A click selects the whole text; the script adds a copy button. */
const copyAttributes = (translator: Translator): Markup =>
  html` data-copy="${translator.text('page.copy.copy')}" data-copied="${translator.text('page.copy.copied')}"`;

function quotable({ say, avoid, caption }: ReportPage, translator: Translator): Markup | undefined {
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

function nextSteps(page: ReportPage, translator: Translator, options: OnePageOptions): Markup | undefined {
  if (page.next.length === 0) return undefined;
  const items = page.next.map((step) => html`<li>${stepHtml(step, page, translator, options)}</li>`);
  return html`<section class="next"><h2>${translator.text('page.section.next')}</h2>\n<ol>\n${lines(items)}\n</ol></section>`;
}

/** Renders the few terms in use, each linked to its explanation. */
function explainedTerms(
  { terms }: ReportPage,
  translator: Translator,
  { glossary }: OnePageOptions,
): Markup | undefined {
  if (glossary === undefined || terms.length === 0) return undefined;
  const { colon, item } = punctuationFor(translator);
  const links = terms.map(
    (term, at) =>
      html`${at > 0 && item}${termLink(translator.translate(termName(term)), term, glossary, translator)}`,
  );
  return html`<p class="explained small">${translator.text('page.section.terms')}${colon}${links}</p>`;
}

function stepHtml(
  { text, act }: NextStep,
  page: ReportPage,
  translator: Translator,
  { reinspect, fileLink }: OnePageOptions,
): Markup {
  const { isPaper } = page;
  const words = isolateQuotes(text);
  switch (act.is) {
    case 'search':
      return isPaper
        ? paperLink(act.address, words)
        : pictureSearch(words, act.sites, page, translator, fileLink);
    case 'open':
      return isPaper ? paperLink(act.address, words) : externalLink(act.address, words, translator);
    case 'again':
      return reinspect === undefined ? words : againForm(reinspect, act.option, 'true', words, translator);
    case 'give-credentials': {
      const step = linkTo(reinspect?.elsewhere, words);
      // The address comes from the file, so it is shown in full to be read but not linked.
      return act.address === undefined ? step : html`${step} ${verbatim(act.address, 300)}`;
    }
    case 'give-file':
      return linkTo(reinspect?.file, words);
    case 'ask':
      return linkTo(isPaper ? undefined : '#question', words);
    case 'open-part':
      return linkTo(isPaper ? undefined : '#inside', words);
    default:
      return words;
  }
}

const linkTo = (address: string | undefined, words: Markup): Markup =>
  address === undefined ? words : html`<a href="${address}">${words}</a>`;

/** Renders the sites that search by picture, and what each of them gets; opening one sends nothing unless it has a link. */
function pictureSearch(
  words: Markup,
  searches: Extract<StepAct, { is: 'search' }>['sites'],
  { pictures: seen }: ReportPage,
  translator: Translator,
  fileLink: string | undefined,
): Markup {
  const sites = searches.map(({ name, address, byLink }) => {
    const to = fileLink === undefined ? address : byLink + encodeURIComponent(fileLink);
    return html`<li>${externalLink(to, html`${name}`, translator)}</li>`;
  });
  const { preview, frames = [] } = seen?.figures ?? {};
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

/** Renders a button that asks anew about the file with one option more; it looks like a link. */
const againForm = (
  { again }: ReinspectTargets,
  option: string,
  value: string,
  words: Markup,
  translator: Translator,
): Markup =>
  html`<form class="again" action="${again}" method="post" data-sending="${translator.text('page.again.sending')}"><input type="hidden" name="${option}" value="${value}"><button class="as-link" type="submit">${words}</button></form>`;

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

function question({ question: text, isPaper }: ReportPage, translator: Translator): Markup | undefined {
  if (text === undefined) return undefined;
  const title = translator.text('page.section.question');
  if (isPaper)
    return html`<section class="question-box"><h2>${title}</h2>\n<p class="copyable">${isolateQuotes(text)}</p></section>`;
  // A link to a text within opens what is folded.
  return html`<details class="question-box"><summary><h2 id="question-title">${title}</h2></summary>
<textarea id="question" readonly rows="${Math.ceil(text.length / CHARACTERS_A_ROW) + 1}" aria-labelledby="question-title" dir="auto"${copyAttributes(translator)}>
${text}</textarea>
</details>`;
}

function camera(
  { camera: rows, isPaper }: ReportPage,
  translator: Translator,
  { reinspect: again }: OnePageOptions,
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
      html` ${isPaper ? paperLink(map, html`${mapped}`) : externalLink(map, html`${mapped}`, translator)}`;
    return html`<div><dt>${label}</dt><dd>${renderInline(line)}${show}${seen}</dd></div>`;
  });
  return html`<section class="camera"><h2>${translator.text('page.section.camera')}</h2>\n<dl>\n${lines(items)}\n</dl></section>`;
}

function accounts({ accounts: all }: ReportPage, translator: Translator): Markup | undefined {
  if (all.length === 0) return undefined;
  const texts = all.map((text) => html`<p>${isolateQuotes(text)}</p>`);
  return html`<section class="accounts"><h2>${translator.text('page.section.accounts')}</h2>\n${lines(texts)}\n</section>`;
}

/**
 * Renders the answer for the selected places and roles, and under it the clauses, folded.
 */
function law(
  page: ReportPage,
  translator: Translator,
  { chooseLaw, targets: places }: OnePageOptions & EvidenceTargets,
): Markup | undefined {
  const all = page.isPaper ? page.lawInBrief.flat() : page.law;
  if (all.length === 0 && chooseLaw === undefined) return undefined;
  const body = page.isPaper ? plainLines(all) : lawBody(all, page, translator, places);
  return html`<section class="law-for-me" id="law"><h2>${translator.text('page.section.law')}</h2>\n${lines([...(chooseLaw ? [chooseLaw] : []), body])}</section>`;
}

/** For more places than this the clauses are too many to be listed under the answer. */
const MAX_PLACES_IN_FULL = 2;

function lawBody(
  all: readonly string[],
  { lawPlaces, dossier: { rules } }: ReportPage,
  translator: Translator,
  places: ReadonlySet<string>,
): Markup {
  if (all.length === 0) return html``;
  const clauses = rules === undefined ? [] : briefClauses(rules, translator);
  const more = places.has('rules') && html`<p><a href="#rules">${translator.text('page.law.inFull')}</a></p>`;
  if (clauses.length === 0) return plainLines(all);
  if (lawPlaces > MAX_PLACES_IN_FULL) return html`${plainLines(all)}\n${more}`;
  return html`${plainLines(all)}\n<details class="law-lines"><summary>${translator.text('page.law.clauses')}</summary>\n<ul class="clauses">\n${lines(clauses)}\n</ul>\n${more}</details>`;
}

const plainLines = (all: readonly string[]): Markup =>
  html`<ul class="law">${lines(all.map((line) => html`<li>${line}</li>`))}</ul>`;

function unread({ unread: left, isPaper }: ReportPage): Markup | undefined {
  if (left === undefined) return undefined;
  const { line, reasons } = left;
  if (isPaper || reasons.length === 0) return html`<p class="unread">${line}</p>`;
  const rows = reasons.map((reason) => html`<li>${renderInline(reason)}</li>`);
  return html`<details class="unread"><summary>${line}</summary>\n<ul>\n${lines(rows)}\n</ul>\n</details>`;
}

/** Renders the data that identify a print of the page. The script adds the reader's local time. */
function footer(
  { footer: groups }: ReportPage,
  translator: Translator,
  { glossary }: OnePageOptions,
): Markup {
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
