import { parseLeadingDay } from '../../base/day.js';
import { shortenName } from '../../base/quoted.js';
import { dayMessage } from '../../i18n/amounts.js';
import { type Message, message } from '../../i18n/message.js';
import { SIGNAL_ORIGINS } from '../detectors/signal-origins.js';
import { hasNoPixels } from '../evidence/cut-off.js';
import type { StoredReport } from '../report/report.js';
import { signalRowOf } from '../signals/index.js';
import {
  PICTURE_SEARCHES,
  type PictureSearch,
  TINEYE,
  VENDOR_CHECKERS,
} from '../signatures/vendor-checkers.js';
import { findFileSigner, findStatementSigner, type SignerRef, signerMessage } from '../standing/signer.js';
import { EXCLUSION } from './contradictions.js';
import { statesNothingOfAi } from './four-facts.js';
import { countInside, PART_WEIGHTS, partsByWeight } from './inside-counts.js';
import { unreadWordsIn } from './not-checked.js';
import { exclusionMessage } from './sentence/contradictions.js';
import { parseHost } from './sentence/sentence.js';
import { visibleMarkSentences } from './sentence/visible-marks.js';

/**
 * Guidance for the reader of a Report: quotable sentences that its facts support, sentences that they do not, next
 * steps, and a question to the publisher. Derived from codes alone.
 */
export interface Guidance {
  say: Message[];
  avoid: Message[];
  next: NextAction[];
  /** Absent if nothing of the file was read, so that there is nothing to ask a publisher about. */
  question?: Message;
}

export const ACTIONS = [
  'whole-copy',
  'try-again',
  'media-file',
  'see-thumbnail',
  'open-part',
  'vendor-checker',
  'fetch-elsewhere',
  'visible-mark',
  'words',
  'pixels',
  'lists',
  'older-copies',
  'ask',
] as const;

export interface NextAction {
  code: (typeof ACTIONS)[number];
  userMessage: Message;
  /** Third-party page for a person to open; opening it sends nothing of the file. */
  address?: string;
  /** Sites that search by picture, of which `address` is one. */
  searches?: readonly PictureSearch[];
}

const MAX_ACTIONS = 3;

/** Returns the guidance. A Report of version 0.1 has neither headline nor facts, but its next steps are known. */
export function buildGuidance(report: StoredReport): Guidance {
  const question = publisherQuestion(report);
  return {
    say: supportedSentences(report).slice(0, 2),
    avoid: unsupportedSentences(report).slice(0, 1),
    next: nextActions(report),
    ...(question === undefined ? {} : { question }),
  };
}

/** Returns the headline's code, derived from its message id. */
const headlineCode = ({ summary: { headline } }: StoredReport): string =>
  headline?.id.replace(/^headline\./, '') ?? '';

const NOTHING_READ: ReadonlySet<string> = new Set([
  'emptyFile',
  'unreadFile',
  'notFinished',
  'unrecognised',
  'notMedia',
  'notLookedInto',
  'plainText',
  'segmentAlone',
]);

const NOT_KNOWN: ReadonlySet<string> = new Set(['unrecognised', 'notLookedInto', 'notMedia', 'plainText']);

/**
 * Returns the tool as the headline names it: in quotation marks unless it is in our table and a listed signer or a
 * label vouches for it.
 */
function toolOf({ summary: { headline } }: StoredReport): Message | undefined {
  const { by, tool } = headline?.params ?? {};
  return by !== 'other' && isMessage(tool) ? tool : undefined;
}

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'id' in value;

/** Returns the text or name that the headline quotes. */
function quotedParam({ summary: { headline } }: StoredReport, param: 'words' | 'name'): Message {
  const named = headline?.params?.[param];
  return isMessage(named) ? named : NO_NAME;
}

const NO_NAME: Message = message('text.asWritten', { text: '' });

