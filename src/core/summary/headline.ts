import { type Said, said } from '../../say/said.js';
import { plainName } from '../ground/quoted.js';
import { UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import type { ContentCredentials, Declared } from '../report/report.js';
import type { Signal, SignalId } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import { isMark } from '../signatures/c2pa-watermark-edits.js';
import { isSignatureBroken, speaksOfAi } from './four-facts.js';
import { isHolder } from './inside-counts.js';
import { causeOf } from './sentence-altered.js';
import { statedOf } from './sentence-declared.js';
import type { Decided, Facts } from './sentence-facts.js';
import { producerName } from './sentence-labels.js';
import { deviceIn, formatSaid } from './sentence-metadata.js';
import { type EarlierSigner, isListed, LISTED_STANDINGS, signerSaid } from './sentence-signer.js';
import { BEGINS, namedTool } from './sentence-steps.js';
import { textOfAi, wordsOf } from './sentence-texts.js';
import { nameOf } from './sentence-traces.js';
import { isSegmentAlone } from './sentence-unread.js';
import { nameQuoted, shortTool } from './terms.js';

/**
 * What a person reads first: one line of at most 12 words, the claim first, quotable alone. A name from the file stands
 * without quotation marks only where our table has it and a listed signer, or its maker's own label, states it.
 */

export function headline(facts: Facts, decided: Decided): Said {
  return (
    unreadHeadline(facts) ??
    alteredHeadline(facts) ??
    claimHeadline(facts, decided) ??
    credentialsHeadline(facts) ??
    silentHeadline(facts)
  );
}

function unreadHeadline({ asset, notRead, late, cutOff }: Facts): Said | undefined {
  if (asset.bytes === 0) return said('headline.emptyFile');
  if (notRead !== undefined)
    return late === undefined ? said('headline.unreadFile') : said('headline.notFinished');
  return cutOff?.most ? said('headline.cutOff') : undefined;
}

/** The name is the one in a certificate that came with the file: of whose making the rest is, it does not say. */
function alteredHeadline(facts: Facts): Said | undefined {
  const { credentials } = facts;
  const { presence, integrity } = credentials;
  if (presence !== 'present' || integrity !== 'altered') return undefined;
  const signer = signerSaid(credentials);
  if (isSignatureBroken(credentials))
    return signer === undefined
      ? said('headline.signatureBroken')
      : said('headline.signatureBrokenOf', { signer });
  const what = causeOf(facts) === 'other' ? 'credentials' : 'other';
  return signer === undefined
    ? said('headline.altered', { what })
    : said('headline.alteredSince', { what, signer });
}

function claimHeadline(facts: Facts, { origin, by }: Decided): Said | undefined {
  if (origin === 'contradictory') return said('headline.contradictory');
  if (origin === 'none' || origin === 'unknown') return undefined;
  const { declared } = facts;
  return by === undefined ? declared && declaredHeadline(declared, facts) : signalHeadline(by, origin, facts);
}

/** A tool that is named, or none. */
const made = (tool: Said | undefined): { by: 'other' | 'tool'; tool: Said } =>
  tool === undefined ? { by: 'other', tool: said('text.asWritten', { text: '' }) } : { by: 'tool', tool };

function declaredHeadline(declared: Declared, facts: Facts): Said {
  const { credentials, signals, asset } = facts;
  const { origin, where, term, editedAfterCapture } = declared;
  const { earlier, from, tool } = statedOf(declared, { credentials, signals });
  const { kind } = asset.mediaType;
  const what = earlier ? 'earlier' : 'this';
  const by = from === undefined ? (tool ?? statedBy(declared, credentials)) : byEarlier(declared, from, tool);
  switch (origin) {
    case 'ai-generated':
      return said('headline.generated', { what, ...made(by) });
    case 'ai-edited':
      return where === 'component'
        ? said('headline.partGenerated', made(by))
        : said('headline.edited', { what, ...made(by) });
    case 'captured':
      return said('headline.captured', { kind, ...made(by) });
    default:
      return editedAfterCapture ? said('headline.capturedThenEdited') : termHeadline('says', term, facts);
  }
}

/** Where no tool is named: who signed the statement, if a list vouches for the name. */
function statedBy({ where, signedBy }: Declared, credentials: ContentCredentials): Said | undefined {
  const { signer, integrity } = credentials;
  const isOwn = where === 'this' || signedBy === 'same';
  const isKnown = integrity === 'intact' && signer !== undefined && isListed(signer.trust);
  return isOwn && isKnown ? signerSaid(credentials) : undefined;
}

/** A maker whom a list has says more of a camera than a name in quotation marks. */
function byEarlier(
  { origin }: Declared,
  { name, standing }: EarlierSigner,
  tool: Said | undefined,
): Said | undefined {
  const maker =
    name !== undefined && LISTED_STANDINGS.has(standing)
      ? said('text.asWritten', { text: plainName(name) })
      : undefined;
  return origin === 'captured' ? (maker ?? tool) : (tool ?? maker);
}

/** Terms that a headline has words of its own for; those of AI and of captures have headlines of theirs. */
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

const termHeadline = (who: 'says' | 'label', term: string | undefined, { asset }: Facts): Said =>
  said('headline.term', {
    who: who === 'label' ? 'label' : 'other',
    term: TERMS.find((one) => one === term) ?? 'other',
    kind: asset.mediaType.kind === 'image' ? 'image' : 'other',
  });

function signalHeadline(by: Signal, origin: Decided['origin'], facts: Facts): Said | undefined {
  const { signals, origins } = facts;
  const row = rowOf(by.id);
  const work = origin === 'ai-edited' ? 'edited' : 'made';
  const known = nameOf(by, origins);
  const tool = known === undefined ? undefined : shortTool(known);
  if (row.by === 'gb45438') return gbHeadline(signals);
  if (row.by === 'platform-label') return said('headline.platformLabel', { ...made(tool), work });
  if (row.by === 'iptc' || row.by === 'iptc-credit') {
    if (origin === 'ai-generated' || origin === 'ai-edited')
      return said('headline.label', { work, ...made(labelTool(facts)) });
    return origin === 'captured' ? said('headline.labelCaptured') : termHeadline('label', row.term, facts);
  }
  if (row.trace === 'proof-holds') return said('headline.proof', made(tool));
  if (row.decides === 'watermark') return said('headline.watermark', made(tool));
  if (origin === 'ai-generated' || origin === 'ai-edited') return said('headline.trace', made(tool));
  return undefined;
}

/** Beside a label that names nobody stands, at times, a system's name in the maker's own words, or its trace. */
function labelTool({ signals, origins }: Facts): Said | undefined {
  const system = signals.find(({ id, value }) => rowOf(id).decides === 'iptc-system' && value !== undefined);
  if (system?.value !== undefined) return nameQuoted(system.value);
  const traced = signals.find((one) => origins.of(one)?.source === 'generator' && origins.toolOf(one));
  const tool = traced && origins.toolOf(traced);
  return tool === undefined ? undefined : shortTool(tool);
}

const GB_READINGS = ['generated', 'possible', 'suspected'] as const;

function gbReading(signals: readonly Signal[]): (typeof GB_READINGS)[number] | 'other' {
  return GB_READINGS.find((one) => signals.some(({ id }) => id === `gb45438.label.${one}`)) ?? 'other';
}

/** With whom our table has for the producer’s code. */
function gbHeadline(signals: readonly Signal[]): Said {
  const producer = signals.find(({ id }) => id === 'gb45438.element.contentProducer')?.value;
  return said('headline.gb', { label: gbReading(signals), ...made(producerName(signals, producer)) });
}

function credentialsHeadline({ credentials, storeSeen, oldForm, signals }: Facts): Said | undefined {
  const { presence, manifests = [], activeManifest, bytesFaultMissing = [] } = credentials;
  if (presence === 'remote') return said('headline.remote');
  if (presence === 'unreadable') {
    if (oldForm) return said('headline.oldForm');
    return storeSeen ? said('headline.unreadable') : undefined;
  }
  if (presence !== 'present') return undefined;
  const signer = signerSaid(credentials);
  if (bytesFaultMissing.includes('statements'))
    return signer === undefined
      ? said('headline.statementsUnread')
      : said('headline.statementsUnreadOf', { signer });
  if (speaksOfAi(signals)) return said('headline.speaksOfAi');
  const active = manifests.find(({ label }) => label === activeManifest);
  const edits = active?.actions.some((one) => !BEGINS.has(one.action) && !isMark(one)) ?? false;
  if (edits && active?.claimGenerator !== undefined) {
    const tool = namedTool(active.claimGenerator, credentials);
    // A name of somebody's own making may be long.
    return said('headline.recordedEdits', { tool, name: tool.id === 'text.quoted' ? 'other' : 'known' });
  }
  return signer === undefined ? said('headline.credentials') : said('headline.signed', { signer });
}

/** A label that decides nothing is still what the file says of AI, and a trace of a tool is still one. */
function silentHeadline(facts: Facts): Said {
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

function textHeadline({ signals }: Facts): Said | undefined {
  const text = textOfAi(signals);
  return text === undefined ? undefined : said('headline.text', { words: wordsOf(text) });
}

/** Where part of the file was not read, that weighs more: a camera's name says nothing of the origin. */
function cameraHeadline({ signals, origins, asset, coverage }: Facts): Said | undefined {
  const name = coverage.state === 'complete' ? deviceIn(signals, origins) : undefined;
  return name === undefined
    ? undefined
    : said('headline.camera', { kind: asset.mediaType.kind === 'audio' ? 'audio' : 'other', name });
}

/** What stands inside speaks for itself: the file is named as what holds it. */
function insideHeadline({ inside }: Facts): Said | undefined {
  const { count, kind, ai, work, how, stating, contradictory } = inside;
  if (ai > 0) return said('headline.holdsAi', { count, kind, ai, work, how });
  if (stating > 0) return said('headline.holdsStating', { count, kind, stating });
  return contradictory > 0 ? said('headline.holdsContradictory', { count, kind, contradictory }) : undefined;
}

function holdsHeadline({ inside, asset, coverage }: Facts): Said | undefined {
  const { count, kind, unread, whole } = inside;
  return isHolder(asset) && count > 0 && unread === 0 && whole && coverage.state === 'complete'
    ? said('headline.holds', { count, kind })
    : undefined;
}

function labelHeadline({ signals }: Facts): Said | undefined {
  const has = (id: SignalId) => signals.some((one) => one.id === id);
  if (has('gb45438.label.present')) return gbHeadline(signals);
  if (has('gb45438.label.shell')) return said('headline.gbEmpty');
  const credit = signals.find(({ id, value }) => rowOf(id).by === 'iptc-credit' && value !== undefined);
  if (credit?.value !== undefined) return said('headline.credit', { words: nameQuoted(credit.value) });
  return has('iptc.digitalSourceType.unrecognised') ? said('headline.labelUnknown') : undefined;
}

/** Of a generator, and nothing follows of how the content was made. */
function openTraceHeadline({ signals, origins }: Facts): Said | undefined {
  const broken = signals.find(({ id }) => rowOf(id).trace === 'proof-broken');
  if (broken !== undefined) return said('headline.proofBroken', made(toolOf(broken, origins)));
  const open = signals.find(({ id, grade }) => rowOf(id).by === 'generator' && grade !== 'C');
  const tool = open && toolOf(open, origins);
  return tool === undefined ? undefined : said('headline.openTrace', { tool });
}

function toolOf(signal: Signal, origins: Facts['origins']): Said | undefined {
  const name = nameOf(signal, origins);
  return name === undefined ? undefined : shortTool(name);
}

function unfoundHeadline({ coverage, asset, signals, cutOff }: Facts): Said {
  if (coverage.state === 'complete') return said('headline.nothing');
  if (isSegmentAlone(coverage)) return said('headline.segmentAlone');
  if (coverage.state === 'partial')
    return said(cutOff === undefined ? 'headline.partlyUnread' : 'headline.cutOffEnd');
  const { format } = asset.mediaType;
  if (format !== UNKNOWN_MEDIA_TYPE.format) return said('headline.notLookedInto', { format });
  const named = signals.find(({ id }) => id === 'file.mediaTypeMismatch')?.said?.value?.params?.['stated'];
  const stated = formatSaid(named);
  return stated === undefined ? said('headline.unrecognised') : said('headline.notMedia', { stated });
}
