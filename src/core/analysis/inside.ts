import { createHash } from 'node:crypto';
import type { Said } from '../../say/said.js';
import { SIGNAL_ORIGINS } from '../detectors/signal-origins.js';
import { type AssetPart, type Evidence, PartClosed, type Stated } from '../evidence/evidence.js';
import { fault, faultSaid, type ReadFault } from '../ground/fault.js';
import { limits } from '../ground/limits.js';
import { Asset } from '../media/asset.js';
import { readValue } from '../media/carrier.js';
import { isBesideFiles, isText } from '../media/no-medium.js';
import { beginsWithFrames } from '../media/sound-frames.js';
import type { ReadOptions } from '../report/analyze-options.js';
import type { Part, PartOutcome } from '../report/part-schema.js';
import type { Observation, PartObservation, WholeObservation } from '../report/report.js';
import { named } from './named.js';
import { notLookedInto } from './not-looked-into.js';

/**
 * Looks into what stands inside a file: each part is read as a file of its own, and what its Report would say is told in
 * short. Bounded in number, depth, bytes and time over the file and all that stands in it; what a bound leaves out is
 * named with the reason.
 */

/** What was found inside; `parts` lacks what hangs on the file's own credentials. */
export interface Inside {
  parts: FoundPart[];
  observed: PartObservation[];
  /** Files of no known kind that are not told one by one. */
  ofNoKind: number;
  /** `evidence.parts` with what was not looked into. */
  read: Evidence['parts'];
}

export type FoundPart = Omit<Part, 'signed'>;

/** How the parts of one file are looked into; those of its parts use up the same bounds. */
export interface Looking {
  observe(asset: Asset, options: ReadOptions, looking: Looking): Promise<WholeObservation>;
  left: { parts: number; unpackedBytes: number; reportBytes: number };
  /** Own reports of parts that had no room. */
  unreported: { parts: number };
  depth: number;
  /** What the file around it says of what is looked into. */
  stated?: Stated | undefined;
  /** The same bytes are read once; `name`: they may be called otherwise elsewhere. */
  known: Map<string, Known>;
}

interface Known {
  observation: Observation;
  /** Numbered from 1, as they are in that part's own Report. */
  observed: Inside['observed'];
  /** The same bytes have been met before: what stands in them is told once more, and its Reports take their room again. */
  again?: true;
}

export const lookingAt = (observe: Looking['observe']): Looking => ({
  observe,
  left: {
    parts: limits.partsLookedInto,
    unpackedBytes: limits.unpackedPartsBytes,
    reportBytes: limits.partReportsBytes,
  },
  unreported: { parts: 0 },
  depth: 0,
  known: new Map(),
});

export async function lookInside(
  asset: Asset,
  read: Evidence['parts'],
  options: ReadOptions,
  looking: Looking,
): Promise<Inside> {
  const found = readValue(read) ?? [];
  const inside: Inside = { parts: [], observed: [], ofNoKind: 0, read };
  const value: AssetPart[] = [];
  for (const part of found) {
    const before = inside.parts.length;
    if (part.kind === 'primary' || part.plain) inside.parts.push(toldOf(part));
    else await take(part, inside, { asset, options, looking });
    if (inside.parts.length > before) value.push(part);
  }
  if (read.status !== 'found') return 'value' in read ? { ...inside, read: { ...read, value } } : inside;
  const ofNoKind = inside.ofNoKind > 0 ? fault('parts.ofNoKind', { count: inside.ofNoKind }) : undefined;
  // Of what may stand there nothing was of a known kind.
  if (value.every(({ kind }) => kind === 'primary') && read.code === undefined && ofNoKind === undefined)
    return { ...inside, parts: [], read: { status: 'absent', ...(read.notes ? { notes: read.notes } : {}) } };
  const missed = inside.parts.filter((_part, at) => isMissed(inside.parts, at));
  if (read.code !== undefined || (missed.length === 0 && ofNoKind === undefined))
    return { ...inside, read: { ...read, value } };
  const unlooked = missed.length > 0 ? notLookedInto(missed) : ofNoKind;
  const notes = missed.length > 0 && ofNoKind ? [...(read.notes ?? []), faultSaid(ofNoKind)] : read.notes;
  return { ...inside, read: { ...read, value, ...unlooked, ...(notes ? { notes } : {}) } };
}

