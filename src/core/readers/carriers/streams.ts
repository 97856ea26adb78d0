import { fault } from '../../../base/fault.js';
import { asAmount, asCount, asText, compact } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import type { StreamFacts, StreamTrack } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { conclude } from '../conclude.js';
import { readAsfStreams } from '../containers/asf-streams.js';
import { readBmffTracks } from '../containers/bmff-tracks.js';
import { readGifExtensions } from '../containers/gif-blocks.js';
import { type PictureSize, readHeaderSize, readSizeBeyondDecoders } from '../pictures/picture-size.js';
import { readStatedSizes, type StatedSizes } from '../pictures/stated-sizes.js';
import { openPicture } from '../pixels/open-picture.js';
import type { Reader } from '../reader.js';
import { readSoundMetadata } from '../sound/music-metadata.js';

const PICTURES = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'] as const;

/** Reads the size of a picture, and the container, codecs and duration of sound and video. */
export const streamsReader: Reader<'streams'> = {
  carrier: 'streams',

  async read(asset) {
    if (asset.mediaType.container === 'asf') return asfFacts(asset);
    const stated = await readStatedSizes(asset);
    if (stated) return toStreamFacts(asset, stated);
    return (PICTURES as readonly string[]).includes(asset.mediaType.container)
      ? readPictureFacts(asset)
      : readSoundFacts(asset);
  },
};

async function asfFacts(asset: Asset): Promise<Read<StreamFacts>> {
  const { fault: walkFault, ...facts } = await readAsfStreams(asset);
  return conclude<StreamFacts>(facts, facts.tracks.length === 0, walkFault);
}

/** Returns the sizes in the header without using a decoder. */
function toStreamFacts(asset: Asset, { sizes, fault }: StatedSizes): Read<StreamFacts> {
  const tracks = sizes.map((size): StreamTrack => ({ kind: 'image', ...size }));
  return conclude({ container: asset.mediaType.format, tracks }, tracks.length === 0, fault);
}

/** Reads the header only; nothing is decoded. */
async function readPictureFacts(
  asset: Asset,
  failOn: 'warning' | 'none' = 'warning',
): Promise<Read<StreamFacts>> {
  const sized = (size: PictureSize): Read<StreamFacts> => ({
    status: 'found',
    value: { container: asset.mediaType.format, tracks: [{ kind: 'image', ...size }] },
  });
  const size = await readHeaderSize(asset);
  if (size) return sized(size);
  try {
    // The number of pixels is not limited, because none is decoded.
    const picture = await openPicture(await asset.source(), false, { failOn });
    const { width, height, compression } = await picture.metadata();
    const track: StreamTrack = compact({ kind: 'image', width, height, codec: compression });
    return { status: 'found', value: { container: asset.mediaType.format, tracks: [track] } };
  } catch {
    const behind =
      failOn === 'warning' && (await isWholeGif(asset)) ? await readPictureFacts(asset, 'none') : undefined;
    if (behind?.status === 'found') return behind;
    const large = await readSizeBeyondDecoders(asset);
    if (large) return sized(large);
    // Omits libvips' messages: they are in one buffer for the whole process, and may refer to another file.
    return { status: 'malformed', ...fault('picture.unreadable') };
  }
}

/** Returns whether a GIF is complete. libvips warns of bytes after its trailer, which are not a fault of its header. */
async function isWholeGif(asset: Asset): Promise<boolean> {
  return asset.mediaType.container === 'gif' && (await readGifExtensions(asset)).end !== undefined;
}

async function readSoundFacts(asset: Asset): Promise<Read<StreamFacts>> {
  const parsed = await readSoundMetadata(asset);
  if ('fault' in parsed) {
    // The library stops at, for example, the zeros with which QuickTime ends user data.
    const own = asset.mediaType.container === 'bmff' ? await readBmffTracks(asset) : undefined;
    if (own && own.tracks.length > 0) return { status: 'found', value: own };
    const words = parsed.fault;
    return parsed.bounded
      ? { status: 'failed', ...fault('sound.unreadable', { words }) }
      : { status: 'malformed', ...fault('sound.unreadable', { words }) };
  }
  const { format } = parsed.metadata;
  const tracks: StreamTrack[] = (format.trackInfo ?? []).slice(0, limits.embeddedAssets).map((track) =>
    compact({
      kind: track.video ? 'video' : track.audio ? 'audio' : 'other',
      codec: name(track.codecName?.replace(/^<|>$/g, '')),
      width: asCount(track.video?.pixelWidth),
      height: asCount(track.video?.pixelHeight),
      sampleRateHertz: asAmount(track.audio?.samplingFrequency),
      channels: asCount(track.audio?.channels),
    }),
  );
  if (tracks.length === 0 && format.codec) {
    tracks.push(
      compact({
        kind: 'audio',
        codec: name(format.codec),
        sampleRateHertz: asAmount(format.sampleRate),
        channels: asCount(format.numberOfChannels),
      }),
    );
  }
  return {
    status: 'found',
    value: compact({
      container: name(format.container),
      durationSeconds: asAmount(format.duration),
      tracks,
    }),
  };
}

const name = (text: unknown) => asText(text, limits.shownValueCharacters);
