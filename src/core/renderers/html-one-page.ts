import type { Speech } from '../../say/speech.js';
import type { Report } from '../report/report.js';
import type { Check } from './check.js';
import { MARKS } from './check.js';
import { factIcon } from './fact-icons.js';
import type { Figures } from './figures.js';
import { termLink, termName, termsOf } from './glossary.js';
import { html, httpsAddress, lines, type Markup } from './html-escape.js';
import { previewHtml } from './html-figures.js';
import { briefClauses } from './html-rules.js';
import { inline, link, quotesApart, textHtml, verbatim } from './html-runs.js';
import { marksOf } from './marks.js';
import type { NextStep, OnePage } from './one-page.js';
import { cardLine, type PartCard, speaksOfParts } from './part-cards.js';
import type { RulesSection } from './rules.js';

/** The one page as HTML: the first screen of a report, drawn from its model. */

/** Where the form takes the file again, to be asked otherwise. Left out: nothing leads there, as on what is sent on. */
export interface Again {
  pixels: string;
  /** With its credentials that are kept elsewhere. */
  elsewhere: string;
  file: string;
  /** Left out where whoever reads may not have the place shown. */
  location?: string;
}

export interface OnePageBeside {
  figures?: Figures | undefined;
  /** What a door offers to do with it: after the facts. */
  actions?: Markup | undefined;
  again?: Again | undefined;
  /** Asks the law of another place or role. */
  chooseLaw?: Markup | undefined;
  /** Where the words of reports are explained. Left out: nothing leads there, as on what is sent on. */
  glossary?: string | undefined;
  /** Where the report on a part alone stands; left out, or undefined, where none is kept. */
  partAt?: ((number: number) => string | undefined) | undefined;
  /** Nothing can be unfolded, followed within the page or typed into. */
  paper?: boolean;
}

/** What of the dossier the page leads to. */
export interface Evidence {
  rules?: RulesSection | undefined;
  /** Addresses that there are. */
  places: ReadonlySet<string>;
}

export const onePageParts = (
  report: Report,
  page: OnePage,
  speech: Speech,
  beside: OnePageBeside & Evidence,
): Markup => html`<div class="one-page">
${head(page)}
${facts(report, page, speech, beside)}
${beside.actions}
${speaksOfParts(report) && inside(page, speech, beside)}
<div class="first">
${picture(report, speech, beside)}
<div class="told">
${sentences(page, speech, beside)}
${quotable(page, speech)}
${nextSteps(report, page, speech, beside)}
${explained(report, speech, beside)}
</div>
</div>
${!speaksOfParts(report) && inside(page, speech, beside)}
${question(page, speech, beside)}
<div class="more-facts">
${camera(page, speech, beside)}
${accounts(page, speech)}
${law(report, page, speech, beside)}
${unread(page, beside)}
</div>
${footer(page, speech, beside)}
</div>`;

/** A claim leads; of a Report that was kept before there was one, its file's name does. */
function head({ name, facts: about, headline }: OnePage): Markup {
  const file = html`${verbatim(name)} <span class="facts">${inline(about)}</span>`;
  if (headline === undefined)
    return html`<header>\n<h1>${verbatim(name)}</h1>\n<p class="facts">${inline(about)}</p>\n</header>`;
  return html`<header>\n<p class="file-name">${file}</p>\n<h1 class="headline">${quotesApart(headline)}</h1>\n</header>`;
}

/** Each leads to what it was read from, where the page has that. */
function facts(
  report: Report,
  { fourFacts }: OnePage,
  speech: Speech,
  { places, paper }: OnePageBeside & Evidence,
): Markup | undefined {
  if (fourFacts.length === 0) return undefined;
  const { colon } = marksOf(speech);
  const items = fourFacts.map(({ name, code, label, text }) => {
    const end = /[?？]$/.test(label) ? ' ' : colon;
    const inside = html`${factIcon(name)}<span><span class="label">${label}<span class="visually-hidden">${end}</span></span> <span class="value">${quotesApart(text)}</span></span>`;
    const place = paper ? undefined : evidenceOf(name, code, report).find((one) => places.has(one));
    return html`<li>${place === undefined ? html`<span class="fact">${inside}</span>` : html`<a class="fact" href="#${place}">${inside}</a>`}</li>`;
  });
  return html`<ul class="four-facts">\n${lines(items)}\n</ul>`;
}

