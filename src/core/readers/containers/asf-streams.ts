import { compact } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import type { StreamFacts, StreamTrack } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { formatGuid, readAsfObjects } from './asf-objects.js';

const TYPE_AT = 0;
const TYPE_LENGTH_AT = 40;
const TYPE_DATA_AT = 54;
/** Type-specific data of a stream: width, height, flags, length, then a BITMAPINFOHEADER. */
const WIDTH_AT = TYPE_DATA_AT;
const CODE_AT = TYPE_DATA_AT + 11 + 16;
const READ_BYTES = 256;

const STREAM_KINDS: ReadonlyMap<string, StreamTrack['kind']> = new Map([
  ['bc19efc0-5b4d-11cf-a8fd-00805f5c442b', 'video'],
  ['f8699e40-5b4d-11cf-a8fd-00805f5c442b', 'audio'],
]);

/** Sound codecs that occur in ASF, by their WAVEFORMATEX numbers. */
const SOUND_CODECS: ReadonlyMap<number, string> = new Map([
  [0x0001, 'PCM'],
  [0x000a, 'Windows Media Audio Voice'],
  [0x0055, 'MP3'],
  [0x0160, 'Windows Media Audio 1'],
  [0x0161, 'Windows Media Audio 2'],
  [0x0162, 'Windows Media Audio Professional'],
  [0x0163, 'Windows Media Audio Lossless'],
]);
/** Ticks of 100 nanoseconds. */
const TICKS_A_SECOND = 10_000_000;
const DURATION_AT = 40;
const PREROLL_AT = 56;

/** Returns the streams that the header of an ASF describes (§3.2 and §3.3). */
export async function readAsfStreams(asset: Asset): Promise<StreamFacts & { fault?: WalkFault | undefined }> {
  const { items, fault } = await readAsfObjects(asset);
  const tracks: StreamTrack[] = [];
  for (const object of items) {
    if (tracks.length >= limits.embeddedAssets) break;
    if (object.kind === 'streamProperties')
      tracks.push(await track(asset, object.dataOffset, object.dataBytes));
  }
  const properties = items.find(({ kind }) => kind === 'fileProperties');
  const durationSeconds = properties ? await duration(asset, properties.dataOffset) : undefined;
  return { ...compact({ container: 'ASF', durationSeconds, tracks }), fault };
}

async function track(asset: Asset, dataOffset: number, dataBytes: number): Promise<StreamTrack> {
  const bytes = await asset.read(dataOffset, Math.min(dataBytes, READ_BYTES));
  const kind =
    bytes.length >= 16 ? (STREAM_KINDS.get(formatGuid(bytes.subarray(TYPE_AT, 16))) ?? 'other') : 'other';
  const own =
    bytes.length >= TYPE_DATA_AT
      ? Math.min(bytes.readUInt32LE(TYPE_LENGTH_AT), bytes.length - TYPE_DATA_AT)
      : 0;
  if (kind === 'video' && own >= 31)
    return compact({
      kind,
      codec: bytes.toString('latin1', CODE_AT, CODE_AT + 4).replace(/[^ -~]/g, '?'),
      width: bytes.readUInt32LE(WIDTH_AT),
      height: bytes.readUInt32LE(WIDTH_AT + 4),
    });
  if (kind === 'audio' && own >= 8) {
    const format = bytes.readUInt16LE(TYPE_DATA_AT);
    return compact({
      kind,
      codec: SOUND_CODECS.get(format) ?? `0x${format.toString(16).padStart(4, '0')}`,
      sampleRateHertz: bytes.readUInt32LE(TYPE_DATA_AT + 4),
      channels: bytes.readUInt16LE(TYPE_DATA_AT + 2),
    });
  }
  return { kind };
}

async function duration(asset: Asset, dataOffset: number): Promise<number | undefined> {
  const bytes = await asset.read(dataOffset, PREROLL_AT + 8);
  if (bytes.length < PREROLL_AT + 8) return undefined;
  const seconds =
    Number(bytes.readBigUInt64LE(DURATION_AT)) / TICKS_A_SECOND -
    Number(bytes.readBigUInt64LE(PREROLL_AT)) / 1_000;
  return seconds > 0 && Number.isFinite(seconds) ? Math.round(seconds * 1_000) / 1_000 : undefined;
}
