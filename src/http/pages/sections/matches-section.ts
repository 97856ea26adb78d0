import { faultMessage, storedFaultMessage } from '../../../base/fault.js';
import { shortenName } from '../../../base/quoted.js';
import { type Figure, haveSameShape } from '../../../core/page/history/figures.js';
import {
  escapeText,
  escapeVerbatim,
  html,
  httpsAddress,
  lines,
  type Markup,
} from '../../../core/renderers/html/escape.js';
import { isolateQuotes, languageAttributes } from '../../../core/renderers/html/runs.js';
import type { StoredReport } from '../../../core/report/report.js';
import { confirmedAiStatement, signerNameMessage } from '../../../core/report/signer-name.js';
import { timeMessage } from '../../../i18n/amounts.js';
import { HASH_BITS } from '../../../matching/pdq.js';
import type { PageTranslator } from '../../services/language.js';
import { findDeclared, findingOf } from '../../services/matches/match-view.js';
import {
  entryPointOf,
  findSha256,
  type MatchedFile,
  type SearchOutcome,
} from '../../services/matches/matching.js';

/** Files that look or sound alike, for a page. `slow`: the search has not answered yet. */
export interface PageMatches {
  search: SearchOutcome | { state: 'slow' | 'failed' };
  /** Preview of the file itself. */
  preview?: Figure | undefined;
  /** Whether its inspection belongs to a case, to which a match can be added. */
  isInCase?: boolean;
}

/** States in which the script polls again. */
const PENDING_STATES: ReadonlySet<string> = new Set(['pending', 'slow']);

const NAME_CHARACTERS = 200;
const WORDS_CHARACTERS = 4_096;

/** Renders the files that look or sound alike, below a report and not part of it. */
export function renderMatchesSection(
  report: StoredReport,
  id: string,
  { search: sought, preview, isInCase: inCase = false, reveals = false }: PageMatches & { reveals?: boolean },
  translator: PageTranslator,
): Markup {
  return html`<section class="report seen" id="seen" aria-labelledby="seen-heading"${languageAttributes(translator)}${PENDING_STATES.has(sought.state) && html` data-again`}>
<h2 id="seen-heading">${translator.text('page.matches.heading')}</h2>
${renderOutcome({ report, id, preview, isInCase: inCase, canReveal: reveals }, sought, translator)}
</section>`;
}

/** The file that is compared, and the reader's permissions. */
interface ComparedFile {
  report: StoredReport;
  id: string;
  preview: Figure | undefined;
  /** Whether a match can be added to a case. */
  isInCase: boolean;
  /** Whether the reader may see personal data unmasked. */
  canReveal: boolean;
}

function renderOutcome(
  about: ComparedFile,
  sought: PageMatches['search'],
  translator: PageTranslator,
): Markup {
  switch (sought.state) {
    case 'off':
      return html`<p>${translator.text('page.matches.off')}</p>`;
    case 'pending':
    case 'slow':
    case 'failed':
      return html`<p role="status">${translator.text(`page.matches.${sought.state}`)} <a href="${translator.linkTo(`/inspections/${about.id}`)}#seen">${translator.text('page.matches.again')}</a></p>`;
    case 'not-searchable':
      return lines(
        sought.missing
          .slice(0, 1)
          .map(
            (one) =>
              html`<p>${translator.text('page.matches.notComparable', { why: faultMessage(one) })}</p>`,
          ),
      );
    case 'done':
      return renderMatches(about, sought, translator);
  }
}

/** Result of a finished search. */
type Done = Extract<SearchOutcome, { state: 'done' }>;

function renderMatches(
  about: ComparedFile,
  { found, searched, notSearchable, more, missing, partly = [], behind }: Done,
  translator: PageTranslator,
): Markup {
  const groups = groupByFile(found);
  const isEmpty = searched + notSearchable === 0 && !behind;
  const nothing = isEmpty ? 'page.matches.nothingStored' : 'page.matches.none';
  return lines([
    ...(groups.length === 0
      ? [html`<p>${translator.text(nothing)}</p>`]
      : [
          html`<p class="small">${translator.text('page.matches.about')}</p>`,
          html`<ol class="matches">\n${lines(groups.map((group) => card(about, group, translator)))}\n</ol>`,
        ]),
    ...(more ? [html`<p>${translator.text('page.matches.more')}</p>`] : []),
    ...(behind ? [html`<p>${translator.text('page.matches.behind')}</p>`] : []),
    ...(searched + notSearchable === 0 ? [] : [searchedCounts(searched, notSearchable, translator)]),
    ...partly.map(
      ({ kind, ...why }) =>
        html`<p class="small">${translator.text('page.matches.partlyCompared', { kind: knownWordOr(['sound', 'video'], kind), why: faultMessage(why) })}</p>`,
    ),
    ...missing.map(
      ({ kind, ...why }) =>
        html`<p class="small">${translator.text('page.matches.alsoNotMade', { kind: knownWordOr(['sound', 'video'], kind), why: faultMessage(why) })}</p>`,
    ),
  ]);
}

