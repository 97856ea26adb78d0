import { type Message, type MessageId, message } from '../../i18n/message.js';
import { isEditorial } from '../detectors/c2pa-origin.js';
import { isC2paLibrary } from '../detectors/c2pa-tools.js';
import { TEXT_MEDIA_TYPE, UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import type { ContentCredentials, Declared } from '../report/report.js';
import type { Signal, SignalId } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import { isWatermarkStep } from '../signatures/c2pa-watermark-edits.js';
import { findCause, isSignatureBroken } from '../standing/integrity.js';
import {
  findFileSigner,
  findStatementSigner,
  isNoListReason,
  type SignerRef,
  type SignerStanding,
  signerMessage,
} from '../standing/signer.js';
import { findActiveManifest } from '../standing/versions.js';
import { isCreditLine, mentionsAi } from './four-facts.js';
import { isContainerFile } from './inside-counts.js';
import { isContradicted } from './sentence/caveats.js';
import { toDeclaredStatement } from './sentence/declared.js';
import type { DecidedOrigin, Facts } from './sentence/facts.js';
import { findProducerName } from './sentence/labels.js';
import { findDevice, findEditors, findPlatforms, formatMessage } from './sentence/metadata.js';
import { toolNameMessage } from './sentence/steps.js';
import { toolNameOf } from './sentence/traces.js';
import { isSegmentAlone } from './sentence/unread.js';
import { findAiText, quoteText } from './sentence-texts.js';
import { quoteName, shortToolMessage } from './terms.js';

/**
 * Headline, read first: one line of at most 12 words, with the claim first, quotable alone. A name from the file
 * appears without quotation marks only if it is in our table and a listed signer, or its maker's own label, states it.
 */

interface HeadlineRow {
  /** Texts of the row; the first is its example in docs/report.md. */
  ids: readonly MessageId[];
  /** Condition in words, for docs/report.md. */
  when: string;
  find(facts: Facts, decided: DecidedOrigin): Message | undefined;
}

/** All headlines; each row outranks those below it. The last one always fits. */
export const HEADLINES: readonly HeadlineRow[] = [
  {
    ids: ['headline.emptyFile'],
    when: 'The file has no bytes.',
    find: ({ asset }) => (asset.bytes === 0 ? message('headline.emptyFile') : undefined),
  },
  {
    ids: ['headline.notFinished'],
    when: 'The file was not read, because the time ran out.',
    find: ({ notRead, late }) =>
      notRead !== undefined && late !== undefined ? message('headline.notFinished') : undefined,
  },
  {
    ids: ['headline.unreadFile'],
    when: 'The file was not read.',
    find: ({ notRead }) => (notRead === undefined ? undefined : message('headline.unreadFile')),
  },
  {
    ids: ['headline.cutOff', 'headline.cutOffEnd'],
    when: 'Most of the file is missing, or the end of a signed file.',
    find: cutOffHeadline,
  },
  {
    ids: ['headline.signatureBrokenOf', 'headline.signatureBroken'],
    when: 'The signature of the Content Credentials does not hold.',
    find: ({ credentials }) => brokenHeadline(credentials),
  },
  {
    ids: ['headline.alteredSince', 'headline.altered'],
    when: 'The file or its Content Credentials differ from what was signed.',
    find: alteredHeadline,
  },
  {
    ids: ['headline.contradictory'],
    when: 'Statements, traces or camera data exclude each other.',
    find: contradictoryHeadline,
  },
  {
    ids: ['headline.generated', 'headline.partGenerated', 'headline.edited'],
    when: 'Content Credentials state AI.',
    find: (facts, decided) => statedHeadline(facts, decided, declaredAiHeadline),
  },
  {
    ids: ['headline.captured', 'headline.capturedThenEdited'],
    when: 'They state a capture, perhaps with later edits.',
    find: (facts, decided) =>
      statedHeadline(
        facts,
        decided,
        (declared) =>
          declaredCaptureHeadline(declared, facts) ??
          (declared.editedAfterCapture
            ? message('headline.capturedThenEdited', statementParams(undefined, facts))
            : undefined),
      ),
  },
  {
    ids: ['headline.term'],
    when: 'They state another digital source type.',
    find: (facts, decided) => statedHeadline(facts, decided, ({ term }) => termHeadline('says', term, facts)),
  },
  {
    ids: ['headline.gb'],
    when: 'A Chinese label (GB 45438) decides the origin.',
    find: decidedBy(({ row, signals }) => (row.maker === 'gb45438' ? gbHeadline(signals) : undefined)),
  },
  {
    ids: ['headline.platformLabel'],
    when: 'A label of a platform decides it.',
    find: decidedBy(({ row, tool, work }) =>
      row.maker === 'platform-label'
        ? message('headline.platformLabel', { ...toolParams(tool), work })
        : undefined,
    ),
  },
  {
    ids: ['headline.label', 'headline.labelCaptured', 'headline.term'],
    when: 'An IPTC label decides it.',
    find: decidedBy((decision) => iptcHeadline(decision)),
  },
  {
    ids: ['headline.proof'],
    when: 'A generator’s own signature over the pixels decides it.',
    find: decidedBy(({ row, tool }) =>
      row.trace === 'proof-holds' ? message('headline.proof', toolParams(tool)) : undefined,
    ),
  },
  {
    ids: ['headline.watermark'],
    when: 'A watermark decides it.',
    find: decidedBy(({ row, tool }) =>
      row.decides === 'watermark' ? message('headline.watermark', toolParams(tool)) : undefined,
    ),
  },
  {
    ids: ['headline.trace'],
    when: 'Another trace of an AI tool decides it.',
    find: decidedBy(({ isAi, tool }) => (isAi ? message('headline.trace', toolParams(tool)) : undefined)),
  },
  {
    ids: ['headline.remote'],
    when: 'The Content Credentials are stored elsewhere.',
    find: ({ credentials }) => (credentials.presence === 'remote' ? message('headline.remote') : undefined),
  },
  {
    ids: ['headline.oldForm'],
    when: 'The Content Credentials have a form that is not read.',
    find: ({ credentials, isOldForm }) =>
      credentials.presence === 'unreadable' && isOldForm ? message('headline.oldForm') : undefined,
  },
  {
    ids: ['headline.unreadable'],
    when: 'The Content Credentials are damaged.',
    find: ({ credentials, hasStore }) =>
      credentials.presence === 'unreadable' && hasStore ? message('headline.unreadable') : undefined,
  },
  {
    ids: ['headline.statementsUnreadOf', 'headline.statementsUnread'],
    when: 'The statements of Content Credentials could not be read.',
    find: ({ credentials }) =>
      credentials.presence === 'present' && credentials.bytesFaultMissing?.includes('statements')
        ? statementsUnreadHeadline(credentials)
        : undefined,
  },
  {
    ids: ['headline.speaksOfAi'],
    when: 'Content Credentials mention AI without a statement about the origin.',
    find: ({ credentials, signals }) =>
      credentials.presence === 'present' && mentionsAi(signals) ? message('headline.speaksOfAi') : undefined,
  },
  {
    ids: ['headline.recordedEdits'],
    when: 'They list edits, without a statement about the origin.',
    find: ({ credentials }) => editsHeadline(credentials),
  },
  {
    ids: ['headline.markOnly', 'headline.signed', 'headline.credentials'],
    when: 'Content Credentials without such statements.',
    find: ({ credentials }) => markHeadline(credentials) ?? signedHeadline(credentials),
  },
  {
    ids: ['headline.gb'],
    when: 'A Chinese label that decides nothing.',
    find: ({ signals }) => (hasSignal(signals, 'gb45438.label.present') ? gbHeadline(signals) : undefined),
  },
  {
    ids: ['headline.gbEmpty'],
    when: 'A Chinese label with nothing in it.',
    find: ({ signals }) =>
      hasSignal(signals, 'gb45438.label.shell') ? message('headline.gbEmpty') : undefined,
  },
  {
    ids: ['headline.credit'],
    when: 'An IPTC credit line mentions AI.',
    find: ({ signals }) => creditHeadline(signals),
  },
  {
    ids: ['headline.labelUnknown'],
    when: 'An IPTC label with a value outside the standard.',
    find: ({ signals }) =>
      hasSignal(signals, 'iptc.digitalSourceType.unrecognised')
        ? message('headline.labelUnknown')
        : undefined,
  },
  {
    ids: ['headline.proofBroken'],
    when: 'A generator’s signature does not fit the pixels.',
    find: brokenProofHeadline,
  },
  {
    ids: ['headline.openTrace'],
    when: 'A trace of a generator that does not show how the content was made.',
    find: openTraceHeadline,
  },
  {
    ids: ['headline.holdsAi', 'headline.holdsStating', 'headline.holdsContradictory'],
    when: 'Parts inside the file state something themselves.',
    find: insideHeadline,
  },
  {
    ids: ['headline.text'],
    when: 'Unsigned text in the file mentions AI.',
    find: textHeadline,
  },
  {
    ids: ['headline.camera'],
    when: 'Unsigned data names a camera or recorder, and everything was read.',
    find: cameraHeadline,
  },
  {
    ids: ['headline.visibleStar', 'headline.visibleText'],
    when: 'A visible mark resembles the star of Gemini, or words in a corner read like an AI notice.',
    find: visibleMarkHeadline,
  },
  {
    ids: ['headline.carriesTrace', 'headline.writtenBy'],
    when: 'A trace of a platform or an editor, or the name of an encoder, and everything was read.',
    find: (facts) =>
      facts.coverage.state === 'complete' ? (traceHeadline(facts) ?? encoderHeadline(facts)) : undefined,
  },
  {
    ids: ['headline.holds'],
    when: 'A container whose parts were all read and state nothing.',
    find: holdsHeadline,
  },
  {
    ids: ['headline.nothing'],
    when: 'Everything was read, and nothing was found.',
    find: ({ coverage }) => (coverage.state === 'complete' ? message('headline.nothing') : undefined),
  },
  {
    ids: ['headline.segmentAlone'],
    when: 'A segment of a stream without its initialisation file.',
    find: ({ coverage }) => (isSegmentAlone(coverage) ? message('headline.segmentAlone') : undefined),
  },
  {
    ids: ['headline.partlyUnread', 'headline.cutOffEnd'],
    when: 'A part of the file was not read, or its end is missing.',
    find: ({ coverage, cutOff }) =>
      coverage.state === 'partial'
        ? message(cutOff === undefined ? 'headline.partlyUnread' : 'headline.cutOffEnd')
        : undefined,
  },
  {
    ids: ['headline.notLookedInto', 'headline.plainText'],
    when: 'A known format that is not read, or text whose name says nothing else.',
    find: ({ asset, signals }) => {
      const { format } = asset.mediaType;
      if (format === UNKNOWN_MEDIA_TYPE.format) return undefined;
      if (format !== TEXT_MEDIA_TYPE.format) return message('headline.notLookedInto', { format });
      return hasSignal(signals, 'file.mediaTypeMismatch') ? undefined : message('headline.plainText');
    },
  },
  {
    ids: ['headline.notMedia', 'headline.unrecognised'],
    when: 'An unknown format.',
    find: ({ signals }) => unknownFormatHeadline(signals),
  },
];

/** Returns the headline of the first row that fits. */
export function buildHeadline(facts: Facts, decided: DecidedOrigin): Message {
  for (const { find } of HEADLINES) {
    const headline = find(facts, decided);
    if (headline !== undefined) return headline;
  }
  return unknownFormatHeadline(facts.signals);
}

/** A missing end outranks "changed": the signature cannot fit such a copy. */
function cutOffHeadline(facts: Facts): Message | undefined {
  if (facts.cutOff?.isMostMissing) return message('headline.cutOff');
  return isAltered(facts.credentials) && findCause(facts) === 'end'
    ? message('headline.cutOffEnd')
    : undefined;
}

/** The name comes from a certificate in the file; it does not say who made the changes. */
function brokenHeadline(credentials: ContentCredentials): Message | undefined {
  if (!isAltered(credentials) || !isSignatureBroken(credentials)) return undefined;
  const signer = signerMessage(findFileSigner(credentials));
  return signer === undefined
    ? message('headline.signatureBroken')
    : message('headline.signatureBrokenOf', { signer });
}

const isAltered = ({ presence, integrity }: ContentCredentials): boolean =>
  presence === 'present' && integrity === 'altered';

function alteredHeadline(facts: Facts): Message | undefined {
  const { credentials } = facts;
  if (!isAltered(credentials)) return undefined;
  const signer = signerMessage(findFileSigner(credentials));
  const what = findCause(facts) === 'other' ? 'credentials' : 'other';
  return signer === undefined
    ? message('headline.altered', { what })
    : message('headline.alteredSince', { what, signer });
}

/** Names what decides the origin and what excludes it; where both are strong, neither decides. */
function contradictoryHeadline(facts: Facts, decided: DecidedOrigin): Message | undefined {
  if (!isContradicted(facts, decided)) return undefined;
  const { kind } = facts.asset.mediaType;
  return message('headline.contradictory', { ai: contradictedClaim(facts, decided), kind });
}

function contradictedClaim(
  facts: Facts,
  { origin, by }: DecidedOrigin,
): 'stated' | 'unconfirmed' | 'label' | 'trace' | 'captured' | 'other' {
  if (origin === 'contradictory') return 'other';
  if (origin === 'captured') return 'captured';
  if (by === undefined) return unconfirmedSigner(facts) === undefined ? 'stated' : 'unconfirmed';
  return by.backing === 'inferred' ? 'trace' : 'label';
}

const hasOrigin = ({ origin }: DecidedOrigin): boolean =>
  origin !== 'contradictory' && origin !== 'none' && origin !== 'unknown';

/** Returns the headline of the credentials' statement if it decides the origin. */
function statedHeadline(
  facts: Facts,
  decided: DecidedOrigin,
  find: (declared: Declared, facts: Facts) => Message | undefined,
): Message | undefined {
  const { declared } = facts;
  return decided.by === undefined && declared !== undefined && hasOrigin(decided)
    ? find(declared, facts)
    : undefined;
}

/** Message parameters for a named tool, or for none. */
const toolParams = (tool: Message | undefined): { by: 'other' | 'tool'; tool: Message } =>
  tool === undefined ? { by: 'other', tool: message('text.asWritten', { text: '' }) } : { by: 'tool', tool };

/** A signer whom no list confirms is named instead of the tool. */
function statementParams(tool: Message | undefined, facts: Facts) {
  const signer = unconfirmedSigner(facts);
  return signer === undefined ? toolParams(tool) : ({ by: 'unconfirmed', tool: signer } as const);
}

/**
 * Returns the quoted name of the signer of the statement if no list confirms it: the signer of the file, or else the
 * signer of the earlier credentials that hold the statement.
 */
function unconfirmedSigner({ credentials, declared }: Facts): Message | undefined {
  const file = findFileSigner(credentials);
  const signer = file?.isConfirmed ? findStatementSigner(declared, credentials) : file;
  return signer?.isConfirmed ? undefined : signerMessage(signer);
}

function declaredAiHeadline(declared: Declared, facts: Facts): Message | undefined {
  const { origin, where } = declared;
  if (origin !== 'ai-generated' && origin !== 'ai-edited') return undefined;
  const { what, by } = declaredParams(declared, facts);
  if (origin === 'ai-generated') return message('headline.generated', { what, ...by });
  return where === 'component'
    ? message('headline.partGenerated', by)
    : message('headline.edited', { what, ...by });
}

function declaredCaptureHeadline(declared: Declared, facts: Facts): Message | undefined {
  if (declared.origin !== 'captured') return undefined;
  const { kind } = facts.asset.mediaType;
  return message('headline.captured', { kind, ...declaredParams(declared, facts).by });
}

function declaredParams(declared: Declared, facts: Facts) {
  const { credentials, signals } = facts;
  const { isEarlier, from, tool } = toDeclaredStatement(declared, { credentials, signals });
  const named =
    from === undefined
      ? (tool ?? statedBy(declared, credentials))
      : earlierSignerParams(declared, from, tool);
  return { what: isEarlier ? 'earlier' : 'this', by: statementParams(named, facts) } as const;
}

/** Returns the signer of the statement if a list vouches for the name, for use if no tool is named. */
function statedBy({ where, signedBy }: Declared, credentials: ContentCredentials): Message | undefined {
  const signer = findFileSigner(credentials);
  const isOwn = where === 'this' || signedBy === 'same';
  return isOwn && signer?.isConfirmed ? signerMessage(signer) : undefined;
}

/** For a camera, a listed maker is more informative than a quoted name. */
function earlierSignerParams(
  { origin }: Declared,
  signer: SignerRef,
  tool: Message | undefined,
): Message | undefined {
  const maker = signer.isConfirmed ? signerMessage(signer) : undefined;
  return origin === 'captured' ? (maker ?? tool) : (tool ?? maker);
}

/** Terms with headlines of their own; AI and captures are handled separately. */
const TERMS = [
  'digitalArt',
  'screenCapture',
  'composite',
  'compositeCapture',
  'algorithmicMedia',
  'algorithmicallyEnhanced',
  'dataDrivenMedia',
  'digitalCreation',
  'humanEdits',
  'minorHumanEdits',
  'softwareImage',
  'negativeFilm',
  'positiveFilm',
  'print',
  'empty',
  'virtualRecording',
] as const;

function termHeadline(who: 'says' | 'label', term: string | undefined, facts: Facts): Message {
  const signer = who === 'says' ? unconfirmedSigner(facts) : undefined;
  return message('headline.term', {
    who: who === 'label' ? 'label' : signer === undefined ? 'other' : 'unconfirmed',
    signer: signer ?? message('text.asWritten', { text: '' }),
    term: TERMS.find((one) => one === term) ?? 'other',
    kind: facts.asset.mediaType.kind === 'image' ? 'image' : 'other',
  });
}

/** Signal that decides the origin. */
interface Decision {
  row: ReturnType<typeof signalRowOf>;
  origin: DecidedOrigin['origin'];
  isAi: boolean;
  work: 'edited' | 'made';
  tool: Message | undefined;
  signals: readonly Signal[];
  facts: Facts;
}

/** Makes a row's condition from one about the signal that decides the origin. */
function decidedBy(find: (decision: Decision) => Message | undefined): HeadlineRow['find'] {
  return (facts, decided) => {
    const { by, origin } = decided;
    if (by === undefined || !hasOrigin(decided)) return undefined;
    return find({
      row: signalRowOf(by.id),
      origin,
      isAi: origin === 'ai-generated' || origin === 'ai-edited',
      work: origin === 'ai-edited' ? 'edited' : 'made',
      tool: toolOf(by, facts.origins),
      signals: facts.signals,
      facts,
    });
  };
}

function iptcHeadline({ row, isAi, origin, work, facts }: Decision): Message | undefined {
  if (row.maker !== 'iptc' && row.maker !== 'iptc-credit') return undefined;
  if (isAi) return message('headline.label', { work, ...toolParams(findLabelTool(facts)) });
  return origin === 'captured' ? message('headline.labelCaptured') : termHeadline('label', row.term, facts);
}

/** A label without a name may be accompanied by an AI system's name in the maker's own text, or by its trace. */
function findLabelTool({ signals, origins }: Facts): Message | undefined {
  const system = signals.find(
    ({ id, value }) => signalRowOf(id).decides === 'iptc-system' && value !== undefined,
  );
  if (system?.value !== undefined) return quoteName(system.value);
  const traced = signals.find((one) => origins.originOf(one)?.source === 'generator' && origins.toolOf(one));
  const tool = traced && origins.toolOf(traced);
  return tool === undefined ? undefined : shortToolMessage(tool);
}

const GB_READINGS = ['generated', 'possible', 'suspected'] as const;

function gbReading(signals: readonly Signal[]): (typeof GB_READINGS)[number] | 'other' {
  return GB_READINGS.find((one) => signals.some(({ id }) => id === `gb45438.label.${one}`)) ?? 'other';
}

/** Names the producer if our table has its code. */
function gbHeadline(signals: readonly Signal[]): Message {
  const producer = signals.find(({ id }) => id === 'gb45438.element.contentProducer')?.value;
  return message('headline.gb', {
    label: gbReading(signals),
    ...toolParams(findProducerName(signals, producer)),
  });
}

function statementsUnreadHeadline(credentials: ContentCredentials): Message {
  const signer = signerMessage(findFileSigner(credentials));
  return signer === undefined
    ? message('headline.statementsUnread')
    : message('headline.statementsUnreadOf', {
        standing: findFileSigner(credentials)?.isConfirmed ? 'listed' : 'other',
        signer,
      });
}

/** A signer whom no list confirms outweighs the steps, and is named instead of the program. */
function editsHeadline(credentials: ContentCredentials): Message | undefined {
  const signer = findFileSigner(credentials);
  if (credentials.presence !== 'present' || signer?.isConfirmed === false) return undefined;
  const active = findActiveManifest(credentials);
  const edits = active?.actions.some((one) => isEditorial(one) && !isWatermarkStep(one)) ?? false;
  if (!edits || active?.claimGenerator === undefined) return undefined;
  if (isC2paLibrary(active.claimGenerator)) return undefined;
  const tool = toolNameMessage(active.claimGenerator, credentials);
  // A quoted name, or one with its maker, may be long, so the text has a shorter variant.
  const isLong = tool.id === 'text.quoted' || tool.id === 'text.toolBy';
  return message('headline.recordedEdits', { tool, name: isLong ? 'other' : 'known' });
}

function markHeadline(credentials: ContentCredentials): Message | undefined {
  const signer = findFileSigner(credentials);
  const name = signer?.isConfirmed ? signerMessage(signer) : undefined;
  const marks = findActiveManifest(credentials)?.actions.some(isWatermarkStep) ?? false;
  return name !== undefined && marks && credentials.presence === 'present'
    ? message('headline.markOnly', { signer: name })
    : undefined;
}

function signedHeadline(credentials: ContentCredentials): Message | undefined {
  if (credentials.presence !== 'present') return undefined;
  const signer = signerMessage(findFileSigner(credentials));
  return signer === undefined
    ? message('headline.credentials')
    : message('headline.signed', { standing: signerStanding(credentials), signer });
}

/** Words for the standing; the file's own signer is never `unstated` if it has a name. */
const STANDING_WORDS = {
  listed: 'listed',
  expired: 'listed',
  'term-unknown': 'listed',
  unlisted: 'unlisted',
  revoked: 'revoked',
  outside: 'outside',
  'not-yet-valid': 'notYet',
  'not-bound': 'notBound',
  'not-checked': 'notChecked',
  unstated: 'notChecked',
} as const satisfies Record<SignerStanding, string>;

function signerStanding(credentials: ContentCredentials) {
  const { standing = 'unstated' } = findFileSigner(credentials) ?? {};
  const isNoList = isNoListReason(credentials.signer?.messages?.trustReason);
  return standing === 'not-checked' && isNoList ? 'noList' : STANDING_WORDS[standing];
}

function textHeadline({ signals }: Facts): Message | undefined {
  const text = findAiText(signals);
  return text === undefined ? undefined : message('headline.text', { words: quoteText(text) });
}

/** An incomplete reading outweighs a camera's name, which says nothing about the origin. */
function cameraHeadline({ signals, origins, asset, coverage }: Facts): Message | undefined {
  const name = coverage.state === 'complete' ? findDevice(signals, origins) : undefined;
  return name === undefined
    ? undefined
    : message('headline.camera', { kind: asset.mediaType.kind === 'audio' ? 'audio' : 'other', name });
}

function traceHeadline({ signals, origins }: Facts): Message | undefined {
  const editors = findEditors(signals, origins).map(({ tool }) => tool);
  const [tool] = [...findPlatforms(signals, origins, 'inside'), ...editors];
  return tool && message('headline.carriesTrace', { tool });
}

/** The names `Lavc` and x264 mean an encoder; `Lavf` only wrote the file and may have copied encoded streams. */
function encoderHeadline({ signals, origins }: Facts): Message | undefined {
  const encoder = signals.find(({ id }) => id === 'editor.ffmpeg' || id === 'editor.x264');
  const tool = encoder && origins.toolOf(encoder);
  if (encoder === undefined || tool === undefined) return undefined;
  const library = /^Lav[fc]/.exec(encoder.value ?? '')?.[0];
  return message('headline.writtenBy', {
    how: library === 'Lavc' || encoder.id === 'editor.x264' ? 'encoded' : 'other',
    tool: message('text.asWritten', { text: library === undefined ? tool : `${tool} (${library})` }),
  });
}

/** Names the file as the container of parts that state something themselves. */
function insideHeadline({ inside }: Facts): Message | undefined {
  const { count, kind, ai, work, how, stating, contradictory } = inside;
  if (ai > 0) return message('headline.holdsAi', { count, kind, ai, work, how });
  if (stating > 0) return message('headline.holdsStating', { count, kind, stating });
  return contradictory > 0
    ? message('headline.holdsContradictory', { count, kind, contradictory })
    : undefined;
}

function holdsHeadline({ inside, asset, coverage }: Facts): Message | undefined {
  const { count, kind, unread, whole } = inside;
  return isContainerFile(asset) && count > 0 && unread === 0 && whole && coverage.state === 'complete'
    ? message('headline.holds', { count, kind })
    : undefined;
}

const hasSignal = (signals: readonly Signal[], id: SignalId): boolean => signals.some((one) => one.id === id);

function creditHeadline(signals: readonly Signal[]): Message | undefined {
  const credit = signals.find(isCreditLine);
  return credit?.value === undefined
    ? undefined
    : message('headline.credit', { words: quoteName(credit.value) });
}

function brokenProofHeadline({ signals, origins }: Facts): Message | undefined {
  const broken = signals.find(({ id }) => signalRowOf(id).trace === 'proof-broken');
  return broken && message('headline.proofBroken', toolParams(toolOf(broken, origins)));
}

function openTraceHeadline({ signals, origins }: Facts): Message | undefined {
  const open = signals.find(({ id, grade }) => signalRowOf(id).maker === 'generator' && grade !== 'C');
  const tool = open && toolOf(open, origins);
  return tool === undefined ? undefined : message('headline.openTrace', { tool });
}

function toolOf(signal: Signal, origins: Facts['origins']): Message | undefined {
  const name = toolNameOf(signal, origins);
  return name === undefined ? undefined : shortToolMessage(name);
}

function unknownFormatHeadline(signals: readonly Signal[]): Message {
  const named = signals.find(({ id }) => id === 'file.mediaTypeMismatch')?.messages?.value?.params?.[
    'stated'
  ];
  const stated = formatMessage(named);
  return stated === undefined ? message('headline.unrecognised') : message('headline.notMedia', { stated });
}

function visibleMarkHeadline({ signals }: Facts): Message | undefined {
  if (hasSignal(signals, 'visible.star')) return message('headline.visibleStar');
  return hasSignal(signals, 'visible.text') ? message('headline.visibleText') : undefined;
}
