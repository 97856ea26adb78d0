import { createHash } from 'node:crypto';
import { fault, faultMessage, type ReadFault } from '../../base/fault.js';
import { compact } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import type { Message } from '../../i18n/message.js';
import { SIGNAL_ORIGINS } from '../detectors/signal-origins.js';
import {
  type AssetPart,
  type Evidence,
  type PartStatements,
  UnreadablePartError,
} from '../evidence/evidence.js';
import { Asset } from '../media/asset.js';
import { foundValue } from '../media/carrier.js';
import { isSystemFile, isText } from '../media/not-media.js';
import { startsWithSoundFrames } from '../media/sound-frames.js';
import type { ReadOptions } from '../report/analyze-options.js';
import type { Part, PartOutcome } from '../report/part-schema.js';
import type { Observation, PartObservation, WholeObservation } from '../report/report.js';
import { findFileSigner } from '../standing/signer.js';
import { notAnalyzedFault } from './not-looked-into.js';
import { withName } from './rename.js';

/**
 * Analyzes the parts inside a file. Each part is read like a file of its own and the outcome of its Report is
 * summarised. Number, depth, bytes and time are bounded over the file and everything nested in it; whatever a bound
 * leaves out is listed with the reason.
 */

/** Result of analyzing the parts; `parts` lacks the members that depend on the outer file's credentials. */
export interface PartsResult {
  parts: FoundPart[];
  observed: PartObservation[];
  /** Number of files of unknown kind that are not listed individually. */
  unknownKindCount: number;
  /** `evidence.parts` with the parts that were not analyzed marked. */
  read: Evidence['parts'];
}

export type FoundPart = Omit<Part, 'signed'>;

/** State of the analysis of a file's parts; nested parts draw on the same bounds. */
export interface PartsAnalysis {
  observe(asset: Asset, options: ReadOptions, looking: PartsAnalysis): Promise<WholeObservation>;
  budget: { parts: number; unpackedBytes: number; reportBytes: number };
  /** Number of part Reports left out for lack of room. */
  omittedReports: { parts: number };
  depth: number;
  /** Statements of the outer file about this part. */
  statements?: PartStatements | undefined;
  /**
   * Results by content key, so that equal bytes are read once. The name is applied afterwards, because each copy may
   * have its own.
   */
  resultsByKey: Map<string, KnownPart>;
}

interface KnownPart {
  observation: Observation;
  /** Part numbers start at 1, as in the Report of that part. */
  observed: PartsResult['observed'];
  /**
   * Set for bytes that were analyzed before: their parts are listed again, but nested Reports do not count against the
   * room a second time.
   */
  isRepeated?: true;
}

export const createPartsAnalysis = (observe: PartsAnalysis['observe']): PartsAnalysis => ({
  observe,
  budget: {
    parts: limits.analyzedParts,
    unpackedBytes: limits.unpackedPartsBytes,
    reportBytes: limits.partReportsBytes,
  },
  omittedReports: { parts: 0 },
  depth: 0,
  resultsByKey: new Map(),
});

export async function analyzeParts(
  asset: Asset,
  read: Evidence['parts'],
  options: ReadOptions,
  analysis: PartsAnalysis,
): Promise<PartsResult> {
  const found = foundValue(read) ?? [];
  const inside: PartsResult = { parts: [], observed: [], unknownKindCount: 0, read };
  const value: AssetPart[] = [];
  for (const part of found) {
    const before = inside.parts.length;
    if (part.kind === 'primary' || part.isIgnored) inside.parts.push(toFoundPart(part));
    else await analyzePart(part, inside, { asset, options, analysis });
    if (inside.parts.length > before) value.push(part);
  }
  if (read.status !== 'found') return 'value' in read ? { ...inside, read: { ...read, value } } : inside;
  const ofNoKind =
    inside.unknownKindCount > 0 ? fault('parts.ofNoKind', { count: inside.unknownKindCount }) : undefined;
  // The file only has containers that may hold media, and nothing in them was of a known kind.
  if (value.every(({ kind }) => kind === 'primary') && read.code === undefined && ofNoKind === undefined)
    return { ...inside, parts: [], read: { status: 'absent', ...(read.notes ? { notes: read.notes } : {}) } };
  const missed = inside.parts.filter((_part, at) => isMissed(inside.parts, at));
  if (read.code !== undefined || (missed.length === 0 && ofNoKind === undefined))
    return { ...inside, read: { ...read, value } };
  const unanalyzedFault = missed.length > 0 ? notAnalyzedFault(missed) : ofNoKind;
  const notes = missed.length > 0 && ofNoKind ? [...(read.notes ?? []), faultMessage(ofNoKind)] : read.notes;
  return { ...inside, read: { ...read, value, ...unanalyzedFault, ...(notes ? { notes } : {}) } };
}

