import type { Asset } from '../../media/asset.js';
import { cachePerAsset, malformed, type Walk } from './walk.js';

/** Text field of a DPX header. */
export interface DpxField {
  name: string;
  offset: number;
  /** Content up to the first zero byte. */
  bytes: Buffer;
}

export interface DpxHeader extends Walk<DpxField> {
  width?: number;
  height?: number;
  /** First byte after the end that the header states; absent if the stated size is impossible. */
  end?: number;
  /** Set if the header is complete but the described data is truncated. */
  cut?: true;
  /** User-defined data that a program stored behind the header. */
  user?: { id: string; dataOffset: number; dataBytes: number };
}

/** Name, offset and length of the ASCII text fields (SMPTE ST 268-1:2014). */
const TEXTS = [
  ['FileName', 36, 100],
  ['CreationDate', 136, 24],
  ['Creator', 160, 100],
  ['Project', 260, 200],
  ['Copyright', 460, 200],
  ...Array.from(
    { length: 8 },
    (_, index) => [`ElementDescription${index + 1}`, 820 + 72 * index, 32] as const,
  ),
  ['SourceFileName', 1432, 100],
  ['SourceCreationDate', 1532, 24],
  ['InputDevice', 1556, 32],
  ['InputDeviceSerialNumber', 1588, 32],
  ['FilmFormat', 1680, 32],
  ['FrameId', 1732, 32],
  ['SlateInfo', 1764, 100],
] as const satisfies readonly (readonly [name: string, offset: number, bytes: number])[];

/** Length of the generic and industry headers, which every file has. */
const HEADER_BYTES = 2048;
const USER_ID_BYTES = 32;
/** Value of an undefined number. */
const UNDEFINED = 0xffff_ffff;
const AT = { imageOffset: 4, fileSize: 16, userBytes: 32, width: 772, height: 776 } as const;

/** Reads the header of a DPX in either byte order (SMPTE ST 268-1 §5). */
export function readDpxHeader(asset: Asset): Promise<DpxHeader> {
  return cachePerAsset(asset, 'dpx', async () => {
    const head = await asset.read(0, HEADER_BYTES + USER_ID_BYTES);
    const items: DpxField[] = TEXTS.flatMap(([name, offset, bytes]) => {
      const field = trimPadding(head.subarray(offset, offset + bytes));
      return field.length === 0 ? [] : [{ name, offset, bytes: field }];
    });
    if (head.length < HEADER_BYTES) return { items, fault: malformed('dpx.truncated') };
    const little = head.toString('latin1', 0, 4) === 'XPDS';
    const number = (at: number) => {
      const value = little ? head.readUInt32LE(at) : head.readUInt32BE(at);
      return value === UNDEFINED ? undefined : value;
    };
    const [width, height] = [number(AT.width), number(AT.height)];
    const sized = width && height ? { width, height } : {};
    const imageOffset = number(AT.imageOffset) ?? HEADER_BYTES;
    const userBytes = number(AT.userBytes) ?? 0;
    if (imageOffset > asset.bytes || HEADER_BYTES + userBytes > asset.bytes)
      return { items, ...sized, fault: malformed('dpx.offsets') };
    const end = number(AT.fileSize);
    const user =
      userBytes > USER_ID_BYTES
        ? {
            id: trimPadding(head.subarray(HEADER_BYTES)).toString('latin1'),
            dataOffset: HEADER_BYTES + USER_ID_BYTES,
            dataBytes: userBytes - USER_ID_BYTES,
          }
        : undefined;
    return {
      items,
      ...sized,
      ...(end !== undefined && end > asset.bytes ? { cut: true as const } : {}),
      ...(end !== undefined && end >= Math.max(imageOffset, HEADER_BYTES) ? { end } : {}),
      ...(user ? { user } : {}),
    };
  });
}

/** Unset bytes are filled with zeros or ones. */
function trimPadding(bytes: Buffer): Buffer {
  const end = bytes.findIndex((byte) => byte === 0 || byte === 0xff);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