/** Renders how many files were searched, and how many are not searchable. */
const searchedCounts = (searched: number, notSearchable: number, translator: PageTranslator): Markup =>
  html`<p class="small">${searched > 0 && translator.text('page.matches.searched', { searched })}${searched > 0 && notSearchable > 0 && ' '}${notSearchable > 0 && translator.text('page.matches.notSearchable', { count: notSearchable })}</p>`;

/** Groups matches of equal bytes; the nearest match of each group represents it. */
function groupByFile(found: readonly MatchedFile[]): (readonly [MatchedFile, ...MatchedFile[]])[] {
  const groups = new Map<string, [MatchedFile, ...MatchedFile[]]>();
  for (const one of found) {
    const key = findSha256(one) ?? JSON.stringify(holderOf(one));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    // A video that matches by its frames and by its sound counts once.
    else if (!group.some((other) => JSON.stringify(holderOf(other)) === JSON.stringify(holderOf(one))))
      group.push(one);
  }
  return [...groups.values()];
}

function holderOf({ holder }: MatchedFile): unknown {
  if ('inspection' in holder) return holder.inspection;
  return 'scan' in holder ? [holder.scan, holder.path, holder.pathBytes] : [holder.collection, holder.item];
}

const whereOf = ({ holder }: MatchedFile): 'scan' | 'collection' | 'other' =>
  'scan' in holder ? 'scan' : 'collection' in holder ? 'collection' : 'other';

/** Returns the word if the catalogue has a message for it, else `other`. */
const knownWordOr = <const T extends string>(words: readonly T[], word: string): T | 'other' =>
  words.find((one) => one === word) ?? 'other';
const TURNED = ['mirrored', 'upsideDown', 'half', 'left', 'right'] as const;

function card(
  { report, id, preview, isInCase: inCase, canReveal: reveals }: ComparedFile,
  group: readonly [MatchedFile, ...MatchedFile[]],
  translator: PageTranslator,
): Markup {
  const [best] = group;
  const { fingerprintMatch: near } = best;
  const { kind, distance } = near;
  const where = whereOf(best);
  const params = { kind, where, distance, of: HASH_BITS };
  const isSame = findSha256(best) === report.asset.sha256;
  const sentence = isSame
    ? translator.text('page.matches.sameBytes', { where: where === 'scan' ? 'scan' : 'other' })
    : translator.text(`page.matches.${near.tier}`, params);
  const name = nameOf(best);
  return html`<li class="match">
<p class="match-sentence">${sentence}${name !== undefined && html` <bdi class="verbatim" dir="auto">${escapeText(name, NAME_CHARACTERS)}</bdi>`}</p>
${lines([
  ...(near.orientation === undefined
    ? []
    : [
        html`<p>${translator.text('page.matches.orientation', { turn: knownWordOr(TURNED, near.orientation) })}</p>`,
      ]),
  ...(near.part === undefined
    ? []
    : [html`<p>${translator.text('page.matches.part', { part: knownWordOr(['cut'], near.part) })}</p>`]),
  ...(near.frames === undefined
    ? []
    : [
        html`<p>${translator.text('page.matches.frames', { matched: near.frames.matched, of: near.frames.of })}</p>`,
      ]),
  ...(best.holder.partly === undefined
    ? []
    : [
        html`<p class="small">${translator.text('page.matches.partlyStored', { why: storedFaultMessage(best.holder.partly, translator) })}</p>`,
      ]),
  ...(kind === 'sound' ? [] : [pictures(report, best, preview, name, translator)]),
  ...declared(best, isSame, translator),
  ...finding(best, translator),
  ...sightings(group, translator),
  ...(reveals ? manifestStoreLink(best, translator) : []),
  ...matchLinks(id, best, translator),
  ...(inCase ? [addToCaseForm(id, best, translator)] : []),
])}
</li>`;
}