/**
 * A label in the part would have been missed, at any depth. A part that is unknown only because of a nested part is
 * covered by that nested part.
 */
function isMissed(parts: readonly FoundPart[], at: number): boolean {
  const { kind, code, outcome } = parts[at] ?? {};
  if (kind === 'primary') return false;
  if (code !== undefined) return true;
  return (
    outcome?.origin === 'unknown' &&
    !parts.some(({ within }, inner) => within === at && isMissed(parts, inner))
  );
}

interface PartContext {
  asset: Asset;
  options: ReadOptions;
  analysis: PartsAnalysis;
}

async function analyzePart(part: AssetPart, inside: PartsResult, context: PartContext): Promise<void> {
  const { options, analysis: looking } = context;
  const closed = part.unreadable ?? exceededBound(part, context);
  if (closed !== undefined) {
    inside.parts.push(toUnreadablePart(part, closed));
    return;
  }
  looking.budget.parts -= 1;
  options.onStep?.({ step: 'inside', state: 'start' });
  try {
    const bytes = await openPart(part, context);
    const { mediaType } = bytes;
    const isKnown = await isOfKnownKind(bytes, part);
    if (!isKnown && part.isListedIfKnown && !(await isListedUnknown(bytes, part, inside)))
      looking.budget.parts += 1;
    else if (!isKnown)
      inside.parts.push(
        toUnreadablePart(part, fault('carrier.notRead', { what: 'format', format: mediaType.format })),
      );
    else addPart(part, bytes, await observePart(part, bytes, context), inside, context);
  } catch (error) {
    inside.parts.push(toUnreadablePart(part, partFault(error)));
  } finally {
    options.onStep?.({ step: 'inside', state: 'end' });
  }
}

/** In containers for any file, the two sync bytes alone do not make MP3 or AAC: many texts begin with them too. */
async function isOfKnownKind(asset: Asset, { isListedIfKnown: ifKnown }: AssetPart): Promise<boolean> {
  const { container } = asset.mediaType;
  if (!ifKnown || (container !== 'mp3' && container !== 'aac')) return container !== 'other';
  return startsWithSoundFrames(await asset.read(0, limits.sniffBytes));
}

/**
 * Archives hold any file. A file of unknown kind is listed if its name is that of a medium; other files are only
 * counted.
 */
async function isListedUnknown(
  asset: Asset,
  { hasMediaName: called, isCountedIfUnknown: counted }: AssetPart,
  inside: Pick<PartsResult, 'unknownKindCount'>,
): Promise<boolean> {
  if (!called && !counted) return false;
  const head = await asset.read(0, limits.sniffBytes);
  if (isSystemFile(head)) return false;
  if (!called && !isText(head)) inside.unknownKindCount += 1;
  return called === true;
}

/** A fault of one part does not affect others. Errors of the disk are rethrown, because they are not the part's fault. */
function partFault(error: unknown): ReadFault {
  if (error instanceof UnreadablePartError) return error.fault;
  if (error instanceof Error && 'syscall' in error) throw error;
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return fault('reader.error', { words: words.split('\n')[0] ?? '' });
}

/** Returns the bound that prevents this part, or every further one, from being analyzed. */
function exceededBound(part: AssetPart, { options, analysis: looking }: PartContext): ReadFault | undefined {
  if (options.insideFault !== undefined) return options.insideFault;
  if (looking.depth >= limits.partDepth) return fault('bound.partDepth', { most: limits.partDepth });
  if (looking.budget.parts <= 0) return fault('bound.partsLookedInto', { most: limits.analyzedParts });
  if (part.unpack === undefined && part.bytes > limits.partBytes)
    return fault('bound.partBytes', { most: limits.partBytes });
  if (part.unpack !== undefined && looking.budget.unpackedBytes <= 0)
    return fault('bound.unpackedParts', { most: limits.unpackedPartsBytes });
  return options.hasTime?.() === false ? fault('bound.partsTime') : undefined;
}

async function openPart(part: AssetPart, { asset, analysis: looking }: PartContext): Promise<Asset> {
  if (part.unpack === undefined) return asset.part(part.offset, part.bytes, part.codedType);
  const max = Math.min(limits.unpackedPartBytes, looking.budget.unpackedBytes);
  const content = await part.unpack(max);
  looking.budget.unpackedBytes -= content.length;
  return Asset.fromBytes(content, part.codedType);
}

