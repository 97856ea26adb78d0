import { shortenName } from '../../base/quoted.js';
import { type Message, message } from '../../i18n/message.js';
import { UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import type { ContentCredentials, Declared } from '../report/report.js';
import type { Signal, SignalId } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import { isWatermarkStep } from '../signatures/c2pa-watermark-edits.js';
import { isSignatureBroken, mentionsAi } from './four-facts.js';
import { isContainerFile } from './inside-counts.js';
import { findCause } from './sentence/altered.js';
import { toDeclaredStatement } from './sentence/declared.js';
import type { DecidedOrigin, Facts } from './sentence/facts.js';
import { findProducerName } from './sentence/labels.js';
import { findDevice, formatMessage } from './sentence/metadata.js';
import { type EarlierSigner, isListed, LISTED_STANDINGS, signerMessage } from './sentence/signer.js';
import { BEGIN_ACTIONS, toolNameMessage } from './sentence/steps.js';
import { toolNameOf } from './sentence/traces.js';
import { isSegmentAlone } from './sentence/unread.js';
import { findAiText, quoteText } from './sentence-texts.js';
import { quoteName, shortToolMessage } from './terms.js';

/**
 * Headline, read first: one line of at most 12 words, with the claim first, quotable alone. A name from the file
 * appears without quotation marks only if it is in our table and a listed signer, or its maker's own label, states it.
 */

export function buildHeadline(facts: Facts, decided: DecidedOrigin): Message {
  return (
    unreadHeadline(facts) ??
    alteredHeadline(facts) ??
    claimHeadline(facts, decided) ??
    credentialsHeadline(facts) ??
    silentHeadline(facts)
  );
}

function unreadHeadline({ asset, notRead, late, cutOff }: Facts): Message | undefined {
  if (asset.bytes === 0) return message('headline.emptyFile');
  if (notRead !== undefined)
    return late === undefined ? message('headline.unreadFile') : message('headline.notFinished');
  return cutOff?.isMostMissing ? message('headline.cutOff') : undefined;
}

/** The name comes from a certificate in the file; it does not say who made the changes. */
function alteredHeadline(facts: Facts): Message | undefined {
  const { credentials } = facts;
  const { presence, integrity } = credentials;
  if (presence !== 'present' || integrity !== 'altered') return undefined;
  const signer = signerMessage(credentials);
  if (isSignatureBroken(credentials))
    return signer === undefined
      ? message('headline.signatureBroken')
      : message('headline.signatureBrokenOf', { signer });
  const what = findCause(facts) === 'other' ? 'credentials' : 'other';
  return signer === undefined
    ? message('headline.altered', { what })
    : message('headline.alteredSince', { what, signer });
}

function claimHeadline(facts: Facts, { origin, by }: DecidedOrigin): Message | undefined {
  if (origin === 'contradictory') return message('headline.contradictory');
  if (origin === 'none' || origin === 'unknown') return undefined;
  const { declared } = facts;
  return by === undefined ? declared && declaredHeadline(declared, facts) : signalHeadline(by, origin, facts);
}

/** Message parameters for a named tool, or for none. */
const toolParams = (tool: Message | undefined): { by: 'other' | 'tool'; tool: Message } =>
  tool === undefined ? { by: 'other', tool: message('text.asWritten', { text: '' }) } : { by: 'tool', tool };

function declaredHeadline(declared: Declared, facts: Facts): Message {
  const { credentials, signals, asset } = facts;
  const { origin, where, term, editedAfterCapture } = declared;
  const { isEarlier: earlier, from, tool } = toDeclaredStatement(declared, { credentials, signals });
  const { kind } = asset.mediaType;
  const what = earlier ? 'earlier' : 'this';
  const by =
    from === undefined
      ? (tool ?? statedBy(declared, credentials))
      : earlierSignerParams(declared, from, tool);
  switch (origin) {
    case 'ai-generated':
      return message('headline.generated', { what, ...toolParams(by) });
    case 'ai-edited':
      return where === 'component'
        ? message('headline.partGenerated', toolParams(by))
        : message('headline.edited', { what, ...toolParams(by) });
    case 'captured':
      return message('headline.captured', { kind, ...toolParams(by) });
    default:
      return editedAfterCapture ? message('headline.capturedThenEdited') : termHeadline('says', term, facts);
  }
}

/** Returns the signer of the statement if a list vouches for the name, for use if no tool is named. */
function statedBy({ where, signedBy }: Declared, credentials: ContentCredentials): Message | undefined {
  const { signer, integrity } = credentials;
  const isOwn = where === 'this' || signedBy === 'same';
  const isKnown = integrity === 'intact' && signer !== undefined && isListed(signer.trust);
  return isOwn && isKnown ? signerMessage(credentials) : undefined;
}

/** For a camera, a listed maker is more informative than a quoted name. */
function earlierSignerParams(
  { origin }: Declared,
  { name, standing }: EarlierSigner,
  tool: Message | undefined,
): Message | undefined {
  const maker =
    name !== undefined && LISTED_STANDINGS.has(standing)
      ? message('text.asWritten', { text: shortenName(name) })
      : undefined;
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

const termHeadline = (who: 'says' | 'label', term: string | undefined, { asset }: Facts): Message =>
  message('headline.term', {
    who: who === 'label' ? 'label' : 'other',
    term: TERMS.find((one) => one === term) ?? 'other',
    kind: asset.mediaType.kind === 'image' ? 'image' : 'other',
  });

function signalHeadline(by: Signal, origin: DecidedOrigin['origin'], facts: Facts): Message | undefined {
  const { signals, origins } = facts;
  const row = signalRowOf(by.id);
  const work = origin === 'ai-edited' ? 'edited' : 'made';
  const known = toolNameOf(by, origins);
  const tool = known === undefined ? undefined : shortToolMessage(known);
  if (row.maker === 'gb45438') return gbHeadline(signals);
  if (row.maker === 'platform-label') return message('headline.platformLabel', { ...toolParams(tool), work });
  if (row.maker === 'iptc' || row.maker === 'iptc-credit') {
    if (origin === 'ai-generated' || origin === 'ai-edited')
      return message('headline.label', { work, ...toolParams(findLabelTool(facts)) });
    return origin === 'captured' ? message('headline.labelCaptured') : termHeadline('label', row.term, facts);
  }
  if (row.trace === 'proof-holds') return message('headline.proof', toolParams(tool));
  if (row.decides === 'watermark') return message('headline.watermark', toolParams(tool));
  if (origin === 'ai-generated' || origin === 'ai-edited') return message('headline.trace', toolParams(tool));
  return undefined;
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

function credentialsHeadline({
  credentials,
  hasStore: storeSeen,
  isOldForm: oldForm,
  signals,
}: Facts): Message | undefined {
  const { presence, manifests = [], activeManifest, bytesFaultMissing = [] } = credentials;
  if (presence === 'remote') return message('headline.remote');
  if (presence === 'unreadable') {
    if (oldForm) return message('headline.oldForm');
    return storeSeen ? message('headline.unreadable') : undefined;
  }
  if (presence !== 'present') return undefined;
  const signer = signerMessage(credentials);
  if (bytesFaultMissing.includes('statements'))
    return signer === undefined
      ? message('headline.statementsUnread')
      : message('headline.statementsUnreadOf', { signer });
  if (mentionsAi(signals)) return message('headline.speaksOfAi');
  const active = manifests.find(({ label }) => label === activeManifest);
  const edits =
    active?.actions.some((one) => !BEGIN_ACTIONS.has(one.action) && !isWatermarkStep(one)) ?? false;
  if (edits && active?.claimGenerator !== undefined) {
    const tool = toolNameMessage(active.claimGenerator, credentials);
    // A quoted name may be long, so the text has a shorter variant.
    return message('headline.recordedEdits', { tool, name: tool.id === 'text.quoted' ? 'other' : 'known' });
  }
  return signer === undefined ? message('headline.credentials') : message('headline.signed', { signer });
}

/** A label that decides nothing is still the file's statement about AI, and the same holds for a trace of a tool. */
function silentHeadline(facts: Facts): Message {
  return (
    labelHeadline(facts) ??
    openTraceHeadline(facts) ??
    insideHeadline(facts) ??
    textHeadline(facts) ??
    cameraHeadline(facts) ??
    holdsHeadline(facts) ??
    unfoundHeadline(facts)
  );
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

function labelHeadline({ signals }: Facts): Message | undefined {
  const has = (id: SignalId) => signals.some((one) => one.id === id);
  if (has('gb45438.label.present')) return gbHeadline(signals);
  if (has('gb45438.label.shell')) return message('headline.gbEmpty');
  const credit = signals.find(
    ({ id, value }) => signalRowOf(id).maker === 'iptc-credit' && value !== undefined,
  );
  if (credit?.value !== undefined) return message('headline.credit', { words: quoteName(credit.value) });
  return has('iptc.digitalSourceType.unrecognised') ? message('headline.labelUnknown') : undefined;
}

/** Reports a generator's trace that does not show how the content was made. */
function openTraceHeadline({ signals, origins }: Facts): Message | undefined {
  const broken = signals.find(({ id }) => signalRowOf(id).trace === 'proof-broken');
  if (broken !== undefined) return message('headline.proofBroken', toolParams(toolOf(broken, origins)));
  const open = signals.find(({ id, grade }) => signalRowOf(id).maker === 'generator' && grade !== 'C');
  const tool = open && toolOf(open, origins);
  return tool === undefined ? undefined : message('headline.openTrace', { tool });
}

function toolOf(signal: Signal, origins: Facts['origins']): Message | undefined {
  const name = toolNameOf(signal, origins);
  return name === undefined ? undefined : shortToolMessage(name);
}

function unfoundHeadline({ coverage, asset, signals, cutOff }: Facts): Message {
  if (coverage.state === 'complete') return message('headline.nothing');
  if (isSegmentAlone(coverage)) return message('headline.segmentAlone');
  if (coverage.state === 'partial')
    return message(cutOff === undefined ? 'headline.partlyUnread' : 'headline.cutOffEnd');
  const { format } = asset.mediaType;
  if (format !== UNKNOWN_MEDIA_TYPE.format) return message('headline.notLookedInto', { format });
  const named = signals.find(({ id }) => id === 'file.mediaTypeMismatch')?.messages?.value?.params?.[
    'stated'
  ];
  const stated = formatMessage(named);
  return stated === undefined ? message('headline.unrecognised') : message('headline.notMedia', { stated });
}