/**
 * A label in it would have been missed, however deep it stands. What is unknown of a part for one within it is told with
 * that one.
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

interface Around {
  asset: Asset;
  options: ReadOptions;
  looking: Looking;
}

async function take(part: AssetPart, inside: Inside, around: Around): Promise<void> {
  const { options, looking } = around;
  const closed = part.closed ?? bound(part, around);
  if (closed !== undefined) {
    inside.parts.push(closedPart(part, closed));
    return;
  }
  looking.left.parts -= 1;
  options.onStep?.({ step: 'inside', state: 'start' });
  try {
    const bytes = await opened(part, around);
    const { mediaType } = bytes;
    const isKnown = await isOfKnownKind(bytes, part);
    if (!isKnown && part.ifKnown && !(await isToldUnknown(bytes, part, inside))) looking.left.parts += 1;
    else if (!isKnown)
      inside.parts.push(
        closedPart(part, fault('carrier.notRead', { what: 'format', format: mediaType.format })),
      );
    else add(part, bytes, await observed(part, bytes, around), inside, around);
  } catch (error) {
    inside.parts.push(closedPart(part, faultOf(error)));
  } finally {
    options.onStep?.({ step: 'inside', state: 'end' });
  }
}

/** Where any file may stand, two bytes that many texts begin with make no sound. */
async function isOfKnownKind(asset: Asset, { ifKnown }: AssetPart): Promise<boolean> {
  const { container } = asset.mediaType;
  if (!ifKnown || (container !== 'mp3' && container !== 'aac')) return container !== 'other';
  return beginsWithFrames(await asset.read(0, limits.sniffBytes));
}

/** Any file may stand in an archive; one that is called a medium is told though nobody knows its kind, others are counted. */
async function isToldUnknown(
  asset: Asset,
  { called, counted }: AssetPart,
  inside: Pick<Inside, 'ofNoKind'>,
): Promise<boolean> {
  if (!called && !counted) return false;
  const head = await asset.read(0, limits.sniffBytes);
  if (isBesideFiles(head)) return false;
  if (!called && !isText(head)) inside.ofNoKind += 1;
  return called === true;
}

/** A fault of one part costs no other; that of the disk is no part's. */
function faultOf(error: unknown): ReadFault {
  if (error instanceof PartClosed) return error.fault;
  if (error instanceof Error && 'syscall' in error) throw error;
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return fault('reader.error', { words: words.split('\n')[0] ?? '' });
}

/** Why nothing more of the file is looked into, or not this. */
function bound(part: AssetPart, { options, looking }: Around): ReadFault | undefined {
  if (options.insideFault !== undefined) return options.insideFault;
  if (looking.depth >= limits.partDepth) return fault('bound.partDepth', { most: limits.partDepth });
  if (looking.left.parts <= 0) return fault('bound.partsLookedInto', { most: limits.partsLookedInto });
  if (part.unpack === undefined && part.bytes > limits.partBytes)
    return fault('bound.partBytes', { most: limits.partBytes });
  if (part.unpack !== undefined && looking.left.unpackedBytes <= 0)
    return fault('bound.unpackedParts', { most: limits.unpackedPartsBytes });
  return options.hasTime?.() === false ? fault('bound.partsTime') : undefined;
}

async function opened(part: AssetPart, { asset, looking }: Around): Promise<Asset> {
  if (part.unpack === undefined) return asset.part(part.offset, part.bytes, part.coded);
  const most = Math.min(limits.unpackedPartBytes, looking.left.unpackedBytes);
  const content = await part.unpack(most);
  looking.left.unpackedBytes -= content.length;
  return Asset.ofBytes(content, part.coded);
}