/** Parameters that name a signer: known if the name is confirmed, else only named. */
function nameIn(signer: SignerRef | undefined): { by: 'known' | 'named' | 'other'; signer: Message } {
  const name = signerMessage(signer);
  if (signer === undefined || name === undefined) return { by: 'other', signer: NO_NAME };
  return { by: signer.isConfirmed ? 'known' : 'named', signer: name };
}

const fileSigner = ({ contentCredentials }: StoredReport) => findFileSigner(contentCredentials);

/** Returns the signer of the statement itself: earlier credentials in the file may have another signer. */
const statementSigner = ({ summary, contentCredentials }: StoredReport) =>
  findStatementSigner(summary.declared, contentCredentials);

/** Signed statement by headline code. */
const STATED = {
  generated: 'generated',
  partGenerated: 'part',
  edited: 'edited',
  captured: 'captured',
  capturedThenEdited: 'capturedEdited',
} as const;

type Stated = (typeof STATED)[keyof typeof STATED] | 'how';

const isCapture = (stated: Stated): boolean => stated === 'captured' || stated === 'capturedEdited';

function statedIn(report: StoredReport): Stated | undefined {
  const head = headlineCode(report);
  if (head === 'term' && report.summary.headline?.params?.['who'] !== 'label') return 'how';
  return isKeyOf(head, STATED) ? STATED[head] : undefined;
}

/** A statement about an earlier version is never repeated as one about the file. */
function statedWork({ summary: { headline } }: StoredReport, stated: Stated) {
  if (headline?.params?.['what'] !== 'earlier') return stated;
  if (stated === 'generated') return 'earlierGenerated';
  return stated === 'edited' ? 'earlierEdited' : stated;
}

const isKeyOf = <T extends object>(key: string, of: T): key is Extract<keyof T, string> =>
  Object.hasOwn(of, key);

const namedTool = (report: StoredReport): { named: 'tool' | 'other'; tool: Message } => {
  const tool = toolOf(report);
  return tool === undefined ? { named: 'other', tool: NO_NAME } : { named: 'tool', tool };
};

function supportedSentences(report: StoredReport): Message[] {
  const head = headlineCode(report);
  const stated = statedIn(report);
  const signer = signerMessage(fileSigner(report));
  if (stated !== undefined)
    return [
      message('guide.say.stated', { what: statedWork(report, stated), ...nameIn(statementSigner(report)) }),
      ...supportedTimeSentences(report),
    ];
  switch (head) {
    case 'altered':
    case 'alteredSince':
      return [
        signer === undefined
          ? message('guide.say.altered')
          : message('guide.say.alteredSince', {
              by: fileSigner(report)?.isConfirmed ? 'known' : 'named',
              signer,
            }),
        message('guide.say.setAside'),
      ];
    case 'signatureBroken':
    case 'signatureBrokenOf':
      return [message('guide.say.signatureBroken')];
    case 'contradictory':
      return [message('guide.say.contradictory'), ...exclusionSentences(report)];
    case 'gb':
      return [message('guide.say.gb', { label: gbOf(report) })];
    case 'label':
      return [message('guide.say.label', namedTool(report))];
    case 'platformLabel':
      return [message('guide.say.platformLabel', namedTool(report))];
    case 'labelCaptured':
      return [message('guide.say.labelCaptured')];
    case 'term':
      return [message('guide.say.term')];
    case 'credit':
      return [message('guide.say.credit')];
    case 'proof':
      return [message('guide.say.proof', namedTool(report))];
    case 'watermark':
      return [message('guide.say.watermark', namedTool(report))];
    case 'trace':
      return [message('guide.say.trace', namedTool(report))];
    case 'text':
      return [message('guide.say.text', { words: quotedParam(report, 'words') })];
    case 'camera':
      return [message('guide.say.camera', { device: quotedParam(report, 'name') })];
    case 'openTrace':
    case 'proofBroken':
    case 'gbEmpty':
    case 'labelUnknown':
      return [message('guide.say.open', { what: OPEN_HEADLINES[head], ...namedTool(report) })];
    case 'visibleStar':
    case 'visibleText':
      return visibleMarkSentences(report.signals);
    case 'remote':
      return [message('guide.say.remote')];
    case 'unreadable':
    case 'oldForm':
    case 'statementsUnread':
    case 'statementsUnreadOf':
      return [message('guide.say.unreadable')];
    case 'recordedEdits':
    case 'markOnly':
    case 'credentials':
    case 'signed':
    case 'speaksOfAi':
      return [message('guide.say.signed', nameIn(fileSigner(report))), ...supportedTimeSentences(report)];
    case 'nothing':
      return [message('guide.say.nothing')];
    case 'holdsAi': {
      const { kind, ai, work, how } = countParts(report);
      return [message('guide.say.holdsAi', { kind, ai, work, how })];
    }
    case 'holdsStating': {
      const { kind, stating } = countParts(report);
      return [message('guide.say.holdsStating', { kind, stating })];
    }
    case 'holdsContradictory': {
      const { kind, contradictory } = countParts(report);
      return [message('guide.say.holdsContradictory', { kind, contradictory })];
    }
    case 'holds':
      return [message('guide.say.holds')];
    case 'emptyFile':
      return [message('guide.say.empty')];
    case 'carriesTrace':
    case 'writtenBy':
      return [
        message('guide.say.writtenBy', {
          what: head === 'carriesTrace' ? 'trace' : 'other',
          tool: toolOf(report) ?? NO_NAME,
        }),
      ];
    case 'cutOffEnd':
      return [
        message(
          report.contentCredentials.integrity === 'altered' ? 'guide.say.end' : 'guide.say.partlyUnread',
        ),
      ];
    case 'partlyUnread':
    case 'cutOff':
      return [message('guide.say.partlyUnread')];
    case 'segmentAlone':
      return [message('guide.say.segmentAlone')];
    default:
      return NOTHING_READ.has(head)
        ? [message(NOT_KNOWN.has(head) ? 'guide.say.notLookedInto' : 'guide.say.notRead')]
        : [];
  }
}

