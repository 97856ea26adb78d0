import { daySaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import { hasNoPixels } from '../evidence/cut-off.js';
import { writtenDay } from '../ground/day.js';
import { plainName } from '../ground/quoted.js';
import type { Report } from '../report/report.js';
import { rowOf } from '../signals/index.js';
import { OLDER_COPIES, VENDOR_CHECKERS } from '../signatures/vendor-checkers.js';
import { countedInside, PART_WEIGHTS, partsByWeight } from './inside-counts.js';
import { hostOf } from './sentence.js';
import { earlierSigner, signerSaid } from './sentence-signer.js';
import { nameQuoted } from './terms.js';

/**
 * What a person can do with a Report: sentences that its facts bear and that can be quoted, sentences that they do not
 * bear, what to do next, and what to ask the publisher. Chosen from codes alone.
 */
export interface Guidance {
  say: Said[];
  avoid: Said[];
  next: NextAction[];
  /** Left out where there is nothing to ask a publisher about: nothing of the file was read. */
  question?: Said;
}

export const ACTIONS = [
  'whole-copy',
  'try-again',
  'see-thumbnail',
  'open-part',
  'vendor-checker',
  'fetch-elsewhere',
  'visible-mark',
  'pixels',
  'lists',
  'older-copies',
  'ask',
] as const;

export interface NextAction {
  code: (typeof ACTIONS)[number];
  said: Said;
  /** A page of somebody else's, for a person to open; nothing of the file is sent by that. */
  address?: string;
}

const MOST_ACTIONS = 3;

/** A Report of 0.1 has neither headline nor facts; what to do next is known of it all the same. */
export function guidanceOf(report: Report): Guidance {
  const question = questionTo(report);
  return {
    say: sayable(report).slice(0, 2),
    avoid: unsayable(report).slice(0, 2),
    next: nextActions(report),
    ...(question === undefined ? {} : { question }),
  };
}

/** What the headline speaks of: its id is the code of it. */
const headOf = ({ summary: { headline } }: Report): string => headline?.id.replace(/^headline\./, '') ?? '';

const NOTHING_READ: ReadonlySet<string> = new Set([
  'emptyFile',
  'unreadFile',
  'notFinished',
  'unrecognised',
  'notMedia',
  'notLookedInto',
  'segmentAlone',
]);

const NOT_KNOWN: ReadonlySet<string> = new Set(['unrecognised', 'notLookedInto', 'notMedia']);

/** A tool as the headline names it: in quotation marks unless our table and a listed signer, or a label, vouch for it. */
function toolOf({ summary: { headline } }: Report): Said | undefined {
  const { by, tool } = headline?.params ?? {};
  return by !== 'other' && isSaid(tool) ? tool : undefined;
}

const isSaid = (value: unknown): value is Said =>
  typeof value === 'object' && value !== null && 'id' in value;

/** What the headline quotes. */
function namedIn({ summary: { headline } }: Report, param: 'words' | 'name'): Said {
  const named = headline?.params?.[param];
  return isSaid(named) ? named : NO_NAME;
}

const NO_NAME: Said = said('text.asWritten', { text: '' });

interface Signer {
  by: 'known' | 'named' | 'other';
  signer: Said;
  /** What lists say of the name, where that is why it is only named. */
  standing?: string | undefined;
}

const nameIn = ({ by, signer }: Signer) => ({ by, signer });

const UNNAMED: Signer = { by: 'other', signer: NO_NAME };

/** A list vouches for the name, the file is what was signed, and nothing speaks against the certificate at that time. */
function signedBy({ contentCredentials, summary }: Report): Signer {
  const signer = signerSaid(contentCredentials);
  if (signer === undefined) return UNNAMED;
  const isDoubtful = DOUBTFUL.has(contentCredentials.time?.validity ?? 'inside');
  const isKnown = signer.id !== 'text.quoted' && summary.facts?.who.code !== 'revoked' && !isDoubtful;
  return { by: isKnown ? 'known' : 'named', signer, standing: contentCredentials.signer?.trust };
}

/** A certificate that has run out since was good when it was used, as far as anybody can tell. */
const DOUBTFUL: ReadonlySet<string> = new Set(['outside', 'not-yet-valid']);

/** Who signed the statement itself: credentials that the file keeps from before may be somebody else's. */
function statedBy(report: Report): Signer {
  const { summary, contentCredentials } = report;
  const from = summary.declared && earlierSigner(summary.declared, contentCredentials);
  if (from === undefined) return signedBy(report);
  if (from.name === undefined) return UNNAMED;
  return from.standing === 'listed' || from.standing === 'expired'
    ? { by: 'known', signer: said('text.asWritten', { text: plainName(from.name) }) }
    : { by: 'named', signer: nameQuoted(from.name), standing: from.standing };
}

/** What a signed statement says, by the headline that tells it. */
const STATED = {
  generated: 'generated',
  partGenerated: 'part',
  edited: 'edited',
  captured: 'captured',
  capturedThenEdited: 'capturedEdited',
} as const;

type Stated = (typeof STATED)[keyof typeof STATED] | 'how';

const isCapture = (stated: Stated): boolean => stated === 'captured' || stated === 'capturedEdited';

function statedIn(report: Report): Stated | undefined {
  const head = headOf(report);
  if (head === 'term' && report.summary.headline?.params?.['who'] !== 'label') return 'how';
  return isKeyOf(head, STATED) ? STATED[head] : undefined;
}

const isKeyOf = <T extends object>(key: string, of: T): key is Extract<keyof T, string> =>
  Object.hasOwn(of, key);

const namedTool = (report: Report): { named: 'tool' | 'other'; tool: Said } => {
  const tool = toolOf(report);
  return tool === undefined ? { named: 'other', tool: NO_NAME } : { named: 'tool', tool };
};

function sayable(report: Report): Said[] {
  const head = headOf(report);
  const stated = statedIn(report);
  const signer = signerSaid(report.contentCredentials);
  if (stated !== undefined)
    return [
      said('guide.say.stated', { what: stated, ...nameIn(statedBy(report)) }),
      ...sayableOfTime(report),
    ];
  switch (head) {
    case 'altered':
    case 'alteredSince':
      return [
        signer === undefined ? said('guide.say.altered') : said('guide.say.alteredSince', { signer }),
        said('guide.say.setAside'),
      ];
    case 'signatureBroken':
    case 'signatureBrokenOf':
      return [said('guide.say.signatureBroken')];
    case 'contradictory':
      return [said('guide.say.contradictory')];
    case 'gb':
      return [said('guide.say.gb', { label: gbOf(report) })];
    case 'label':
      return [said('guide.say.label', namedTool(report))];
    case 'platformLabel':
      return [said('guide.say.platformLabel', namedTool(report))];
    case 'labelCaptured':
      return [said('guide.say.labelCaptured')];
    case 'term':
      return [said('guide.say.term')];
    case 'credit':
      return [said('guide.say.credit')];
    case 'proof':
      return [said('guide.say.proof', namedTool(report))];
    case 'watermark':
      return [said('guide.say.watermark', namedTool(report))];
    case 'trace':
      return [said('guide.say.trace', namedTool(report))];
    case 'text':
      return [said('guide.say.text', { words: namedIn(report, 'words') })];
    case 'camera':
      return [said('guide.say.camera', { device: namedIn(report, 'name') })];
    case 'openTrace':
    case 'proofBroken':
    case 'gbEmpty':
    case 'labelUnknown':
      return [said('guide.say.open', { what: OPEN[head], ...namedTool(report) })];
    case 'remote':
      return [said('guide.say.remote')];
    case 'unreadable':
    case 'oldForm':
    case 'statementsUnread':
    case 'statementsUnreadOf':
      return [said('guide.say.unreadable')];
    case 'recordedEdits':
    case 'credentials':
    case 'signed':
    case 'speaksOfAi':
      return [said('guide.say.signed', nameIn(signedBy(report))), ...sayableOfTime(report)];
    case 'nothing':
      return [said('guide.say.nothing')];
    case 'holdsAi': {
      const { kind, ai, work, how } = insideOf(report);
      return [said('guide.say.holdsAi', { kind, ai, work, how })];
    }
    case 'holdsStating': {
      const { kind, stating } = insideOf(report);
      return [said('guide.say.holdsStating', { kind, stating })];
    }
    case 'holdsContradictory': {
      const { kind, contradictory } = insideOf(report);
      return [said('guide.say.holdsContradictory', { kind, contradictory })];
    }
    case 'holds':
      return [said('guide.say.holds')];
    case 'emptyFile':
      return [said('guide.say.empty')];
    case 'partlyUnread':
    case 'cutOff':
    case 'cutOffEnd':
      return [said('guide.say.partlyUnread')];
    case 'segmentAlone':
      return [said('guide.say.segmentAlone')];
    default:
      return NOTHING_READ.has(head)
        ? [said(NOT_KNOWN.has(head) ? 'guide.say.notLookedInto' : 'guide.say.notRead')]
        : [];
  }
}

const OPEN = {
  openTrace: 'openTrace',
  proofBroken: 'proofBroken',
  gbEmpty: 'gbEmpty',
  labelUnknown: 'other',
} as const;

const GB = ['generated', 'possible', 'suspected'] as const;

const gbOf = ({ summary: { headline } }: Report): (typeof GB)[number] | 'other' =>
  GB.find((one) => one === headline?.params?.['label']) ?? 'other';

/** Since when, where something proves it; else that nothing changed since the signing. */
function sayableOfTime({ summary, contentCredentials: { time } }: Report): Said[] {
  if (summary.facts?.changed.code !== 'no') return [];
  const day = writtenDay(time?.proven);
  return [
    day === undefined ? said('guide.say.unchanged') : said('guide.say.unchangedSince', { day: daySaid(day) }),
  ];
}

function unsayable(report: Report): Said[] {
  const head = headOf(report);
  const name = signerSaid(report.contentCredentials);
  const notTheirs = unconfirmed(report);
  const stated = statedIn(report);
  if (stated !== undefined)
    return [
      ...notTheirs,
      said(isCapture(stated) ? 'guide.avoid.scene' : 'guide.avoid.shown'),
      ...(isCapture(stated) ? [said('guide.avoid.staged')] : [said('guide.avoid.deceive')]),
    ];
  switch (head) {
    case 'altered':
    case 'alteredSince':
      return [
        name === undefined ? said('guide.avoid.approved') : said('guide.avoid.approvedBy', { signer: name }),
        said('guide.avoid.deceive'),
      ];
    case 'signatureBroken':
    case 'signatureBrokenOf':
      return [
        name === undefined ? said('guide.avoid.approved') : said('guide.avoid.signedBy', { signer: name }),
        said('guide.avoid.deceive'),
      ];
    case 'contradictory':
      return [said('guide.avoid.either')];
    case 'gb':
    case 'label':
    case 'platformLabel':
    case 'labelCaptured':
    case 'term':
    case 'credit':
      return [said('guide.avoid.labelAuthor', { signed: labelSigned(report) }), said('guide.avoid.shown')];
    case 'text':
      return [said('guide.avoid.textAuthor'), said('guide.avoid.shown')];
    case 'gbEmpty':
    case 'labelUnknown':
      return [said('guide.avoid.labelSays'), said('guide.avoid.noAi')];
    case 'openTrace':
      return [said('guide.avoid.aiFromProgram'), said('guide.avoid.noAi')];
    case 'proof':
      return [said('guide.avoid.proofKey'), said('guide.avoid.shown')];
    case 'watermark':
      return [said('guide.avoid.watermark'), said('guide.avoid.shown')];
    case 'proofBroken':
    case 'trace':
      return [said('guide.avoid.madeWith'), said('guide.avoid.shown')];
    case 'remote':
    case 'unreadable':
    case 'oldForm':
    case 'statementsUnread':
    case 'statementsUnreadOf':
      return [said('guide.avoid.whatTheyState'), said('guide.avoid.deceive')];
    case 'recordedEdits':
    case 'credentials':
    case 'signed':
    case 'speaksOfAi':
      return [...notTheirs, said('guide.avoid.noAi'), said('guide.avoid.shown')];
    case 'holdsAi':
    case 'holdsContradictory':
    case 'holdsStating':
      return [
        said('guide.avoid.wholeOfPart', {
          what: head === 'holdsAi' ? 'ai' : 'other',
          holder: report.asset.kind === 'document' ? 'document' : 'other',
        }),
        said('guide.avoid.restNoAi'),
      ];
    case 'emptyFile':
      return [said('guide.avoid.emptyCopy')];
    case 'camera':
    case 'nothing':
    case 'holds':
      return [said('guide.avoid.noAiLost'), said('guide.avoid.recorded', { kind: report.asset.kind })];
    default:
      return head === '' ? [] : [said('guide.avoid.absent')];
  }
}

/** A name that only the certificate gives, of whoever signed what is said. */
function unconfirmed(report: Report): Said[] {
  const { by, signer, standing } = statedIn(report) === undefined ? signedBy(report) : statedBy(report);
  if (by !== 'named') return [];
  return standing === 'unlisted' || standing === 'not-checked'
    ? [said('guide.avoid.unconfirmed', { signer, lists: standing === 'unlisted' ? 'asked' : 'other' })]
    : [said('guide.avoid.signedBy', { signer })];
}

/** A label in a file that is signed whole is in no statement of the signer. */
function labelSigned({ summary: { facts }, contentCredentials: { presence, integrity } }: Report) {
  if (facts?.who.code === 'own-key') return 'ownKey';
  return presence === 'present' && integrity === 'intact' ? 'beside' : 'other';
}

/** At most three, the strongest reason first; asking whoever published the file is always possible. */
function nextActions(report: Report): NextAction[] {
  const head = headOf(report);
  const actions = [
    ...onReading(report, head),
    ...openPart(report),
    ...(hasKeptPicture(report) ? [act('see-thumbnail')] : []),
    ...elsewhere(report),
    ...vendorCheckers(report),
    ...(head === 'gb' ? [act('visible-mark')] : []),
    ...(report.summary.facts?.who.code === 'not-checked' && report.contentCredentials.integrity !== 'altered'
      ? [act('lists')]
      : []),
    ...(isPixelsOpen(report) ? [act('pixels')] : []),
    ...olderCopies(report),
  ];
  // The text to send is part of what is asked.
  const last = questionTo(report) === undefined ? [] : [HOLDS.has(head) ? ASK_FOR_PART : act('ask')];
  return [...actions.slice(0, MOST_ACTIONS - last.length), ...last];
}

const HOLDS: ReadonlySet<string> = new Set(['holdsAi', 'holdsStating', 'holdsContradictory']);

const ASK_FOR_PART: NextAction = { code: 'ask', said: said('guide.next.askPart') };

const insideOf = ({ parts = [] }: Report) => countedInside(parts);

/** The first that states something, where any does: it has a Report of its own. */
function openPart({ parts = [] }: Report): NextAction[] {
  const number = partsByWeight(parts).find(({ weight }) => weight <= PART_WEIGHTS.stating)?.number;
  return number === undefined ? [] : [{ code: 'open-part', said: said('guide.next.openPart', { number }) }];
}

const TEXTS = {
  'whole-copy': 'guide.next.wholeCopy',
  'try-again': 'guide.next.tryAgain',
  'see-thumbnail': 'guide.next.seeThumbnail',
  'visible-mark': 'guide.next.visibleMark',
  pixels: 'guide.next.pixels',
  lists: 'guide.next.lists',
  'older-copies': 'guide.next.olderCopies',
  ask: 'guide.next.ask',
} as const;

const act = (code: keyof typeof TEXTS, address?: string): NextAction => ({
  code,
  said: said(TEXTS[code]),
  ...(address === undefined ? {} : { address }),
});

function onReading({ summary: { said: words } }: Report, head: string): NextAction[] {
  if (head === 'notFinished') return [act('try-again')];
  const isCut = head === 'emptyFile' || words?.sentence.some(({ id }) => id.startsWith('sentence.cutOff.'));
  return isCut ? [act('whole-copy')] : [];
}

function hasKeptPicture({ contentCredentials: { integrity, manifests = [] } }: Report): boolean {
  return (
    integrity === 'altered' && manifests.some(({ active, hasThumbnail }) => active && hasThumbnail === true)
  );
}

/** Its host alone is named: the address is the file's, and nobody should open it without having read it. */
function elsewhere({ contentCredentials: { presence, remoteUrl } }: Report): NextAction[] {
  const host = presence === 'remote' ? hostOf(remoteUrl) : undefined;
  return host === undefined
    ? []
    : [{ code: 'fetch-elsewhere', said: said('guide.next.fetchElsewhere', { host }) }];
}

function vendorCheckers(report: Report): NextAction[] {
  const names = namesOf(report);
  return VENDOR_CHECKERS.filter(({ of }) => names.some((name) => of.test(name)))
    .slice(0, 1)
    .map(({ vendor, address }) => ({
      code: 'vendor-checker',
      said: said('guide.next.vendorChecker', { vendor }),
      address,
    }));
}

function namesOf({ contentCredentials: { signer, presence }, summary, signals }: Report): string[] {
  if (presence === 'remote') return [];
  const tools = signals.flatMap(({ id }) => rowOf(id).tool ?? []);
  return [signer?.name, summary.declared?.tool, summary.declared?.agent, ...tools]
    .filter((name) => name !== undefined)
    .map((name) => name.slice(0, 256));
}

const isPixelsOpen = ({ notChecked, reads }: Report): boolean =>
  notChecked.some(({ said: words }) => words?.what?.id === 'notChecked.pixels.what') && !hasNoPixels(reads);

/** Pages that look for a picture that a person gives them: the address carries nothing of the file. */
function olderCopies({ asset: { kind }, summary: { coverage }, reads }: Report): NextAction[] {
  return kind === 'image' && coverage.state !== 'nothing' && !hasNoPixels(reads)
    ? [act('older-copies', OLDER_COPIES)]
    : [];
}

/** Which of the questions, by what was found; ready to be sent to whoever published the file. */
function questionTo(report: Report): Said | undefined {
  const head = headOf(report);
  if (head === '' || NOTHING_READ.has(head)) return undefined;
  const { asset } = report;
  const file = plainName(asset.name) || asset.format;
  return said('guide.question', { found: found(report, head), file, digest: asset.sha256 });
}

type Found = 'ai' | 'part' | 'captured' | 'altered' | 'broken' | 'label' | 'contradictory' | 'other';

function found(report: Report, head: string): Found {
  const stated = statedIn(report);
  if (stated !== undefined && stated !== 'how') return isCapture(stated) ? 'captured' : 'ai';
  if (head.startsWith('altered')) return 'altered';
  if (head.startsWith('signatureBroken')) return 'broken';
  if (head === 'contradictory') return 'contradictory';
  const ai = report.summary.facts?.ai.code;
  if (head === 'holdsAi') return 'part';
  return ai === 'label' || ai === 'trace' || ai === 'possible' || ai === 'text' ? 'label' : 'other';
}
