import type { Asset } from '../asset.js';
import type { ExifBlock, ExifField } from '../evidence.js';
import { asRecord, cut } from '../json-shape.js';
import { limits } from '../limits.js';
import type { Reader } from '../reader.js';
import { appleContentIdentifier } from './apple-maker-note.js';
import { conclude, type WalkFault } from './conclude.js';
import { bounded, malformed } from './containers/walk.js';
import { exifText } from './exif-text.js';
import { BLOCK_CONTAINERS, metadataBlocks } from './metadata-blocks.js';

/** EXIF fields of pictures. exifr reads the TIFF stream; where that stands in the file is found by us. */
export const exifReader: Reader<'exif'> = {
  carrier: 'exif',
  containers: BLOCK_CONTAINERS,
  unreached: ['jxl', 'cr3', 'raf'],

  async read(asset) {
    const blocks = await metadataBlocks(asset);
    let fault: WalkFault | undefined = blocks.fault ?? blocks.exifFault;
    const fields: ExifField[] = [];
    for (const source of sources(
      asset,
      blocks.exif.map((b) => b.bytes),
    )) {
      if (typeof source !== 'string' && source.length > limits.exifBlockBytes) {
        fault ??= bounded('bound.exif', `An EXIF block is larger than ${limits.exifBlockBytes} bytes.`);
        continue;
      }
      try {
        fields.push(...(await parse(source)));
      } catch {
        // exifr throws plain Errors of many wordings for whatever does not fit; all are the file's fault.
        fault ??= malformed('exif.tiff', 'The EXIF block could not be read.');
      }
    }
    return conclude(fields, fields.length === 0, fault);
  },
};

/** A TIFF file is its own EXIF block: exifr reads it from disk in pieces. */
function sources(asset: Asset, blocks: Buffer[]): (string | Buffer)[] {
  return asset.mediaType.container === 'tiff' ? [asset.path] : blocks.filter((b) => b.length > 0);
}

/** The one entry of a MakerNote that is read: it says that the file is half of a Live Photo. */
const APPLE_CONTENT_IDENTIFIER = 'MakerNote Apple ContentIdentifier';

const BLOCKS: Readonly<Record<string, ExifBlock>> = {
  ifd0: 'IFD0',
  exif: 'Exif',
  gps: 'GPS',
  interop: 'Interop',
  ifd1: 'IFD1',
};

/** Pointers into the file and thumbnail coordinates say nothing of origin. */
const SKIPPED = new Set([
  'ExifIFD',
  'GpsIFD',
  'InteropIFD',
  'ThumbnailOffset',
  'ThumbnailLength',
  'StripOffsets',
  'StripByteCounts',
  'TileOffsets',
  'TileByteCounts',
]);

async function parse(source: string | Buffer): Promise<ExifField[]> {
  // Loaded when the first block is met: most files have none.
  const { default: exifr } = await import('exifr');
  const output: unknown = await exifr.parse(source, {
    tiff: true,
    ifd0: {},
    ifd1: true,
    exif: true,
    gps: true,
    interop: true,
    makerNote: true,
    userComment: true,
    xmp: false,
    iptc: false,
    icc: false,
    jfif: false,
    ihdr: false,
    mergeOutput: false,
    translateKeys: true,
    translateValues: false,
    reviveValues: false,
    sanitize: false,
  });
  const record = asRecord(output) ?? {};
  const fields = Object.entries(BLOCKS).flatMap(([key, block]) =>
    blockFields(block, asRecord(record[key]) ?? {}),
  );
  const note = record['makerNote'];
  const identifier = note instanceof Uint8Array ? appleContentIdentifier(Buffer.from(note)) : undefined;
  if (identifier) fields.push({ block: 'Exif', name: APPLE_CONTENT_IDENTIFIER, value: identifier });
  return fields.slice(0, limits.tagsPerCarrier);
}

function blockFields(block: ExifBlock, tags: Readonly<Record<string, unknown>>): ExifField[] {
  return Object.entries(tags).flatMap(([key, value]) => {
    if (SKIPPED.has(key)) return [];
    const plain = exifValue(value);
    if (plain === undefined) return [];
    const name = /^\d+$/.test(key) ? `0x${Number(key).toString(16).padStart(4, '0')}` : key;
    return [{ block, name, value: plain }];
  });
}

function exifValue(value: unknown): ExifField['value'] | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return cut(value.replace(/\0+$/, ''), limits.textValueCharacters);
  if (value instanceof Uint8Array) return cut(exifText(Buffer.from(value)), limits.textValueCharacters);
  if (Array.isArray(value) && value.every((v) => typeof v === 'number')) return value.slice(0, 64);
  return undefined;
}