/** Returns the sentence on the first two statements that exclude each other. */
const exclusionSentences = ({ contradictions }: StoredReport): Message[] =>
  contradictions
    .filter(({ messages }) => messages?.statement?.id === EXCLUSION)
    .slice(0, 1)
    .map(({ between }) => exclusionMessage(between, SIGNAL_ORIGINS));

const OPEN_HEADLINES = {
  openTrace: 'openTrace',
  proofBroken: 'proofBroken',
  gbEmpty: 'gbEmpty',
  labelUnknown: 'other',
} as const;

const GB = ['generated', 'possible', 'suspected'] as const;

const gbOf = ({ summary: { headline } }: StoredReport): (typeof GB)[number] | 'other' =>
  GB.find((one) => one === headline?.params?.['label']) ?? 'other';

/** Returns sentences on time: since when the file is unchanged if a timestamp proves it, otherwise since signing. */
function supportedTimeSentences(report: StoredReport): Message[] {
  const { summary, contentCredentials } = report;
  if (summary.facts?.changed.code !== 'no') return [];
  const { time } = contentCredentials;
  const by = nameIn(fileSigner(report)).by === 'named' ? 'named' : 'other';
  const day = parseLeadingDay(time?.proven);
  return [
    day === undefined
      ? message('guide.say.unchanged', { by })
      : message('guide.say.unchangedSince', { by, day: dayMessage(day) }),
  ];
}