/** What kills the process is blamed on the looking inside: none of a part's own steps is told. */
async function observed(part: AssetPart, bytes: Asset, { options, looking }: Around): Promise<Known> {
  const stated = await part.stated?.();
  const key = keyOf(await bytes.sha256(), stated);
  const known = looking.known.get(key);
  if (known !== undefined) return underName({ ...known, again: true }, part);
  const {
    onStep: _,
    onConcluded: __,
    onManifestStore: ________,
    evidence: ___,
    keep: ____,
    sidecarPath: _____,
    initPath: ______,
    skip: _______,
    ...rest
  } = options;
  const { parts, ...observation } = await looking.observe(bytes, rest, {
    ...looking,
    depth: looking.depth + 1,
    stated,
  });
  const fresh: Known = { observation, observed: parts ?? [] };
  looking.known.set(key, fresh);
  return underName(fresh, part);
}

/** The same picture may be said to be made in one way in one place and in another in the next. */
function keyOf(sha256: string, stated: Stated | undefined): string {
  if (stated === undefined) return sha256;
  const hash = createHash('sha256');
  for (const { place, bytes } of [...stated.xmp, ...stated.exif])
    hash.update(`${place} ${bytes.length} `).update(bytes);
  return `${sha256} ${hash.update(JSON.stringify(stated.faults)).digest('hex')}`;
}

/** The same as if it had been taken out under the name that it has in the file. */
const underName = (known: Known, { name }: AssetPart): Known =>
  name === undefined ? known : { ...known, observation: named(known.observation, { name: shortName(name) }) };

const shortName = (name: string): string => name.slice(0, limits.partNameCharacters);

function add(
  part: AssetPart,
  bytes: Asset,
  { observation, observed: inner, again }: Known,
  inside: Inside,
  { options, looking: { left, unreported } }: Around,
): void {
  const { report } = observation;
  const number = inside.parts.length;
  const keep = (at: number, one: Observation, isCounted = false) => {
    if (!options.partReports) return;
    // Its length as JSON is what the parent takes in.
    const bytes = isCounted ? 0 : Buffer.byteLength(JSON.stringify(one));
    if (left.reportBytes < bytes) {
      unreported.parts += 1;
      return;
    }
    left.reportBytes -= bytes;
    inside.observed.push({ number: at, observation: one });
  };
  const within = report.parts?.slice(1) ?? [];
  // The same archive many times over, in itself many times over: what stands in each is told only while there is room.
  const isFull = number + within.length > limits.parts;
  inside.parts.push({
    ...toldOf(part),
    mediaType: bytes.mediaType.mime,
    bytes: bytes.bytes,
    sha256: report.asset.sha256,
    outcome: outcomeOf(observation),
    ...(isFull && within.length > 0 ? whyOf(fault('bound.parts', { most: limits.parts })) : {}),
  });
  keep(number, observation);
  if (isFull) return;
  for (const { signed: _, within: holder, ...rest } of within)
    inside.parts.push({ ...rest, within: holder === undefined ? number : number + holder });
  for (const one of inner) keep(number + one.number, one.observation, !again);
}

/** In short what a Report on the part says. */
export function outcomeOf({ report }: Observation): PartOutcome {
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
          said: {
            headline: { id: headline.id, ...(headline.params ? { params: headline.params } : {}) } as Said,
          },
        }),
    presence,
    ...(integrity === undefined ? {} : { integrity }),
    ...(signer === undefined
      ? {}
      : { signer: { ...(signer.name === undefined ? {} : { name: signer.name }), trust: signer.trust } }),
    labels: [...new Set(signals.filter((one) => SIGNAL_ORIGINS.of(one)).map(({ id }) => id))],
    coverage: coverage.state,
  };
}

function toldOf({ kind, mediaType, offset, bytes, place, name }: AssetPart): FoundPart {
  return {
    kind,
    ...(mediaType === undefined ? {} : { mediaType }),
    offset,
    bytes,
    place,
    ...(name === undefined ? {} : { name: shortName(name) }),
  };
}

const closedPart = (part: AssetPart, why: ReadFault): FoundPart => ({ ...toldOf(part), ...whyOf(why) });

const whyOf = (why: ReadFault): Pick<FoundPart, 'code' | 'said'> => ({
  code: why.code,
  said: { reason: faultSaid(why) },
});
