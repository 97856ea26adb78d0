import type { Asset } from '../../media/asset.js';
import { READ_TYPES } from '../../media/read-types.js';
import { type BmffBox, createBoxWalk, listTopBoxes, walkBoxes } from './bmff-boxes.js';
import { cachePerAsset, malformed, type Walk } from './walk.js';

/** Detects movies that are cut between two boxes: nothing at the end of such a file shows that there was more. */

const MEDIA: ReadonlySet<string> = new Set(['mdat', 'moof']);

/** Returns whether the movie announces fragments and lists no samples, which makes it an initialisation segment (§8.8). */
export async function isInitialisationSegment(asset: Asset): Promise<boolean> {
  const { items, fault } = await listTopBoxes(asset);
  const movie = items.find(({ type }) => type === 'moov');
  if (fault || movie === undefined || items.some(({ type }) => MEDIA.has(type))) return false;
  const isFragmented = (await childrenOf(asset, movie)).some(({ type }) => type === 'mvex');
  return isFragmented && !(await listsSamples(asset, movie));
}

/** Returns whether the file has fragments without the movie header that describes them, whatever box comes first (§8.8). */
export async function isSegment(asset: Asset): Promise<boolean> {
  if (asset.mediaType.container !== 'bmff') return false;
  if (asset.mediaType.mime === SEGMENT) return true;
  const { items } = await listTopBoxes(asset);
  return items.some(({ type }) => type === 'moof') && !items.some(({ type }) => type === 'moov');
}

const SEGMENT = READ_TYPES.segment.mime;

/** Returns the fault of a file that was truncated exactly between two boxes. */
export function findMovieCut(asset: Asset): Promise<Walk<never>['fault']> {
  return cachePerAsset(asset, 'bmff-movie', async () => {
    const { items, fault } = await listTopBoxes(asset);
    const lacks = fault === undefined ? await findMissingPart(asset, items) : undefined;
    return lacks === undefined
      ? undefined
      : malformed('bmff.truncated', { what: lacks, box: lacks === 'movie' ? 'moov' : 'mdat' });
  });
}

/**
 * Returns the missing part of a movie that was cut between two boxes: the movie header itself, or the media that its
 * tables list.
 */
async function findMissingPart(
  asset: Asset,
  items: readonly BmffBox[],
): Promise<'movie' | 'media' | undefined> {
  const movie = items.find(({ type }) => type === 'moov');
  const has = (wanted: string) => items.some(({ type }) => type === wanted);
  if (movie === undefined)
    return asset.mediaType.container === 'bmff' && has('ftyp') && !has('moof') ? 'movie' : undefined;
  return !has('mdat') && !has('moof') && (await listsSamples(asset, movie)) ? 'media' : undefined;
}

async function listsSamples(asset: Asset, movie: BmffBox): Promise<boolean> {
  const children = await childrenOf(asset, movie);
  let boxes = children.filter(({ type }) => type === 'trak');
  for (const wanted of ['mdia', 'minf', 'stbl', 'stsz']) {
    const below = await Promise.all(boxes.map((box) => childrenOf(asset, box)));
    boxes = below.flat().filter(({ type }) => type === wanted);
  }
  // Skips version, flags and the common sample size to read the sample count.
  const counts = await Promise.all(boxes.map(({ dataOffset }) => asset.read(dataOffset + 8, 4)));
  return counts.some((count) => count.length === 4 && count.readUInt32BE(0) > 0);
}

async function childrenOf(asset: Asset, { dataOffset, dataBytes }: BmffBox): Promise<BmffBox[]> {
  return (await walkBoxes(asset, dataOffset, dataOffset + dataBytes, createBoxWalk())).items;
}
