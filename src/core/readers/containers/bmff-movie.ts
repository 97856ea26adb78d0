import type { Asset } from '../../media/asset.js';
import { READ_TYPES } from '../../media/read-types.js';
import { type BmffBox, boxWalk, topBoxes, walkBoxes } from './bmff-boxes.js';
import { malformed, once, type Walk } from './walk.js';

/** Whether a movie is whole, or what it lacks between its boxes: nothing at its end tells that there was more. */

const MEDIA: ReadonlySet<string> = new Set(['mdat', 'moof']);

/** §8.8: a movie that announces fragments, and lists no sample itself, is the initialisation segment of files that do. */
export async function isInitialisationSegment(asset: Asset): Promise<boolean> {
  const { items, fault } = await topBoxes(asset);
  const movie = items.find(({ type }) => type === 'moov');
  if (fault || movie === undefined || items.some(({ type }) => MEDIA.has(type))) return false;
  const isFragmented = (await childrenOf(asset, movie)).some(({ type }) => type === 'mvex');
  return isFragmented && !(await listsSamples(asset, movie));
}

/** §8.8: fragments without the movie that says what is in them, whatever box comes first. */
export async function isSegment(asset: Asset): Promise<boolean> {
  if (asset.mediaType.container !== 'bmff') return false;
  if (asset.mediaType.mime === SEGMENT) return true;
  const { items } = await topBoxes(asset);
  return items.some(({ type }) => type === 'moof') && !items.some(({ type }) => type === 'moov');
}

const SEGMENT = READ_TYPES.segment.mime;

/** The fault of a file that ends between two boxes, where whoever copied it stopped. */
export function cutMovie(asset: Asset): Promise<Walk<never>['fault']> {
  return once(asset, 'bmff-movie', async () => {
    const { items, fault } = await topBoxes(asset);
    const lacks = fault === undefined ? await lacking(asset, items) : undefined;
    return lacks === undefined
      ? undefined
      : malformed('bmff.truncated', { what: lacks, box: lacks === 'movie' ? 'moov' : 'mdat' });
  });
}

/** What a movie that broke off between two boxes is without: the movie itself, or the media that its tables list. */
async function lacking(asset: Asset, items: readonly BmffBox[]): Promise<'movie' | 'media' | undefined> {
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
  // Version and flags, one size for all samples, and how many there are.
  const counts = await Promise.all(boxes.map(({ dataOffset }) => asset.read(dataOffset + 8, 4)));
  return counts.some((count) => count.length === 4 && count.readUInt32BE(0) > 0);
}

async function childrenOf(asset: Asset, { dataOffset, dataBytes }: BmffBox): Promise<BmffBox[]> {
  return (await walkBoxes(asset, dataOffset, dataOffset + dataBytes, boxWalk())).items;
}