/** Steps of the part are not reported, so a crash is attributed to the `inside` step. */
async function observePart(
  part: AssetPart,
  bytes: Asset,
  { options, analysis: looking }: PartContext,
): Promise<KnownPart> {
  const stated = await part.readStatements?.();
  const key = partKey(await bytes.sha256(), stated);
  const known = looking.resultsByKey.get(key);
  if (known !== undefined) return withPartName({ ...known, isRepeated: true }, part);
  const {
    onStep: _,
    onConcluded: __,
    onManifestStore: ________,
    evidence: ___,
    collectsTrust: ____,
    sidecarPath: _____,
    initPath: ______,
    skip: _______,
    ...rest
  } = options;
  const { parts, ...observation } = await looking.observe(bytes, rest, {
    ...looking,
    depth: looking.depth + 1,
    statements: stated,
  });
  const fresh: KnownPart = { observation, observed: parts ?? [] };
  looking.resultsByKey.set(key, fresh);
  return withPartName(fresh, part);
}

/**
 * The key includes the statements about the part: the file may state one origin for a picture in one place and another
 * elsewhere.
 */
function partKey(sha256: string, stated: PartStatements | undefined): string {
  if (stated === undefined) return sha256;
  const hash = createHash('sha256');
  for (const { locator: place, bytes } of [...stated.xmp, ...stated.exif])
    hash.update(`${place} ${bytes.length} `).update(bytes);
  return `${sha256} ${hash.update(JSON.stringify(stated.faults)).digest('hex')}`;
}

/** Equals the result of analyzing the part extracted under its name. */
const withPartName = (known: KnownPart, { name }: AssetPart): KnownPart =>
  name === undefined
    ? known
    : { ...known, observation: withName(known.observation, { name: shortName(name) }) };

const shortName = (name: string): string => name.slice(0, limits.partNameCharacters);

function addPart(
  part: AssetPart,
  bytes: Asset,
  { observation, observed: inner, isRepeated: again }: KnownPart,
  inside: PartsResult,
  { options, analysis: { budget: left, omittedReports: unreported } }: PartContext,
): void {
  const { report } = observation;
  const number = inside.parts.length;
  const addReport = (at: number, one: Observation, isCounted = false) => {
    if (!options.partReports) return;
    // The parent process receives this length as JSON.
    const bytes = isCounted ? 0 : Buffer.byteLength(JSON.stringify(one));
    if (left.reportBytes < bytes) {
      unreported.parts += 1;
      return;
    }
    left.reportBytes -= bytes;
    inside.observed.push({ number: at, observation: one });
  };
  const nestedParts = report.parts?.slice(1) ?? [];
  // An archive may hold itself many times over, so nested parts are listed only while there is room.
  const isFull = number + nestedParts.length > limits.parts;
  inside.parts.push({
    ...toFoundPart(part),
    mediaType: bytes.mediaType.mime,
    bytes: bytes.bytes,
    sha256: report.asset.sha256,
    outcome: summarizePart(observation),
    ...(isFull && nestedParts.length > 0 ? reasonMembers(fault('bound.parts', { most: limits.parts })) : {}),
  });
  addReport(number, observation);
  if (isFull) return;
  for (const { signed: _, within: holder, ...rest } of nestedParts)
    inside.parts.push({ ...rest, within: holder === undefined ? number : number + holder });
  for (const one of inner) addReport(number + one.number, one.observation, !again);
}

/** Summarises the Report of a part. */
export function summarizePart({ report }: Observation): PartOutcome {
  const { asset, summary, contentCredentials: credentials, signals } = report;
  const { headline, origin, backing, coverage } = summary;
  const { presence, integrity, signer } = credentials;
  return {
    format: asset.format,
    kind: asset.kind,
    origin,
    ...(backing === undefined ? {} : { backing }),
    ...(headline === undefined
      ? {}
      : {
          messages: {
            headline: { id: headline.id, ...(headline.params ? { params: headline.params } : {}) } as Message,
          },
        }),
    presence,
    ...(integrity === undefined ? {} : { integrity }),
    ...(signer === undefined
      ? {}
      : {
          signer: {
            ...(signer.name === undefined ? {} : { name: signer.name }),
            trust: signer.trust,
            ...compact({ standing: findFileSigner(credentials)?.standing }),
          },
        }),
    labels: [...new Set(signals.filter((one) => SIGNAL_ORIGINS.originOf(one)).map(({ id }) => id))],
    coverage: coverage.state,
  };
}

function toFoundPart({ kind, mediaType, offset, bytes, locator: place, name }: AssetPart): FoundPart {
  return {
    kind,
    ...(mediaType === undefined ? {} : { mediaType }),
    offset,
    bytes,
    locator: place,
    ...(name === undefined ? {} : { name: shortName(name) }),
  };
}

const toUnreadablePart = (part: AssetPart, why: ReadFault): FoundPart => ({
  ...toFoundPart(part),
  ...reasonMembers(why),
});

const reasonMembers = (why: ReadFault): Pick<FoundPart, 'code' | 'messages'> => ({
  code: why.code,
  messages: { reason: faultMessage(why) },
});
