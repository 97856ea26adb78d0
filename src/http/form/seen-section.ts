import { faultSaid, keptFaultSaid } from '../../core/ground/fault.js';
import { plainName } from '../../core/ground/quoted.js';
import { FINGERPRINT_BITS } from '../../core/likeness/pdq.js';
import { type Figure, sameShape } from '../../core/renderers/figures.js';
import { asTyped, html, httpsAddress, lines, type Markup, shown } from '../../core/renderers/html-escape.js';
import { quotesApart, spoken } from '../../core/renderers/html-runs.js';
import type { Report } from '../../core/report/report.js';
import { timeSaid } from '../../say/amounts.js';
import { said } from '../../say/said.js';
import type { PageLanguage } from '../language.js';
import { declaredIn, findingOf } from '../matches-told.js';
import { bytesOf, doorOf, type Found, type Sought } from '../matching.js';

/** What a page knows of files that look or sound alike. `slow`: the search has not answered yet. */
export interface SeenBefore {
  sought: Sought | { state: 'slow' | 'failed' };
  /** Of the file itself. */
  preview?: Figure | undefined;
  /** Its inspection stands in a case, which a match can be kept in. */
  inCase?: boolean;
}

/** Where the script looks again by itself. */
const STILL_COMING: ReadonlySet<string> = new Set(['pending', 'slow']);

const NAME_CHARACTERS = 200;
const WORDS_CHARACTERS = 4_096;

/** Files that look or sound alike, below a report and no part of it. */
export function seenSection(
  report: Report,
  id: string,
  { sought, preview, inCase = false, reveals = false }: SeenBefore & { reveals?: boolean },
  speaks: PageLanguage,
): Markup {
  return html`<section class="report seen" id="seen" aria-labelledby="seen-heading"${spoken(speaks)}${STILL_COMING.has(sought.state) && html` data-again`}>
<h2 id="seen-heading">${speaks.words('page.seen.heading')}</h2>
${inside({ report, id, preview, inCase, reveals }, sought, speaks)}
</section>`;
}

/** The file that is asked about, and who looks. */
interface About {
  report: Report;
  id: string;
  preview: Figure | undefined;
  /** Whether a match can be put into a case. */
  inCase: boolean;
  /** Whether whoever reads it may have personal data shown. */
  reveals: boolean;
}

function inside(about: About, sought: SeenBefore['sought'], speaks: PageLanguage): Markup {
  switch (sought.state) {
    case 'off':
      return html`<p>${speaks.words('page.seen.off')}</p>`;
    case 'pending':
    case 'slow':
    case 'failed':
      return html`<p role="status">${speaks.words(`page.seen.${sought.state}`)} <a href="${speaks.to(`/inspections/${about.id}`)}#seen">${speaks.words('page.seen.again')}</a></p>`;
    case 'not-searchable':
      return lines(
        sought.missing
          .slice(0, 1)
          .map((one) => html`<p>${speaks.words('page.seen.notComparable', { why: faultSaid(one) })}</p>`),
      );
    case 'done':
      return done(about, sought, speaks);
  }
}

/** Of the file itself. */
type Done = Extract<Sought, { state: 'done' }>;

function done(
  about: About,
  { found, searched, notSearchable, more, missing, partly = [], behind }: Done,
  speaks: PageLanguage,
): Markup {
  const groups = grouped(found);
  const isEmpty = searched + notSearchable === 0 && !behind;
  const nothing = isEmpty ? 'page.seen.nothingKept' : 'page.seen.none';
  return lines([
    ...(groups.length === 0
      ? [html`<p>${speaks.words(nothing)}</p>`]
      : [
          html`<p class="small">${speaks.words('page.seen.about')}</p>`,
          html`<ol class="matches">\n${lines(groups.map((group) => card(about, group, speaks)))}\n</ol>`,
        ]),
    ...(more ? [html`<p>${speaks.words('page.seen.more')}</p>`] : []),
    ...(behind ? [html`<p>${speaks.words('page.seen.behind')}</p>`] : []),
    ...(searched + notSearchable === 0 ? [] : [counted(searched, notSearchable, speaks)]),
    ...partly.map(
      ({ kind, ...why }) =>
        html`<p class="small">${speaks.words('page.seen.partlyCompared', { kind: wordOf(['sound', 'video'], kind), why: faultSaid(why) })}</p>`,
    ),
    ...missing.map(
      ({ kind, ...why }) =>
        html`<p class="small">${speaks.words('page.seen.alsoNotMade', { kind: wordOf(['sound', 'video'], kind), why: faultSaid(why) })}</p>`,
    ),
  ]);
}

