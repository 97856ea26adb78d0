import { fault, pickFault, type ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { type AssetPart, UnreadablePartError } from '../../evidence/evidence.js';
import { Asset } from '../../media/asset.js';
import { foundValue } from '../../media/carrier.js';
import type { MadePicture, MissingPicture, PictureKind, Pictures } from '../../media/pictures.js';
import { listSidecars } from '../../media/sidecars.js';
import { readSidecarStore } from '../c2pa/sidecar.js';
import { partsReader } from '../carriers/parts.js';
import {
  type ComputedFingerprints,
  computeFingerprints,
  type FingerprintOptions,
} from '../fingerprints/fingerprint-of.js';
import { readManifestStore } from '../manifest-store/index.js';
import { hasFrames } from '../pixels/ffmpeg.js';
import { makeKeyFrames } from './frames.js';
import { listManifestPictures, type StoredPicture } from './manifest-pictures.js';
import { decodeOwnPixels, makePreview } from './preview.js';
import type { ShownPixels } from './shown-pixels.js';
import { encodeSmallPicture, makeSmallPicture } from './small-picture.js';
import { readExifPicture } from './stored.js';
import { drawWaveform } from './waveform.js';

/** `skippedKinds`: kinds to skip, because an earlier process died of them or time is short. */
export interface PictureOptions {
  sidecarPath?: string | undefined;
  skippedKinds?: readonly PictureKind[] | undefined;
  /** Options for fingerprints, which are computed too; a picture's from the same pixels. */
  fingerprint?: Omit<FingerprintOptions, 'shown'> | undefined;
}

/** Makes the small pictures of a file; a sound has its waveform. A picture that fails does not affect the others. */
export async function renderPictures(
  asset: Asset,
  { sidecarPath, skippedKinds: without = [], fingerprint }: PictureOptions,
): Promise<Pictures & { fingerprint?: ComputedFingerprints }> {
  const made: MadePicture[] = [];
  const missing: MissingPicture[] = [];
  const say = (kind: PictureKind, why: ReadFault) => missing.push({ kind, ...pickFault(why) });

  const fromManifests = await readStoredPictures(asset, sidecarPath);
  if (fromManifests.length > limits.historyPictures) say('claim', TOO_MANY_STORED);
  for (const { bytes, ...subject } of fromManifests.slice(0, limits.historyPictures)) {
    const side =
      subject.kind === 'claim' && subject.active ? limits.previewPixels : limits.historyPicturePixels;
    const small = await makeSmallPicture(bytes, side);
    if (!('code' in small)) made.push({ ...subject, ...small });
    else if (subject.kind === 'claim' && subject.active) say('claim', small);
  }
  const stored = await readExifPicture(asset, !without.includes('preview'));
  if (stored && 'code' in stored) say('stored', stored);
  else if (stored) made.push({ kind: 'stored', ...stored.picture });

  const own = await makeOwnPictures(asset, without);
  made.push(...own.made);
  if (!without.includes('part')) made.push(...(await makePartPictures(asset)));
  if (own.fault) say(missingKind(asset, own.made), own.fault);
  const apart = stored && 'apart' in stored ? stored.apart : undefined;
  const fitting = limitTotalBytes(made);
  const left = new Set(made.slice(fitting.length).map(({ kind }) => kind));
  for (const kind of left) say(kind, TOO_LARGE_TOGETHER);
  return {
    made: fitting,
    missing,
    ...(apart === undefined ? {} : { stored: apart }),
    ...(fingerprint && {
      fingerprint: await computeFingerprints(asset, { ...fingerprint, shown: own.shown }),
    }),
  };
}

/** Returns the pictures before the first that exceeds the byte limit. */
function limitTotalBytes(made: MadePicture[]): MadePicture[] {
  let left: number = limits.picturesBytes;
  const full = made.findIndex(({ webp }) => {
    left -= Buffer.byteLength(webp, 'base64');
    return left < 0;
  });
  return full === -1 ? made : made.slice(0, full);
}

/** Returns the kind that is missing. If some frames of a video were made, it is the other frames. */
function missingKind({ mediaType }: Asset, made: readonly MadePicture[]): PictureKind {
  if (mediaType.kind === 'audio') return 'waveform';
  return made.some(({ kind }) => kind === 'frame') ? 'frame' : 'preview';
}

/** Makes the pictures of the file's own content: itself, key frames of a video, the waveform of a sound. */
async function makeOwnPictures(
  asset: Asset,
  without: readonly PictureKind[],
): Promise<{ made: MadePicture[]; fault?: ReadFault; shown?: ShownPixels | ReadFault }> {
  const { kind } = asset.mediaType;
  if (hasFrames(asset)) return without.includes('frame') ? { made: [] } : makeKeyFrames(asset);
  if (kind === 'audio' && !without.includes('waveform')) {
    const wave = await drawWaveform(asset);
    return 'code' in wave ? { made: [], fault: wave } : { made: [wave] };
  }
  if (kind !== 'image' || without.includes('preview')) return { made: [] };
  const shown = await decodeOwnPixels(asset, limits.largePicturePixels);
  const own = 'code' in shown ? shown : await makePreview(shown, { large: !without.includes('large') });
  if ('code' in own) return { made: [], fault: own, shown };
  return {
    shown,
    made: [
      { kind: 'preview', ...own.preview },
      ...(own.large ? [{ kind: 'large' as const, ...own.large }] : []),
    ],
  };
}

/** Makes small pictures of the pictures inside a file that is none itself. Those that cannot be decoded are left out. */
async function makePartPictures(asset: Asset): Promise<MadePicture[]> {
  const { kind } = asset.mediaType;
  if (kind !== 'document' && kind !== 'other') return [];
  const made: MadePicture[] = [];
  const end = performance.now() + limits.partPicturesMillis;
  let unpackedBytes: number = limits.unpackedPartsBytes;
  const parts = foundValue(await partsReader.read(asset, { engine: 'auto' })) ?? [];
  for (const part of parts) {
    if (made.length >= limits.partPictures || performance.now() > end) break;
    if (part.kind === 'primary' || part.isIgnored || part.unreadable || part.codedType) continue;
    const inner = await openPart(asset, part, Math.min(limits.unpackedPartBytes, unpackedBytes));
    if (inner === undefined) continue;
    if (part.unpack !== undefined) unpackedBytes -= inner.bytes;
    if (inner.mediaType.kind !== 'image') continue;
    const shown = await decodeOwnPixels(inner, limits.historyPicturePixels);
    const small = 'code' in shown ? shown : await encodeSmallPicture(shown, limits.historyPicturePixels);
    if (!('code' in small)) made.push({ kind: 'part', sha256: await inner.sha256(), ...small });
  }
  return made;
}

/** Returns the part as an asset of its own; `undefined` if it is too large or cannot be unpacked. */
async function openPart(
  asset: Asset,
  { offset, bytes, unpack }: AssetPart,
  most: number,
): Promise<Asset | undefined> {
  if (unpack === undefined) return bytes > limits.partBytes ? undefined : asset.part(offset, bytes);
  try {
    return await Asset.fromBytes(await unpack(most));
  } catch (error) {
    if (error instanceof UnreadablePartError) return undefined;
    throw error;
  }
}

const TOO_LARGE_TOGETHER = fault('bound.pictures', { most: limits.picturesBytes });
const TOO_MANY_STORED = fault('bound.historyPictures', { most: limits.historyPictures });

async function readStoredPictures(asset: Asset, sidecarPath: string | undefined): Promise<StoredPicture[]> {
  const store = sidecarPath === undefined ? undefined : (await listSidecars(sidecarPath)).store;
  const read = store === undefined ? await readManifestStore(asset) : await readSidecarStore(store);
  if (read.status !== 'found') return [];
  return listManifestPictures(Buffer.isBuffer(read.value) ? read.value : read.value.bytes);
}