function unsupportedSentences(report: StoredReport): Message[] {
  const head = headlineCode(report);
  const name = signerMessage(fileSigner(report));
  const notTheirs = unconfirmedSigner(report);
  const stated = statedIn(report);
  const shown = message('guide.avoid.shown', { kind: report.asset.kind });
  if (stated !== undefined) return [...notTheirs, shown];
  // A signed file whose end is missing invites the same mistake as a changed one.
  const isSignedCut = head === 'cutOffEnd' && report.contentCredentials.integrity === 'altered';
  switch (isSignedCut ? 'altered' : head) {
    case 'altered':
    case 'alteredSince':
      return [
        name === undefined
          ? message('guide.avoid.approved')
          : message('guide.avoid.approvedBy', { signer: name }),
      ];
    case 'signatureBroken':
    case 'signatureBrokenOf':
      return [
        name === undefined
          ? message('guide.avoid.approved')
          : message('guide.avoid.signedBy', { signer: name }),
      ];
    case 'contradictory':
      return [message('guide.avoid.either')];
    case 'gb':
    case 'label':
    case 'platformLabel':
    case 'labelCaptured':
    case 'term':
    case 'credit':
      return [message('guide.avoid.labelAuthor', { signed: labelSigned(report) })];
    case 'text':
      return [message('guide.avoid.textAuthor')];
    case 'gbEmpty':
    case 'labelUnknown':
      return [message('guide.avoid.labelSays')];
    case 'openTrace':
      return [message('guide.avoid.aiFromProgram')];
    case 'proof':
      return [message('guide.avoid.proofKey')];
    case 'watermark':
    case 'visibleStar':
    case 'visibleText':
      return [message('guide.avoid.watermark')];
    case 'proofBroken':
    case 'trace':
      return [message('guide.avoid.madeWith')];
    case 'remote':
    case 'unreadable':
    case 'oldForm':
    case 'statementsUnread':
    case 'statementsUnreadOf':
      return [message('guide.avoid.whatTheyState')];
    case 'recordedEdits':
    case 'markOnly':
    case 'credentials':
    case 'signed':
    case 'speaksOfAi':
      return [...notTheirs, message('guide.avoid.noAi')];
    case 'holdsAi':
    case 'holdsContradictory':
    case 'holdsStating':
      return [
        message('guide.avoid.wholeOfPart', {
          what: head === 'holdsAi' ? 'ai' : 'other',
          holder: report.asset.kind === 'document' ? 'document' : 'other',
        }),
      ];
    case 'emptyFile':
      return [message('guide.avoid.emptyCopy')];
    case 'camera':
      return [message('guide.avoid.recorded', { kind: report.asset.kind })];
    case 'nothing':
    case 'holds':
    case 'carriesTrace':
    case 'writtenBy':
      return [message('guide.avoid.noAiLost')];
    default:
      return head === '' ? [] : [message('guide.avoid.absent')];
  }
}

/** Returns a warning about a signer's name that only the certificate gives. */
function unconfirmedSigner(report: StoredReport): Message[] {
  const ref = statedIn(report) === undefined ? fileSigner(report) : statementSigner(report);
  const { by, signer } = nameIn(ref);
  if (ref === undefined || by !== 'named') return [];
  const { standing } = ref;
  if (standing !== 'unlisted' && standing !== 'not-checked')
    return [message('guide.avoid.signedBy', { signer })];
  const { lists, day } = listsAge(report);
  return [
    message('guide.avoid.unconfirmed', { signer, lists: standing === 'unlisted' ? lists : 'other', day }),
  ];
}

/**
 * Days after which a list is told with its date if its publisher announces no next one: a signer admitted since is not
 * on it.
 */
const MAX_LIST_DAYS = 180;
const DAY_MS = 86_400_000;
const SIGNER_LISTS: ReadonlySet<string | undefined> = new Set(['place.list.c2pa', 'place.list.interim']);

/** Returns whether the newest published list of signers was old on the day of the report, with its date. */
function listsAge({ tool: { lists, asOf } }: StoredReport): { lists: 'old' | 'asked'; day: Message } {
  const [newest] = lists
    .flatMap(({ messages, date, nextUpdate }) =>
      SIGNER_LISTS.has(messages?.name?.id) && date !== undefined ? [{ date, nextUpdate }] : [],
    )
    .sort((a, b) => b.date.localeCompare(a.date));
  if (newest === undefined) return { lists: 'asked', day: NO_NAME };
  const { date, nextUpdate } = newest;
  const until = nextUpdate === undefined ? Date.parse(date) + MAX_LIST_DAYS * DAY_MS : Date.parse(nextUpdate);
  return Date.parse(asOf) > until
    ? { lists: 'old', day: dayMessage(date) }
    : { lists: 'asked', day: NO_NAME };
}

