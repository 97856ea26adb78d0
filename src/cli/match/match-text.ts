import type { FaultCode } from '../../base/fault.js';
import { displayPath } from '../../base/path-text.js';
import { escapeTerminal } from '../../base/terminal-text.js';
import { signerNameMessage } from '../../core/report/signer-name.js';
import { dayMessage } from '../../i18n/amounts.js';
import { type Message, message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { FingerprintKind } from '../../matching/fingerprint.js';
import { HASH_BITS } from '../../matching/pdq.js';
import type { DeclaredFacts, MatchSearchResult } from './match-against.js';
import { queryName } from './match-query.js';

/** Notes shown per file. */
const MAX_NOTES = 3;
/** Reasons shown why files could not be searched. */
const MAX_REASONS = 5;

/** Renders the matches of one query as text. */
export function matchText(matched: MatchSearchResult, translator: Translator): string {
  const { one, matches, more, searched } = matched;
  const others = matches.filter(({ isItself }) => !isItself);
  const [first] = one.fingerprints;
  const lines: (string | Message)[][] = [
    [queryName(one)],
    ...(others.length === 0 && searched > 0 && first !== undefined ? [['', message('cli.match.none')]] : []),
    ...groupMatches(others).flatMap(groupLines),
    ...(others.length < matches.length ? [['', message('cli.match.itself')]] : []),
    ...(more ? [['', message('page.matches.more')]] : []),
    ...(one.partly ?? []).map(({ kind, userMessage: why }) => [
      '',
      message('page.matches.partlyCompared', { kind: kindParam(kind), why }),
    ]),
    ...one.missing.map(({ kind, userMessage: why }) => [
      '',
      message('page.matches.alsoNotMade', { kind: kindParam(kind), why }),
    ]),
    [
      '',
      searched === 0 ? message('page.matches.nothingStored') : message('page.matches.searched', { searched }),
    ],
    ...notSearchableLines(matched),
  ];
  const text = lines.map((parts) =>
    parts
      .map((part) => (typeof part === 'string' ? part : translator.translate(part)))
      .map((part, at) => (at === 0 ? part : `  ${part}`))
      .join(''),
  );
  return `${text.map((line) => escapeTerminal(displayPath(line))).join('\n')}\n\n`;
}

/** Names shown per group of matches. */
const MAX_NAMES = 5;

/** Groups matches with the same description, nearest first. */
function groupMatches(matches: MatchSearchResult['matches']): MatchSearchResult['matches'][] {
  const groups = new Map<string, MatchSearchResult['matches']>();
  for (const one of matches) {
    const key = JSON.stringify([nearnessMessages(one), detailMessages(one)]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(one);
  }
  return [...groups.values()];
}

function groupLines(group: MatchSearchResult['matches']): (string | Message)[][] {
  const [first] = group;
  if (first === undefined) return [];
  const [sentence, ...more] = nearnessMessages(first);
  const left = group.length - MAX_NAMES;
  return [
    ...(sentence === undefined ? [] : [['', sentence]]),
    ...group.slice(0, MAX_NAMES).map(({ holding }) => ['  ', holding.name]),
    ...(left > 0 ? [['  ', message('cli.match.andMore', { count: left })]] : []),
    ...[...more, ...detailMessages(first)].map((line) => ['  ', line]),
  ];
}

/** Describes how the match is near. */
function nearnessMessages({ near, holding, sameBytes }: MatchSearchResult['matches'][number]): Message[] {
  const { tier, distance, orientation, part, frames } = near;
  const kind = kindParam(near.kind);
  const where = holding.where === 'inspection' ? 'other' : holding.where;
  if (sameBytes && where !== 'collection') return [message('page.matches.sameBytes', { where })];
  const about = { kind, where, distance, of: HASH_BITS } as const;
  return [
    tier === 'same' ? message('page.matches.same', about) : message('page.matches.similar', about),
    ...(orientation === undefined
      ? []
      : [message('page.matches.orientation', { turn: orientationParam(orientation) })]),
    ...(part === undefined ? [] : [message('page.matches.part', { part: part === 'cut' ? 'cut' : 'other' })]),
    ...(frames === undefined
      ? []
      : [message('page.matches.frames', { matched: frames.matched, of: frames.of })]),
  ];
}

const kindParam = (kind: FingerprintKind) => (kind === 'picture' ? ('other' as const) : kind);

const orientationParam = (
  orientation: NonNullable<MatchSearchResult['matches'][number]['near']['orientation']>,
) => (orientation === 'transposed' || orientation === 'antitransposed' ? ('other' as const) : orientation);

function detailMessages({
  holding,
  sameBytes,
  written = {},
}: MatchSearchResult['matches'][number]): Message[] {
  const { declared, finding, seen, gone, partly, case: caseOf } = holding;
  const headline = declared?.headline?.text;
  return [
    ...(partly === undefined ? [] : [message('page.matches.partlyStored', { why: partly.userMessage })]),
    ...(headline === undefined ? [] : [message('cli.match.headline', { text: headline })]),
    // Files with the same bytes have the same credentials; inspecting the file itself shows them in more detail.
    ...(sameBytes ? [] : credentialMessages(declared ?? {})),
    ...(finding === undefined
      ? []
      : [
          finding.by === undefined
            ? message('cli.match.finding', { text: finding.text })
            : message('cli.match.findingBy', { text: finding.text, by: finding.by }),
        ]),
    ...(finding?.link === undefined ? [] : [message('cli.match.findingLink', { link: finding.link })]),
    ...(caseOf === undefined ? [] : [message('cli.match.case', { case: caseOf })]),
    ...(seen.at === undefined
      ? []
      : [
          message('cli.match.matches', {
            by: seen.by === 'inspection' ? 'other' : seen.by,
            day: dayMessage(seen.at),
          }),
        ]),
    ...(holding.reportDeleted === undefined ? [] : [message('page.matches.itsReportDeleted')]),
    ...(holding.notes ?? []).slice(0, MAX_NOTES).map(({ text }) => message('cli.match.note', { text })),
    ...(gone === undefined ? [] : [message('cli.match.gone', { day: dayMessage(gone) })]),
    ...attachmentMessages('picture', written.picture, holding.kept?.preview),
    ...attachmentMessages('other', written.manifest, holding.kept?.manifestStore),
  ];
}

/** States the path of a written attachment, or that one is stored and could be written. */
function attachmentMessages(
  what: 'picture' | 'other',
  path: string | undefined,
  isKept: true | undefined,
): Message[] {
  if (path !== undefined) return [message('cli.match.written', { what, path })];
  return isKept ? [message('cli.match.stored', { what })] : [];
}

function credentialMessages({ signer, signerConfirmed, integrity }: DeclaredFacts): Message[] {
  if (signer === undefined) return [];
  const known = integrity === 'intact' || integrity === 'altered' ? integrity : 'other';
  return [
    message('cli.match.credentials', {
      integrity: known,
      signer: signerNameMessage(signer, signerConfirmed === true),
    }),
  ];
}

type FingerprintFault = FaultCode extends infer C ? (C extends `fingerprint.${infer R}` ? R : never) : never;
/** Reasons that have a text of their own; the code of any other is shown. */
const REASON_CODES = [
  ...(['flat', 'regular', 'small', 'short', 'silent', 'frames', 'unreadable'] as const),
  ...(['notMedia', 'notInspected', 'notRequested', 'noMemory', 'noProcess'] as const),
] as const satisfies readonly FingerprintFault[];

function notSearchableLines({ notSearchable, reasons: because }: MatchSearchResult): (string | Message)[][] {
  if (notSearchable === 0) return [];
  const reasons = [...because]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_REASONS)
    .map(([name, count]) => {
      const code = REASON_CODES.find((one) => name === `fingerprint.${one}`) ?? 'other';
      return ['  ', message('cli.match.because', { count, code, name })];
    });
  return [['', message('cli.match.notSearched', { count: notSearchable })], ...reasons];
}
