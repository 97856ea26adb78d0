import type { PrivateChunk } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import type { MpegDescriptor } from '../containers/mpeg-descriptors.js';
import { psStreams } from '../containers/ps-packets.js';
import { tsStreams } from '../containers/ts-streams.js';
import type { Walk } from '../containers/walk.js';
import { visibleText } from '../text-bytes.js';

/** Name of a service (ETSI EN 300 468 §6.2.33): a kind, then provider and name, each with its length before it. */
const SERVICE = 0x48;
const LANGUAGE = 0x0a;

/** Descriptors of transport and program streams in which there is text; all others are numbers for a decoder. */
export async function mpegDescriptors(asset: Asset): Promise<Walk<PrivateChunk>> {
  const { descriptors, fault } =
    asset.mediaType.container === 'ts' ? await tsStreams(asset) : await psStreams(asset);
  // A language is told of nearly every sound; it is nothing that somebody wrote.
  const items = descriptors.filter(({ tag }) => tag !== LANGUAGE).flatMap(chunks);
  return fault ? { items, fault } : { items };
}

function chunks({ tag, place, offset, bytes }: MpegDescriptor): PrivateChunk[] {
  const id = `descriptor 0x${tag.toString(16).padStart(2, '0')}`;
  const named = (from: number, end: number, what = ''): PrivateChunk[] => {
    const text = visibleText(bytes.subarray(from, end))?.text;
    if (text === undefined) return [];
    return [
      {
        id: `${id}${what}`,
        place: `${id}${what} of ${place}`,
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