/** What the answer rests on. */
const counted = (searched: number, notSearchable: number, speaks: PageLanguage): Markup =>
  html`<p class="small">${searched > 0 && speaks.words('page.seen.searched', { searched })}${searched > 0 && notSearchable > 0 && ' '}${notSearchable > 0 && speaks.words('page.seen.notSearchable', { count: notSearchable })}</p>`;

/** The same file that was seen several times is one; the nearest of them stands for all. */
function grouped(found: readonly Found[]): (readonly [Found, ...Found[]])[] {
  const groups = new Map<string, [Found, ...Found[]]>();
  for (const one of found) {
    const key = bytesOf(one) ?? JSON.stringify(holderOf(one));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    // A video is found by its frames and by its sound: it was seen once all the same.
    else if (!group.some((other) => JSON.stringify(holderOf(other)) === JSON.stringify(holderOf(one))))
      group.push(one);
  }
  return [...groups.values()];
}

function holderOf({ holder }: Found): unknown {
  if ('inspection' in holder) return holder.inspection;
  return 'scan' in holder ? [holder.scan, holder.path, holder.pathBytes] : [holder.collection, holder.item];
}

const whereOf = ({ holder }: Found): 'scan' | 'collection' | 'other' =>
  'scan' in holder ? 'scan' : 'collection' in holder ? 'collection' : 'other';

/** A word of ours where the catalogue has one for it. */
const wordOf = <const T extends string>(words: readonly T[], word: string): T | 'other' =>
  words.find((one) => one === word) ?? 'other';
const TURNED = ['mirrored', 'upsideDown', 'half', 'left', 'right'] as const;

function card(
  { report, id, preview, inCase, reveals }: About,
  group: readonly [Found, ...Found[]],
  speaks: PageLanguage,
): Markup {
  const [best] = group;
  const { near } = best;
  const { kind, distance } = near;
  const where = whereOf(best);
  const params = { kind, where, distance, of: FINGERPRINT_BITS };
  const isSame = bytesOf(best) === report.asset.sha256;
  const sentence = isSame
    ? speaks.words('page.seen.sameBytes', { where: where === 'scan' ? 'scan' : 'other' })
    : speaks.words(`page.seen.${near.tier}`, params);
  const name = nameOf(best);
  return html`<li class="match">
<p class="match-sentence">${sentence}${name !== undefined && html` <bdi class="verbatim" dir="auto">${shown(name, NAME_CHARACTERS)}</bdi>`}</p>
${lines([
  ...(near.turn === undefined
    ? []
    : [html`<p>${speaks.words('page.seen.turn', { turn: wordOf(TURNED, near.turn) })}</p>`]),
  ...(near.part === undefined
    ? []
    : [html`<p>${speaks.words('page.seen.part', { part: wordOf(['cut'], near.part) })}</p>`]),
  ...(near.frames === undefined
    ? []
    : [
        html`<p>${speaks.words('page.seen.frames', { matched: near.frames.matched, of: near.frames.of })}</p>`,
      ]),
  ...(best.holder.partly === undefined
    ? []
    : [
        html`<p class="small">${speaks.words('page.seen.partlyKept', { why: keptFaultSaid(best.holder.partly, speaks) })}</p>`,
      ]),
  ...(kind === 'sound' ? [] : [pictures(report, best, preview, name, speaks)]),
  ...declared(best, isSame, speaks),
  ...finding(best, speaks),
  ...times(group, speaks),
  ...(reveals ? keptStore(best, speaks) : []),
  ...ways(id, best, speaks),
  ...(inCase ? [keepInCase(id, best, speaks)] : []),
])}
</li>`;
}