/** A label in a fully signed file is still no statement of the signer. */
function labelSigned({ summary: { facts }, contentCredentials: { presence, integrity } }: StoredReport) {
  if (facts?.who.code === 'own-key') return 'ownKey';
  return presence === 'present' && integrity === 'intact' ? 'beside' : 'other';
}

/** Returns at most three steps, the strongest reason first; asking the publisher is always possible. */
function nextActions(report: StoredReport): NextAction[] {
  const head = headlineCode(report);
  const actions = [
    ...readingActions(report, head),
    ...openPart(report),
    ...(hasStoredThumbnail(report) ? [toAction('see-thumbnail')] : []),
    ...fetchElsewhere(report),
    ...vendorCheckers(report),
    ...(head === 'gb' ? [toAction('visible-mark')] : []),
    ...(report.summary.facts?.who.code === 'not-checked' && report.contentCredentials.integrity !== 'altered'
      ? [listAction({ lists: 'other', day: NO_NAME })]
      : []),
    ...pixelActions(report),
    ...olderCopies(report),
    ...newerLists(report),
  ];
  // The text to send is included in this step.
  const last =
    publisherQuestion(report) === undefined
      ? []
      : [PART_HEADLINES.has(head) ? ASK_FOR_PART : toAction('ask')];
  return [...actions.slice(0, MAX_ACTIONS - last.length), ...last];
}

const PART_HEADLINES: ReadonlySet<string> = new Set(['holdsAi', 'holdsStating', 'holdsContradictory']);

const ASK_FOR_PART: NextAction = { code: 'ask', userMessage: message('guide.next.askPart') };

const countParts = ({ parts = [] }: StoredReport) => countInside(parts);

const listAction = (age: { lists: 'old' | 'other'; day: Message }): NextAction => ({
  code: 'lists',
  userMessage: message('guide.next.lists', age),
});

/** Comes last: readers can do all else without whoever runs the server. */
function newerLists(report: StoredReport): NextAction[] {
  const { lists, day } = listsAge(report);
  return report.summary.facts?.who.code === 'unlisted' && lists === 'old' ? [listAction({ lists, day })] : [];
}

/** Opens the first part that states something, if any; it has a Report of its own. */
function openPart({ parts = [] }: StoredReport): NextAction[] {
  const number = partsByWeight(parts).find(({ weight }) => weight <= PART_WEIGHTS.stating)?.number;
  return number === undefined
    ? []
    : [{ code: 'open-part', userMessage: message('guide.next.openPart', { number }) }];
}

const TEXTS = {
  'whole-copy': 'guide.next.wholeCopy',
  'try-again': 'guide.next.tryAgain',
  'media-file': 'guide.next.mediaFile',
  'see-thumbnail': 'guide.next.seeThumbnail',
  'visible-mark': 'guide.next.visibleMark',
  words: 'guide.next.words',
  pixels: 'guide.next.pixels',
  ask: 'guide.next.ask',
} as const;

const toAction = (code: keyof typeof TEXTS): NextAction => ({ code, userMessage: message(TEXTS[code]) });

function readingActions({ summary: { messages: words } }: StoredReport, head: string): NextAction[] {
  if (head === 'notFinished') return [toAction('try-again')];
  if (NOT_KNOWN.has(head)) return [toAction('media-file')];
  const isCut = head === 'emptyFile' || words?.sentence.some(({ id }) => id.startsWith('sentence.cutOff.'));
  return isCut ? [toAction('whole-copy')] : [];
}

function hasStoredThumbnail({ contentCredentials: { integrity, manifests = [] } }: StoredReport): boolean {
  return (
    integrity === 'altered' && manifests.some(({ active, hasThumbnail }) => active && hasThumbnail === true)
  );
}

