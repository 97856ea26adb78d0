import type { PrivateChunk } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import type { MpegDescriptor } from '../containers/mpeg-descriptors.js';
import { readPsStreams } from '../containers/ps-packets.js';
import { readTsStreams } from '../containers/ts-streams.js';
import type { Walk } from '../containers/walk.js';
import { findVisibleText } from '../text/text-bytes.js';

/** Service descriptor (ETSI EN 300 468 §6.2.33): a type, then provider and name, each with its length before it. */
const SERVICE = 0x48;
const LANGUAGE = 0x0a;

/** Returns the descriptors of transport and program streams that contain text; all others are numbers for a decoder. */
export async function readMpegDescriptors(asset: Asset): Promise<Walk<PrivateChunk>> {
  const { descriptors, fault } =
    asset.mediaType.container === 'ts' ? await readTsStreams(asset) : await readPsStreams(asset);
  // Skips languages, which are stated for nearly every sound stream and are not authored text.
  const items = descriptors.filter(({ tag }) => tag !== LANGUAGE).flatMap(chunks);
  return fault ? { items, fault } : { items };
}

function chunks({ tag, locator: place, offset, bytes }: MpegDescriptor): PrivateChunk[] {
  const id = `descriptor 0x${tag.toString(16).padStart(2, '0')}`;
  const named = (from: number, end: number, what = ''): PrivateChunk[] => {
    const text = findVisibleText(bytes.subarray(from, end))?.text;
    if (text === undefined) return [];
    return [
      {
        id: `${id}${what}`,
        locator: `${id}${what} of ${place}`,
        offset: offset + from,
        bytes: end - from,
        text,
      },
    ];
  };
  if (tag !== SERVICE) return named(0, bytes.length);
  const provider = 2 + (bytes[1] ?? 0);
  return [
    ...named(2, Math.min(provider, bytes.length), ' provider'),
    ...named(Math.min(provider + 1, bytes.length), bytes.length, ' name'),
  ];
}