/** The best place first. */
function evidenceOf(
  name: OnePage['fourFacts'][number]['name'],
  code: string,
  { contentCredentials }: Report,
): string[] {
  if (name === 'when') return ['times', 'check-credentials'];
  if (name !== 'ai') return ['check-credentials', 'check-unread'];
  if (code === 'could-not-look') return ['check-unread', 'check-labels', 'check-credentials'];
  if (code === 'contradictory') return ['contradictions'];
  if (code === 'in-part') return ['inside'];
  if (code === 'text') return ['check-labels'];
  if (code === 'trace') return ['check-traces', 'check-labels'];
  if (code === 'label' || code === 'possible') return ['check-labels', 'check-otherLabels'];
  const declares = code === 'stated-signed' || code === 'mentioned' || code === 'set-aside';
  return declares && contentCredentials.presence === 'present'
    ? ['history', 'check-credentials']
    : ['check-labels', 'check-traces'];
}

/** A card a part, each leading to its own report. */
function inside(
  { inside: all }: OnePage,
  speech: Speech,
  { partAt, paper }: OnePageBeside,
): Markup | undefined {
  if (all === undefined) return undefined;
  const { title, shown, rest, more } = all;
  // What is folded there is nothing on paper.
  if (paper && shown.length === 0) return undefined;
  if (paper)
    return html`<section class="inside" id="inside"><h2>${title}</h2>\n<ul>${lines(shown.map((one) => html`<li>${quotesApart(cardLine(one, speech))}</li>`))}</ul>${rest.length > 0 && html`\n<p class="small">${more}</p>`}</section>`;
  const list = (cards: readonly PartCard[]) =>
    html`<ul class="parts">\n${lines(cards.map((one) => html`<li>${cardHtml(one, partAt)}</li>`))}\n</ul>`;
  const folded = html`<details><summary>${more}</summary>\n${list(rest)}\n</details>`;
  return html`<section class="inside" id="inside"><h2>${title}</h2>\n${shown.length > 0 && list(shown)}${rest.length > 0 && folded}</section>`;
}

function cardHtml(
  { number, kind, name, about, headline, who, notRead, within }: PartCard,
  partAt: OnePageBeside['partAt'],
): Markup {
  const what = html`${number}. ${name === undefined ? kind : quotesApart(name)}`;
  const address = partAt?.(number);
  const beside = [...(name === undefined ? [] : [kind]), about, ...(within === undefined ? [] : [within])];
  return html`<p class="part-name">${address === undefined ? what : html`<a href="${address}">${what}</a>`}</p>
<p class="small">${beside.join(' · ')}</p>${headline !== undefined && html`\n<p class="part-headline">${quotesApart(headline)}</p>`}${who !== undefined && html`\n<p class="small">${quotesApart(who)}</p>`}${notRead !== undefined && html`\n<p class="small">${notRead}</p>`}`;
}

function picture(report: Report, speech: Speech, { figures }: OnePageBeside): Markup | undefined {
  return figures && previewHtml(report, figures, speech);
}

/** Contradictions are told in full in the dossier; here it is said that there are some. */
function sentences(
  { sentence, served, contradictions }: OnePage,
  speech: Speech,
  { paper, places }: OnePageBeside & Evidence,
): Markup {
  const { open, close } = marksOf(speech);
  const words = `${speech.words('page.section.contradictions')}${open}${contradictions.length}${close}`;
  const leads = !paper && places.has('contradictions');
  const line = html`\n<p class="contradictory"><span class="mark" aria-hidden="true">${MARKS.contradiction}</span> ${leads ? html`<a href="#contradictions">${words}</a>` : words}</p>`;
  return html`<p class="sentence">${textHtml(sentence, quotesApart)}</p>${served !== undefined && html`\n<p class="served">${served}</p>`}${contradictions.length > 0 && line}`;
}

/** A click selects the whole of it; the script adds a button that copies. */
const copied = (speech: Speech): Markup =>
  html` data-copy="${speech.words('page.copy.copy')}" data-copied="${speech.words('page.copy.copied')}"`;

