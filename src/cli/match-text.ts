import { textOfPath } from '../core/ground/path-text.js';
import { escapeTerminal } from '../core/ground/terminal-text.js';
import type { LikenessKind } from '../core/likeness/likeness.js';
import { FINGERPRINT_BITS } from '../core/likeness/pdq.js';
import { daySaid } from '../say/amounts.js';
import { type Said, said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import type { Declared, Matched } from './match-against.js';
import { nameOfAsked } from './match-asked.js';

/** Notes by people of one file. */
const MOST_NOTES = 3;
/** Of reasons why files were not searched, so many are named. */
const MOST_REASONS = 5;

/** What was kept that looks or sounds like one file, for people. */
export function matchText(matched: Matched, speech: Speech): string {
  const { one, matches, more, searched } = matched;
  const others = matches.filter(({ isItself }) => !isItself);
  const [first] = one.asked;
  const lines: (string | Said)[][] = [
    [nameOfAsked(one)],
    ...(others.length === 0 && searched > 0 && first !== undefined ? [['', said('cli.match.none')]] : []),
    ...grouped(others).flatMap(linesOf),
    ...(others.length < matches.length ? [['', said('cli.match.itself')]] : []),
    ...(more ? [['', said('page.seen.more')]] : []),
    ...(one.partly ?? []).map(({ kind, said: why }) => [
      '',
      said('page.seen.partlyCompared', { kind: wordOf(kind), why }),
    ]),
    ...one.missing.map(({ kind, said: why }) => [
      '',
      said('page.seen.alsoNotMade', { kind: wordOf(kind), why }),
    ]),
    ['', searched === 0 ? said('page.seen.nothingKept') : said('page.seen.searched', { searched })],
    ...notSearched(matched),
  ];
  const text = lines.map((parts) =>
    parts
      .map((part) => (typeof part === 'string' ? part : speech.say(part)))
      .map((part, at) => (at === 0 ? part : `  ${part}`))
      .join(''),
  );
  return `${text.map((line) => escapeTerminal(textOfPath(line))).join('\n')}\n\n`;
}

/** Of names that stand together, so many. */
const MOST_NAMES = 5;

/** Those of which the same is to be said, the nearest first. */
function grouped(matches: Matched['matches']): Matched['matches'][] {
  const groups = new Map<string, Matched['matches']>();
  for (const one of matches) {
    const key = JSON.stringify([sentencesOf(one), toldOf(one)]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(one);
  }
  return [...groups.values()];
}

function linesOf(group: Matched['matches']): (string | Said)[][] {
  const [first] = group;
  if (first === undefined) return [];
  const [sentence, ...more] = sentencesOf(first);
  const left = group.length - MOST_NAMES;
  return [
    ...(sentence === undefined ? [] : [['', sentence]]),
    ...group.slice(0, MOST_NAMES).map(({ holding }) => ['  ', holding.name]),
    ...(left > 0 ? [['  ', said('cli.match.andMore', { count: left })]] : []),
    ...[...more, ...toldOf(first)].map((line) => ['  ', line]),
  ];
}

/** How it is near. */
function sentencesOf({ near, holding, sameBytes }: Matched['matches'][number]): Said[] {
  const { tier, distance, turn, part, frames } = near;
  const kind = wordOf(near.kind);
  const where = holding.where === 'inspection' ? 'other' : holding.where;
  if (sameBytes && where !== 'collection') return [said('page.seen.sameBytes', { where })];
  const about = { kind, where, distance, of: FINGERPRINT_BITS } as const;
  return [
    tier === 'same' ? said('page.seen.same', about) : said('page.seen.similar', about),
    ...(turn === undefined ? [] : [said('page.seen.turn', { turn: turnWord(turn) })]),
    ...(part === undefined ? [] : [said('page.seen.part', { part: part === 'cut' ? 'cut' : 'other' })]),
    ...(frames === undefined ? [] : [said('page.seen.frames', { matched: frames.matched, of: frames.of })]),
  ];
}

const wordOf = (kind: LikenessKind) => (kind === 'picture' ? ('other' as const) : kind);

const turnWord = (turn: NonNullable<Matched['matches'][number]['near']['turn']>) =>
  turn === 'transposed' || turn === 'antitransposed' ? ('other' as const) : turn;

function toldOf({ holding, sameBytes, written = {} }: Matched['matches'][number]): Said[] {
  const { declared, finding, seen, gone, partly, case: caseOf } = holding;
  const headline = declared?.headline?.text;
  return [
    ...(partly === undefined ? [] : [said('page.seen.partlyKept', { why: partly.said })]),
    ...(headline === undefined ? [] : [said('cli.match.headline', { text: headline })]),
    // Of the same bytes the same is true, and a look into the file itself tells it better.
    ...(sameBytes ? [] : credentialsOf(declared ?? {})),
    ...(finding === undefined
      ? []
      : [
          finding.by === undefined
            ? said('cli.match.finding', { text: finding.text })
            : said('cli.match.findingBy', { text: finding.text, by: finding.by }),
        ]),
    ...(finding?.link === undefined ? [] : [said('cli.match.findingLink', { link: finding.link })]),
    ...(caseOf === undefined ? [] : [said('cli.match.case', { case: caseOf })]),
    ...(seen.at === undefined
      ? []
      : [
          said('cli.match.seen', { by: seen.by === 'inspection' ? 'other' : seen.by, day: daySaid(seen.at) }),
        ]),
    ...(holding.reportGone === undefined ? [] : [said('page.seen.itsReportGone')]),
    ...(holding.notes ?? []).slice(0, MOST_NOTES).map(({ text }) => said('cli.match.note', { text })),
    ...(gone === undefined ? [] : [said('cli.match.gone', { day: daySaid(gone) })]),
    ...pieceSaid('picture', written.picture, holding.kept?.preview),
    ...pieceSaid('other', written.manifest, holding.kept?.manifestStore),
  ];
}

/** Where it was written, or that it could be. */
function pieceSaid(what: 'picture' | 'other', path: string | undefined, isKept: true | undefined): Said[] {
  if (path !== undefined) return [said('cli.match.written', { what, path })];
  return isKept ? [said('cli.match.kept', { what })] : [];
}

function credentialsOf({ signer, integrity }: Declared): Said[] {
  if (signer === undefined) return [];
  const known = integrity === 'intact' || integrity === 'altered' ? integrity : 'other';
  return [said('cli.match.credentials', { integrity: known, signer: said('text.quoted', { text: signer }) })];
}

/** Codes that there are words for. */
const WHY = [
  ...(['flat', 'regular', 'small', 'short', 'silent', 'frames', 'unreadable'] as const),
  ...(['notMedia', 'notInspected', 'notAsked', 'noMemory', 'noProcess'] as const),
] as const;

function notSearched({ notSearchable, because }: Matched): (string | Said)[][] {
  if (notSearchable === 0) return [];
  const reasons = [...because]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_REASONS)
    .map(([name, count]) => {
      const code = WHY.find((word) => name === `likeness.${word}`) ?? 'other';
      return ['  ', said('cli.match.because', { count, code, name })];
    });
  return [['', said('cli.match.notSearched', { count: notSearchable })], ...reasons];
}