function nameOf({ holder, inspection, collection }: Found): string | undefined {
  if ('scan' in holder) return holder.path;
  return inspection?.record.request.name ?? collection?.item.name;
}

/** Side by side; the script lays those of one shape over each other. */
function pictures(
  report: Report,
  { near, preview: other }: Found,
  own: Figure | undefined,
  name: string | undefined,
  speaks: PageLanguage,
): Markup {
  const laid =
    near.kind === 'picture' &&
    near.turn === undefined &&
    own !== undefined &&
    isFigure(other) &&
    sameShape(own, other) &&
    html` data-overlay="${speaks.words('page.compare.overlay')}" data-slider="${speaks.words('page.compare.slider')}" data-shown="${speaks.words('page.compare.shown', { percent: '{}' })}"`;
  return html`<div class="figures two"${laid}>
${figure(own, report.asset.name, speaks.words('page.seen.thisFile'), speaks)}
${figure(other, name ?? '', speaks.words('page.seen.otherFile'), speaks)}
</div>`;
}

const isFigure = (one: Found['preview']): one is Figure => one !== undefined && 'width' in one;

function figure(picture: Found['preview'], name: string, caption: string, speaks: PageLanguage): Markup {
  const size = isFigure(picture) && html` width="${picture.width}" height="${picture.height}"`;
  const shownAs =
    picture === undefined
      ? html`<p class="small no-picture">${speaks.words('page.compare.noPicture')}</p>`
      : html`<img class="small-picture" src="${picture.src}"${size} alt="${speaks.words('page.seen.pictureOf', { name: plainName(name) })}" loading="lazy" decoding="async">`;
  return html`<figure>${shownAs}<figcaption>${caption}</figcaption></figure>`;
}

/** What the other file declared: its own, and told as its own; of equal bytes the page above says whose the credentials are. */
function declared(found: Found, isSame: boolean, speaks: PageLanguage): Markup[] {
  const { headline, presence, integrity, signer } = declaredIn(found, speaks) ?? {};
  const gone = found.holder.left !== undefined;
  return [
    ...(headline?.text === undefined
      ? []
      : [
          html`<p>${speaks.words('page.seen.itsHeadline')} <strong>${quotesApart(headline.text)}</strong></p>`,
        ]),
    ...(isSame || signer === undefined || !(gone || presence === 'present')
      ? []
      : [
          html`<p>${quotesApart(
            speaks.words('page.seen.credentials', {
              integrity: integrity === 'intact' || integrity === 'altered' ? integrity : 'other',
              signer: said('text.quoted', { text: plainName(signer) }),
            }),
          )}</p>`,
        ]),
    ...(gone ? [html`<p>${speaks.words('page.seen.itsReportGone')}</p>`] : []),
  ];
}

/** For whoever may have personal data shown: all of that file’s is in it. */
const keptStore = ({ manifest }: Found, speaks: PageLanguage): Markup[] =>
  manifest === undefined
    ? []
    : [
        html`<p>${speaks.words('page.seen.storeKept')} <a href="${manifest}" download>${speaks.words('page.seen.store')}</a></p>`,
      ];