function quotable({ say, avoid }: OnePage, speech: Speech): Markup | undefined {
  const boxes = (
    [
      ['say', say],
      ['avoid', avoid],
    ] as const
  ).filter(([, texts]) => texts.length > 0);
  if (boxes.length === 0) return undefined;
  return html`<div class="quotable">
${lines(
  boxes.map(
    ([kind, texts]) => html`<section class="${kind}"><h2>${speech.words(`page.section.${kind}`)}</h2>
<ul>
${lines(texts.map((text) => html`<li><p class="copyable"${copied(speech)}>${quotesApart(text)}</p></li>`))}
</ul></section>`,
  ),
)}
</div>`;
}

function nextSteps(
  report: Report,
  { next }: OnePage,
  speech: Speech,
  beside: OnePageBeside,
): Markup | undefined {
  if (next.length === 0) return undefined;
  const items = next.map((step) => html`<li>${stepHtml(step, report, speech, beside)}</li>`);
  return html`<section class="next"><h2>${speech.words('page.section.next')}</h2>\n<ol>\n${lines(items)}\n</ol></section>`;
}

/** Few words, each leading to its explanation: whoever knows them passes by. */
function explained(report: Report, speech: Speech, { glossary, paper }: OnePageBeside): Markup | undefined {
  const terms = termsOf(report);
  if (glossary === undefined || paper || terms.length === 0) return undefined;
  const { colon, item } = marksOf(speech);
  const links = terms.map(
    (term, at) => html`${at > 0 && item}${termLink(speech.say(termName(term)), term, glossary, speech)}`,
  );
  return html`<p class="explained small">${speech.words('page.section.terms')}${colon}${links}</p>`;
}

function stepHtml(
  { code, text, address }: NextStep,
  report: Report,
  speech: Speech,
  { again, paper }: OnePageBeside,
): Markup {
  const words = quotesApart(text);
  if (address !== undefined) return paper ? onPaper(address, words) : outside(address, words, speech);
  const to = stepAddress(code, again, paper);
  const step = to === undefined ? words : html`<a href="${to}">${words}</a>`;
  const { remoteUrl } = report.contentCredentials;
  // The whole address to read, not to follow: it is the file's.
  return code === 'fetch-elsewhere' && remoteUrl !== undefined
    ? html`${step} ${verbatim(remoteUrl, 300)}`
    : step;
}

function stepAddress(
  code: NextStep['code'],
  again: Again | undefined,
  paper: boolean | undefined,
): string | undefined {
  if (code === 'ask' && !paper) return '#question';
  if (code === 'open-part' && !paper) return '#inside';
  if (code === 'pixels') return again?.pixels;
  if (code === 'fetch-elsewhere') return again?.elsewhere;
  return code === 'try-again' || code === 'whole-copy' ? again?.file : undefined;
}

/** A page of somebody else's: it opens beside this one, and says where it leads. */
function outside(address: string, words: Markup, speech: Speech): Markup {
  const href = httpsAddress(address);
  if (href === undefined) return words;
  const host = speech.words('page.outside', { host: new URL(href).hostname });
  return html`<a href="${href}" target="_blank" rel="noreferrer noopener">${words} <small>${host}</small></a>`;
}

/** On paper an address is read, not followed. */
function onPaper(address: string, words: Markup): Markup {
  const href = httpsAddress(address);
  return href === undefined ? words : html`${words} ${link(href, href)}`;
}

/** Tall enough for all of it where the browser does not fit it to its text. */
const CHARACTERS_A_ROW = 60;

function question({ question: text }: OnePage, speech: Speech, { paper }: OnePageBeside): Markup | undefined {
  if (text === undefined) return undefined;
  const title = speech.words('page.section.question');
  const box = paper
    ? html`<p class="copyable">${quotesApart(text)}</p>`
    : html`<textarea id="question" readonly rows="${Math.ceil(text.length / CHARACTERS_A_ROW) + 1}" aria-labelledby="question-title" dir="auto"${copied(speech)}>
${text}</textarea>`;
  return html`<section class="question-box"><h2 id="question-title">${title}</h2>\n${box}</section>`;
}

