import type { StreamFacts, StreamTrack } from '../evidence/evidence.js';
import { fault } from '../ground/fault.js';
import { asAmount, asCount, asText, compact } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import type { Asset } from '../media/asset.js';
import type { Read } from '../media/carrier.js';
import { conclude } from './conclude.js';
import { asfStreams } from './containers/asf-streams.js';
import { bmffTracks } from './containers/bmff-tracks.js';
import { gifBlocks } from './containers/gif-blocks.js';
import { soundMetadata } from './music-metadata.js';
import { headerSize, type PictureSize, sizeBeyondDecoders } from './picture-size.js';
import { openPicture } from './pixels/open-picture.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';
import { type StatedSizes, statedSizes } from './stated-sizes.js';

const PICTURES = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'] as const;

/** Size of a picture; container, codecs and duration of sound and video. */
export const streamsReader: Reader<'streams'> = {
  carrier: 'streams',
  reach: reach({
    read: 'jpeg png webp gif tiff heif bmff matroska mp3 wav flac ogg aiff aac asf psd jp2 dpx exr bmp',
    unreached: 'jxl svg avi flv pdf cr3 raf mxf ts ps',
    none: 'zip tar mail cfb postscript xmp',
  }),
  async read(asset) {
    if (asset.mediaType.container === 'asf') return asfFacts(asset);
    const stated = await statedSizes(asset);
    if (stated) return sizesRead(asset, stated);
    return (PICTURES as readonly string[]).includes(asset.mediaType.container)
      ? pictureFacts(asset)
      : soundFacts(asset);
  },
};

async function asfFacts(asset: Asset): Promise<Read<StreamFacts>> {
  const { fault: walkFault, ...facts } = await asfStreams(asset);
  return conclude<StreamFacts>(facts, facts.tracks.length === 0, walkFault);
}

/** As the header gives them; no decoder is asked. */
function sizesRead(asset: Asset, { sizes, fault }: StatedSizes): Read<StreamFacts> {
  const tracks = sizes.map((size): StreamTrack => ({ kind: 'image', ...size }));
  return conclude({ container: asset.mediaType.format, tracks }, tracks.length === 0, fault);
}

/** Reads the header only; nothing is decoded. */
async function pictureFacts(
  asset: Asset,
  failOn: 'warning' | 'none' = 'warning',
): Promise<Read<StreamFacts>> {
  const sized = (size: PictureSize): Read<StreamFacts> => ({
    status: 'found',
    value: { container: asset.mediaType.format, tracks: [{ kind: 'image', ...size }] },
  });
  const size = await headerSize(asset);
  if (size) return sized(size);
  try {
    // However many pixels it claims: none is decoded.
    const picture = await openPicture(await asset.source(), false, { failOn });
    const { width, height, compression } = await picture.metadata();
    const track: StreamTrack = compact({ kind: 'image', width, height, codec: compression });
    return { status: 'found', value: { container: asset.mediaType.format, tracks: [track] } };
  } catch {
    const behind =
      failOn === 'warning' && (await isWholeGif(asset)) ? await pictureFacts(asset, 'none') : undefined;
    if (behind?.status === 'found') return behind;
    const large = await sizeBeyondDecoders(asset);
    if (large) return sized(large);
    // Without libvips' own words: they lie in one place for all that a process does, and may be of the file beside this one.
    return { status: 'malformed', ...fault('picture.unreadable') };
  }
}

/** libvips warns of bytes behind a GIF's trailer, which are no fault of its header. */
async function isWholeGif(asset: Asset): Promise<boolean> {
  return asset.mediaType.container === 'gif' && (await gifBlocks(asset)).end !== undefined;
}

async function soundFacts(asset: Asset): Promise<Read<StreamFacts>> {
  const parsed = await soundMetadata(asset);
  if ('fault' in parsed) {
    // The library stops at the zeros that QuickTime puts at the end of user data, among others.
    const own = asset.mediaType.container === 'bmff' ? await bmffTracks(asset) : undefined;
    if (own && own.tracks.length > 0) return { status: 'found', value: own };
    const words = parsed.fault;
    return parsed.bounded
      ? { status: 'failed', ...fault('bound.soundReads', { words }) }
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