function finding(found: Found, speaks: PageLanguage): Markup[] {
  const { collection } = found;
  if (collection === undefined) return [];
  const words = findingOf(found);
  const link = words?.link === undefined ? undefined : httpsAddress(words.link);
  const note = collection.item.note;
  return [
    html`<p>${speaks.words('page.seen.collection')} <bdi class="verbatim" dir="auto">${shown(collection.collection.name, NAME_CHARACTERS)}</bdi></p>`,
    ...(words === undefined && note === undefined
      ? []
      : [
          html`<div class="notes"><p class="by">${speaks.words('page.seen.finding')}${words?.by !== undefined && html` <bdi class="verbatim" dir="auto">${shown(words.by, NAME_CHARACTERS)}</bdi>`}</p>
${[words?.text, note].map((text) => text !== undefined && html`<blockquote dir="auto">${shown(text, WORDS_CHARACTERS)}</blockquote>\n`)}${link !== undefined && html`<p><a href="${link}" rel="noreferrer noopener">${speaks.words('page.seen.findingLink')}</a></p>\n`}</div>`,
        ]),
  ];
}

/** Each time that it was seen, and by which door. */
function times(group: readonly [Found, ...Found[]], speaks: PageLanguage): Markup[] {
  const items = group.map((one) => {
    const { holder, inspection } = one;
    const { caseRef, notes = [] } = inspection?.record ?? {};
    const when = html`${speaks.words('page.seen.when', { by: doorOf(one) })} <time class="at" datetime="${holder.at}">${speaks.say(timeSaid(holder.at))}</time>`;
    const linked =
      'inspection' in holder && inspection?.report !== undefined && group.length > 1
        ? html`<a href="${speaks.to(`/inspections/${holder.inspection}`)}">${when}</a>`
        : when;
    return html`<li>${linked}${caseRef !== undefined && html` · ${speaks.words('page.seen.case')} <bdi dir="auto">${shown(caseRef, NAME_CHARACTERS)}</bdi>`}${notes.length > 0 && html` · ${speaks.words('page.seen.notes', { count: notes.length })}`}</li>`;
  });
  return [
    html`<p>${speaks.words('page.seen.times', { count: group.length })}</p>
<ul class="small seen-times">
${lines(items)}
</ul>`,
  ];
}

/** Whoever looks at it takes it into the case of this file's report, as it stands now. */
function keepInCase(id: string, { holder, scan }: Found, speaks: PageLanguage): Markup {
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
    value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${asTyped(value)}">`],
  );
  return html`<form action="${speaks.form(`/inspections/${id}/match`)}" method="post">${fields}<button class="quiet" type="submit">${speaks.words('form.cases.takeMatch')}</button></form>`;
}

function ways(id: string, { inspection }: Found, speaks: PageLanguage): Markup[] {
  if (inspection?.report === undefined) return [];
  const other = inspection.record.id;
  return [
    html`<p class="ways"><a class="button quiet" href="${speaks.to(`/inspections/${other}`)}">${speaks.words('page.seen.open')}</a> <a class="button quiet" href="${speaks.to(`/compare?id=${id}&id=${other}`)}">${speaks.words('page.seen.compare')}</a></p>`,
  ];
}

/** Near the head of the page, where something was found: a way to it. A file in which nothing is declared has no better one. */
export function seenNotice(report: Report, { sought }: SeenBefore, speaks: PageLanguage): Markup {
  const [best] = sought.state === 'done' ? sought.found : [];
  if (best === undefined) return html``;
  const { kind, tier } = best.near;
  const stripped = declaresNothing(report);
  const id =
    tier === 'same'
      ? stripped
        ? 'page.seen.noticeStripped'
        : 'page.seen.notice'
      : stripped
        ? 'page.seen.noticeStrippedSimilar'
        : 'page.seen.noticeSimilar';
  return html`<p class="notice" id="seen-notice">${speaks.words(id, { kind })} <a href="#seen">${speaks.words('page.seen.look')}</a></p>\n`;
}

/** It was looked into whole, and holds no credentials, no label, no trace but of the way it came. */
const declaresNothing = ({ summary, contentCredentials, signals }: Report): boolean =>
  summary.origin === 'none' &&
  summary.coverage.state === 'complete' &&
  contentCredentials.presence === 'absent' &&
  signals.every(({ id }) => id.startsWith('platform.'));
