import type { Asset } from '../asset.js';
import type { Read, StreamFacts, StreamTrack } from '../evidence.js';
import { compact } from '../json-shape.js';
import type { Reader } from '../reader.js';
import { SOUND_CONTAINERS, soundMetadata } from './music-metadata.js';
import { headerSize } from './picture-size.js';

const PICTURES = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'] as const;

/** Size of a picture; container, codecs and duration of sound and video. */
export const streamsReader: Reader<'streams'> = {
  carrier: 'streams',
  containers: [...PICTURES, ...SOUND_CONTAINERS],
  unreached: ['avi', 'flv', 'jxl', 'svg', 'cr3', 'raf', 'pdf'],
  read: (asset) =>
    (PICTURES as readonly string[]).includes(asset.mediaType.container)
      ? pictureFacts(asset)
      : soundFacts(asset),
};

/** Reads the header only; nothing is decoded. */
async function pictureFacts(asset: Asset): Promise<Read<StreamFacts>> {
  const size = await headerSize(asset);
  if (size) {
    return {
      status: 'found',
      value: { container: asset.mediaType.format, tracks: [{ kind: 'image', ...size }] },
    };
  }
  try {
    const { width, height, compression } = await (await import('sharp')).default(asset.path).metadata();
    const track: StreamTrack = compact({ kind: 'image', width, height, codec: compression });
    return { status: 'found', value: { container: asset.mediaType.format, tracks: [track] } };
  } catch (error) {
    const words = error instanceof Error ? (error.message.split('\n')[0] ?? '').slice(0, 160) : '';
    return {
      status: 'malformed',
      code: 'picture.unreadable',
      reason: `The picture’s header could not be read (${words}).`,
    };
  }
}

async function soundFacts(asset: Asset): Promise<Read<StreamFacts>> {
  const parsed = await soundMetadata(asset);
  if ('fault' in parsed) {
    return {
      status: 'malformed',
      code: 'sound.unreadable',
      reason: `The container could not be read (${parsed.fault}).`,
    };
  }
  const { format } = parsed.metadata;
  const tracks: StreamTrack[] = (format.trackInfo ?? []).slice(0, 64).map((track) =>
    compact({
      kind: track.video ? 'video' : track.audio ? 'audio' : 'other',
      codec: track.codecName?.replace(/^<|>$/g, ''),
      width: track.video?.pixelWidth,
      height: track.video?.pixelHeight,
      sampleRateHertz: track.audio?.samplingFrequency,
      channels: track.audio?.channels,
    }),
  );
  if (tracks.length === 0 && format.codec) {
    tracks.push(
      compact({
        kind: 'audio',
        codec: format.codec,
        sampleRateHertz: format.sampleRate,
        channels: format.numberOfChannels,
      }),
    );
  }
  return {
    status: 'found',
    value: compact({ container: format.container, durationSeconds: format.duration, tracks }),
  };
}