function nameOf({ holder, inspection, collection }: MatchedFile): string | undefined {
  if ('scan' in holder) return holder.path;
  return inspection?.record.request.name ?? collection?.item.name;
}

/** Renders both pictures; the script overlays them if they have the same aspect ratio. */
function pictures(
  report: StoredReport,
  { fingerprintMatch: near, preview: other }: MatchedFile,
  own: Figure | undefined,
  name: string | undefined,
  translator: PageTranslator,
): Markup {
  const laid =
    near.kind === 'picture' &&
    near.orientation === undefined &&
    own !== undefined &&
    isFigure(other) &&
    haveSameShape(own, other) &&
    html` data-overlay="${translator.text('page.compare.overlay')}" data-slider="${translator.text('page.compare.slider')}" data-shown="${translator.text('page.compare.shown', { percent: '{}' })}"`;
  return html`<div class="figures two"${laid}>
${figure(own, report.asset.name, translator.text('page.matches.thisFile'), translator)}
${figure(other, name ?? '', translator.text('page.matches.otherFile'), translator)}
</div>`;
}

const isFigure = (one: MatchedFile['preview']): one is Figure => one !== undefined && 'width' in one;

function figure(
  picture: MatchedFile['preview'],
  name: string,
  caption: string,
  translator: PageTranslator,
): Markup {
  const size = isFigure(picture) && html` width="${picture.width}" height="${picture.height}"`;
  const shownAs =
    picture === undefined
      ? html`<p class="small no-picture">${translator.text('page.compare.noPicture')}</p>`
      : html`<img class="small-picture" src="${picture.src}"${size} alt="${translator.text('page.matches.pictureOf', { name: shortenName(name) })}" loading="lazy" decoding="async">`;
  return html`<figure>${shownAs}<figcaption>${caption}</figcaption></figure>`;
}

/**
 * Renders the declarations of the other file, attributed to it. For equal bytes the report above names the credentials
 * already.
 */
function declared(found: MatchedFile, isSame: boolean, translator: PageTranslator): Markup[] {
  const { headline, presence, integrity, signer, signerConfirmed } = findDeclared(found, translator) ?? {};
  const gone = found.holder.remainder !== undefined;
  return [
    ...(headline?.text === undefined
      ? []
      : [
          html`<p>${translator.text('page.matches.itsHeadline')} <strong>${isolateQuotes(headline.text)}</strong></p>`,
        ]),
    ...(isSame || signer === undefined || !(gone || presence === 'present')
      ? []
      : [
          html`<p>${isolateQuotes(
            translator.text('page.matches.credentials', {
              integrity: integrity === 'intact' || integrity === 'altered' ? integrity : 'other',
              signer: signerNameMessage(signer, signerConfirmed === true),
            }),
          )}</p>`,
        ]),
    ...(gone ? [html`<p>${translator.text('page.matches.itsReportDeleted')}</p>`] : []),
  ];
}

/** Only for readers who may see personal data unmasked: the store holds all of that file’s. */
const manifestStoreLink = ({ manifest }: MatchedFile, translator: PageTranslator): Markup[] =>
  manifest === undefined
    ? []
    : [
        html`<p>${translator.text('page.matches.storeStored')} <a href="${manifest}" download>${translator.text('page.matches.store')}</a></p>`,
      ];

function finding(found: MatchedFile, translator: PageTranslator): Markup[] {
  const { collection } = found;
  if (collection === undefined) return [];
  const words = findingOf(found);
  const link = words?.link === undefined ? undefined : httpsAddress(words.link);
  const note = collection.item.note;
  return [
    html`<p>${translator.text('page.matches.collection')} <bdi class="verbatim" dir="auto">${escapeText(collection.collection.name, NAME_CHARACTERS)}</bdi></p>`,
    ...(words === undefined && note === undefined
      ? []
      : [
          html`<div class="notes"><p class="by">${translator.text('page.matches.finding')}${words?.by !== undefined && html` <bdi class="verbatim" dir="auto">${escapeText(words.by, NAME_CHARACTERS)}</bdi>`}</p>
${[words?.text, note].map((text) => text !== undefined && html`<blockquote dir="auto">${escapeText(text, WORDS_CHARACTERS)}</blockquote>\n`)}${link !== undefined && html`<p><a href="${link}" rel="noreferrer noopener">${translator.text('page.matches.findingLink')}</a></p>\n`}</div>`,
        ]),
  ];
}