function camera(
  { camera: rows }: OnePage,
  speech: Speech,
  { again, paper }: OnePageBeside,
): Markup | undefined {
  if (rows.length === 0) return undefined;
  const items = rows.map(({ label, line, masked, map }) => {
    const show =
      masked &&
      again?.location !== undefined &&
      html` <a href="${again.location}">${speech.words('page.camera.show')}</a>`;
    const mapped = speech.words('page.camera.map');
    const seen =
      map !== undefined &&
      html` ${paper ? onPaper(map, html`${mapped}`) : outside(map, html`${mapped}`, speech)}`;
    return html`<div><dt>${label}</dt><dd>${inline(line)}${show}${seen}</dd></div>`;
  });
  return html`<section class="camera"><h2>${speech.words('page.section.camera')}</h2>\n<dl>\n${lines(items)}\n</dl></section>`;
}

function accounts({ accounts: all }: OnePage, speech: Speech): Markup | undefined {
  if (all.length === 0) return undefined;
  const texts = all.map((text) => html`<p>${quotesApart(text)}</p>`);
  return html`<section class="accounts"><h2>${speech.words('page.section.accounts')}</h2>\n${lines(texts)}\n</section>`;
}

/** A line for the place and role that were asked, unfolding to its clauses; of many places the lines themselves unfold. */
function law(
  report: Report,
  { law: all, lawInBrief }: OnePage,
  speech: Speech,
  { rules, chooseLaw, paper, places }: OnePageBeside & Evidence,
): Markup | undefined {
  const isSilent = (paper ? lawInBrief : all).length === 0;
  if (isSilent && chooseLaw === undefined) return undefined;
  const body = paper ? plainLines(lawInBrief) : lawBody(report.law?.length ?? 0, all, rules, speech, places);
  return html`<section class="law-for-me" id="law"><h2>${speech.words('page.section.law')}</h2>\n${lines([...(chooseLaw ? [chooseLaw] : []), body])}</section>`;
}

const MOST_LINES = 2;

function lawBody(
  asked: number,
  all: readonly string[],
  rules: RulesSection | undefined,
  speech: Speech,
  places: ReadonlySet<string>,
): Markup {
  if (all.length === 0) return html``;
  const clauses = rules === undefined ? [] : briefClauses(rules, speech);
  const more = places.has('rules') && html`<p><a href="#rules">${speech.words('page.law.inFull')}</a></p>`;
  if (asked > MOST_LINES)
    return html`<details class="law-lines"><summary>${speech.words('page.law.places', { count: asked })}</summary>\n${plainLines(all)}\n${clauses.length > 0 && more}</details>`;
  if (clauses.length === 0) return plainLines(all);
  const [first = '', ...others] = all;
  return html`<details class="law-lines"><summary>${first}</summary>\n${others.length > 0 && plainLines(others)}\n<ul class="clauses">\n${lines(clauses)}\n</ul>\n${more}</details>`;
}

const plainLines = (all: readonly string[]): Markup =>
  html`<ul class="law">${lines(all.map((line) => html`<li>${line}</li>`))}</ul>`;

function unread({ unread: left }: OnePage, { paper }: OnePageBeside): Markup | undefined {
  if (left === undefined) return undefined;
  const rows = left.rows.flatMap(({ notes }: Check) => notes.map((note) => html`<li>${inline(note)}</li>`));
  if (paper || rows.length === 0) return html`<p class="unread">${left.line}</p>`;
  return html`<details class="unread"><summary>${left.line}</summary>\n<ul>\n${lines(rows)}\n</ul>\n</details>`;
}

/** What a print of the page is traced by. The script adds the reader's own time to ours. */
function footer({ footer: groups }: OnePage, speech: Speech, { glossary }: OnePageBeside): Markup {
  const rows = groups.map(({ title, term, lines: all, at }) => {
    const values = all.map((line) => {
      const inside =
        at === undefined
          ? inline(line)
          : html`<time class="also" datetime="${at}" data-also="${speech.words('page.footer.yourTime', { time: '{}' })}">${inline(line)}</time>`;
      return html`<dd>${inside}</dd>`;
    });
    return html`<div><dt>${termLink(title, term, glossary, speech)}</dt>${values}</div>`;
  });
  return html`<footer class="colophon">\n<dl class="definitions">\n${lines(rows)}\n</dl>\n</footer>`;
}