/** Only the host is named: the address comes from the file, and readers should see it before opening it. */
function fetchElsewhere({ contentCredentials: { presence, remoteUrl } }: StoredReport): NextAction[] {
  const host = presence === 'remote' ? parseHost(remoteUrl) : undefined;
  return host === undefined
    ? []
    : [{ code: 'fetch-elsewhere', userMessage: message('guide.next.fetchElsewhere', { host }) }];
}

/** A maker's checker is offered only if a list confirms the maker: anyone can write a maker's name into a file. */
function vendorCheckers(report: StoredReport): NextAction[] {
  if (report.contentCredentials.integrity !== 'intact' || !fileSigner(report)?.isConfirmed) return [];
  const names = namesOf(report);
  return VENDOR_CHECKERS.filter(({ of }) => names.some((name) => of.test(name)))
    .slice(0, 1)
    .map(({ vendor, address }) => ({
      code: 'vendor-checker',
      userMessage: message('guide.next.vendorChecker', { vendor }),
      address,
    }));
}

function namesOf({ contentCredentials: { signer }, summary, signals }: StoredReport): string[] {
  const tools = signals.flatMap(({ id }) => signalRowOf(id).tool ?? []);
  return [signer?.name, summary.declared?.tool, summary.declared?.agent, ...tools]
    .filter((name) => name !== undefined)
    .map((name) => name.slice(0, 256));
}

/** Reading words comes first: it finds more than watermarks in pixels do, and takes a second. */
function pixelActions(report: StoredReport): NextAction[] {
  const words = statesNothingOfAi(report.summary) ? unreadWordsIn(report.notChecked) : undefined;
  if (words === 'not-asked' && !hasNoPixels(report.reads)) return [toAction('words')];
  if (words === 'failed') return [{ code: 'visible-mark', userMessage: message('guide.next.lookAtCorners') }];
  return isPixelsOpen(report) ? [toAction('pixels')] : [];
}

const isPixelsOpen = ({ notChecked, reads }: StoredReport): boolean =>
  notChecked.some(({ messages: words }) => words?.what?.id === 'notChecked.pixels.what') &&
  !hasNoPixels(reads);

/** Third-party search pages to which a person uploads a picture; their addresses contain nothing of the file. */
function olderCopies({ asset: { kind }, summary: { coverage }, reads }: StoredReport): NextAction[] {
  if (coverage.state === 'nothing' || hasNoPixels(reads)) return [];
  const search = { code: 'older-copies', address: TINEYE.address, searches: PICTURE_SEARCHES } as const;
  if (kind === 'image') return [{ ...search, userMessage: message('guide.next.olderCopies') }];
  return kind === 'video' ? [{ ...search, userMessage: message('guide.next.olderCopiesOfFrames') }] : [];
}

/** Selects the question to the publisher by what was found. */
function publisherQuestion(report: StoredReport): Message | undefined {
  const head = headlineCode(report);
  if (head === '' || NOTHING_READ.has(head)) return undefined;
  const { asset } = report;
  const file = shortenName(asset.name) || asset.format;
  return message('guide.question', { found: questionTopic(report, head), file, digest: asset.sha256 });
}

type QuestionTopic =
  | 'ai'
  | 'end'
  | 'part'
  | 'captured'
  | 'altered'
  | 'broken'
  | 'label'
  | 'contradictory'
  | 'other';

function questionTopic(report: StoredReport, head: string): QuestionTopic {
  const stated = statedIn(report);
  if (stated !== undefined && stated !== 'how') return isCapture(stated) ? 'captured' : 'ai';
  if (head === 'cutOff' || head === 'cutOffEnd') return 'end';
  if (head.startsWith('altered')) return 'altered';
  if (head.startsWith('signatureBroken')) return 'broken';
  if (head === 'contradictory') return 'contradictory';
  const ai = report.summary.facts?.ai.code;
  if (head === 'holdsAi') return 'part';
  return ai === 'label' || ai === 'trace' || ai === 'possible' || ai === 'text' ? 'label' : 'other';
}
