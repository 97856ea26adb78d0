import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import type { JpegCoding } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { conclude, type WalkFault } from '../conclude.js';
import { type JpegSegment, readJpegSegments, readSegmentData } from '../containers/jpeg-segments.js';
import { bounded, malformed } from '../containers/walk.js';
import type { Reader } from '../reader.js';

/** Reads the coding parameters: the frame header and the quantisation tables before the first scan. */
export const jpegCodingReader: Reader<'jpegCoding'> = {
  carrier: 'jpegCoding',

  async read(asset) {
    const walk = await readJpegSegments(asset);
    const segment = walk.items.find((s) => isFrame(s.marker));
    const frame = segment && readFrame(segment, await readSegmentData(asset, segment));
    const none: JpegCoding = { progressive: false, width: 0, height: 0, tables: [] };
    if (!frame) return conclude(none, true, walk.fault ?? malformed('jpeg.frame'));
    const { tables, fault } = await readTables(asset, walk.items);
    return conclude({ ...frame, tables }, false, walk.fault ?? fault);
  },
};

const DQT = 0xdb;
const SOS = 0xda;
/** Markers in the range SOF0 to SOF15 that are not frames: DHT, JPG and DAC (ITU-T T.81 Table B.1). */
const NOT_A_FRAME = new Set([0xc4, 0xc8, 0xcc]);
const PROGRESSIVE = new Set([0xc2, 0xc6, 0xca, 0xce]);
/** Subsampling by the factors of the first component, if the others have 1x1. */
const SUBSAMPLING: Readonly<Record<string, string>> = lookupTable({
  '1x1': '4:4:4',
  '2x1': '4:2:2',
  '2x2': '4:2:0',
  '1x2': '4:4:0',
  '4x1': '4:1:1',
  '4x2': '4:1:0',
});

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && !NOT_A_FRAME.has(marker);
}

function readFrame({ marker }: JpegSegment, data: Buffer): Omit<JpegCoding, 'tables'> | undefined {
  if (data.length < 6) return undefined;
  const components = data.readUInt8(5);
  const factors = Array.from({ length: components }, (_, i) => data[6 + i * 3 + 1] ?? 0).map(
    (byte) => `${byte >> 4}x${byte & 15}`,
  );
  const [first = '', ...others] = factors;
  const name = others.length > 0 && others.every((f) => f === '1x1') ? SUBSAMPLING[first] : undefined;
  return {
    progressive: PROGRESSIVE.has(marker),
    width: data.readUInt16BE(3),
    height: data.readUInt16BE(1),
    ...(name === undefined ? {} : { subsampling: name }),
  };
}

/** Reads DQT (ITU-T T.81 §B.2.4.1): one or more tables, each with a byte for precision and number, then 64 values. */
async function readTables(
  asset: Asset,
  segments: readonly JpegSegment[],
): Promise<{ tables: JpegCoding['tables']; fault?: WalkFault }> {
  const tables: JpegCoding['tables'] = [];
  for (const segment of segments) {
    if (segment.marker === SOS) break;
    if (segment.marker !== DQT) continue;
    const data = await readSegmentData(asset, segment);
    for (let at = 0; at < data.length; ) {
      const head = data.readUInt8(at);
      const wide = head >> 4 !== 0;
      const end = at + 1 + (wide ? 128 : 64);
      if (end > data.length) return { tables, fault: malformed('jpeg.tables') };
      if (tables.length >= limits.quantisationTables)
        return {
          tables,
          fault: bounded('bound.entries', { place: 'JPEG', most: limits.quantisationTables }),
        };
      const start = at + 1;
      const values = Array.from({ length: 64 }, (_, i) =>
        wide ? data.readUInt16BE(start + i * 2) : data.readUInt8(start + i),
      );
      tables.push({ id: head & 15, values, offset: segment.dataOffset + at });
      at = end;
    }
  }
  return { tables };
}