/** Renders each time that the file was found, and through which entry point it came. */
function sightings(group: readonly [MatchedFile, ...MatchedFile[]], translator: PageTranslator): Markup[] {
  const items = group.map((one) => {
    const { holder, inspection } = one;
    const { caseRef, notes = [] } = inspection?.record ?? {};
    const when = html`${translator.text('page.matches.when', { by: entryPointOf(one) })} <time class="at" datetime="${holder.at}">${translator.translate(timeMessage(holder.at))}</time>`;
    const linked =
      'inspection' in holder && inspection?.report !== undefined && group.length > 1
        ? html`<a href="${translator.linkTo(`/inspections/${holder.inspection}`)}">${when}</a>`
        : when;
    return html`<li>${linked}${caseRef !== undefined && html` · ${translator.text('page.matches.case')} <bdi dir="auto">${escapeText(caseRef, NAME_CHARACTERS)}</bdi>`}${notes.length > 0 && html` · ${translator.text('page.matches.notes', { count: notes.length })}`}</li>`;
  });
  return [
    html`<p>${translator.text('page.matches.times', { count: group.length })}</p>
<ul class="small seen-times">
${lines(items)}
</ul>`,
  ];
}

/** Renders the button that adds the match, in its present state, to the case of this report. */
function addToCaseForm(id: string, { holder, scan }: MatchedFile, translator: PageTranslator): Markup {
  const named: [string, string | undefined][] =
    'inspection' in holder
      ? [['inspection', holder.inspection]]
      : 'collection' in holder
        ? [
            ['collection', holder.collection],
            ['item', holder.item],
          ]
        : [
            ['scan', scan?.id],
            ['path', holder.path],
            ['pathBytes', holder.pathBytes],
          ];
  const fields = named.flatMap(([name, value]) =>
    value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${escapeVerbatim(value)}">`],
  );
  return html`<form action="${translator.formTarget(`/inspections/${id}/match`)}" method="post">${fields}<button class="quiet" type="submit">${translator.text('form.cases.takeMatch')}</button></form>`;
}

function matchLinks(id: string, { inspection }: MatchedFile, translator: PageTranslator): Markup[] {
  if (inspection?.report === undefined) return [];
  const other = inspection.record.id;
  return [
    html`<p class="ways"><a class="button quiet" href="${translator.linkTo(`/inspections/${other}`)}">${translator.text('page.matches.open')}</a> <a class="button quiet" href="${compareAddress(id, other, translator)}">${translator.text('page.matches.compare')}</a></p>`,
  ];
}

/**
 * Renders the line on the nearest match below the four facts. It tells of the other file only what a confirmed signer
 * states, because a reader takes it for a statement about this one.
 */
export function renderMatchesLead(
  report: StoredReport,
  id: string,
  { search: sought }: PageMatches,
  translator: PageTranslator,
): Markup {
  const [best] = sought.state === 'done' ? sought.found : [];
  if (best === undefined) return html``;
  const { kind, tier } = best.fingerprintMatch;
  const isSame = findSha256(best) === report.asset.sha256;
  const about = { kind, tier: isSame ? 'bytes' : tier === 'same' ? 'same' : 'other' } as const;
  const declared = findDeclared(best, translator);
  const { signer } = declared ?? {};
  const line =
    signer === undefined || declared?.signerConfirmed !== true
      ? translator.text('page.matches.lead', about)
      : translator.text('page.matches.leadSigned', {
          ...about,
          signer: signerNameMessage(signer, true),
          states: confirmedAiStatement(declared) ?? 'other',
        });
  const { inspection } = best;
  const way =
    inspection?.report === undefined
      ? html`<a href="#seen">${translator.text('page.matches.leadLook')}</a>`
      : html`<a href="${compareAddress(id, inspection.record.id, translator)}">${translator.text('page.matches.leadCompare')}</a>`;
  return html`<p class="notice" id="seen-notice">${isolateQuotes(line)} ${way}</p>\n`;
}

const compareAddress = (id: string, other: string, translator: PageTranslator): string =>
  translator.linkTo(`/compare?id=${id}&id=${other}`);
