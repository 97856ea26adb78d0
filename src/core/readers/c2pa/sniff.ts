import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Container } from '../../media/media-kinds.js';
import { readManifestStore } from '../manifest-store/index.js';

/**
 * Containers that store a manifest store as plain bytes. JPEG XL may compress it, a PDF may put it in streams, and a
 * TIFF tag is two arbitrary bytes: for these the engine is always asked.
 */
const PLAIN: ReadonlySet<Container> = new Set([
  'jpeg',
  'png',
  'webp',
  'gif',
  'heif',
  'bmff',
  'avi',
  'mp3',
  'wav',
  'flac',
  'svg',
]);

/** An SVG that defines entities, or is in UTF-16, may encode the names of its elements in other bytes. */
const mayEncodeNames = (asset: Asset, bytes: Buffer): boolean =>
  asset.mediaType.container === 'svg' &&
  (bytes.includes('<!ENTITY') || bytes.subarray(0, 4).includes(0) || bytes[0] === 0xff);

/**
 * A file without any of these marks holds no store and no pointer to one: the store's own box types and label; the
 * chunk, application extension and UUID that carry it (C2PA 2.2 Annex A); ID3 frames that may be compressed (`GEOB`,
 * `GEO`); XMP's `dcterms:provenance`, also as UTF-16; and XMP that may not contain the word contiguously, because a PNG
 * compresses it or a JPEG splits it.
 */
const SEARCHED_MARKS: readonly { piece: Buffer; marks: readonly Buffer[] }[] = [
  searchedMark('jum', 'jumb', 'jumd'),
  ...['c2pa', 'C2PA', 'caBX', 'GEO'].map((mark) => searchedMark(mark, mark)),
  searchedMark('prov', 'provenance'),
  searchedMark('mp\0\x01', 'XML:com.adobe.xmp\0\x01'),
  // Every extended XMP has a namespace that begins like this.
  searchedMark('xten', 'http://ns.adobe.com/xmp/extension/'),
  // UTF-16 in both byte orders. The search piece starts with a byte that is rarer than zero.
  searchedMark('p\0r\0', Buffer.from('provenance', 'utf16le'), Buffer.from('provenance', 'utf16le').swap16()),
  searchedMark('\xd8\xfe\xc3\xd6', Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex')),
];

/**
 * A search for three or four bytes takes a fifth of the time of a search for a whole word, and these bytes hardly ever
 * occur elsewhere. The marks are searched for only if the piece was found. Each mark contains its piece.
 */
function searchedMark(
  text: string,
  ...all: readonly (string | Buffer)[]
): { piece: Buffer; marks: Buffer[] } {
  const piece = Buffer.from(text, 'latin1');
  const marks = all.map((mark) => (typeof mark === 'string' ? Buffer.from(mark, 'latin1') : mark));
  if (!marks.every((mark) => mark.includes(piece))) throw new Error(`a mark without ${text}`);
  return { piece, marks };
}

/**
 * Returns `false` only if every byte was searched, no mark was found, and Assay's own walk of the container reached the
 * end without a fault. An engine takes ten times as long for the same result, and most files carry no manifest.
 */
export async function mayHoldManifest(asset: Asset): Promise<boolean> {
  if (asset.bytes > limits.inMemoryAssetBytes || !PLAIN.has(asset.mediaType.container)) return true;
  const bytes = await asset.read(0, asset.bytes);
  if (mayEncodeNames(asset, bytes)) return true;
  for (const { piece, marks } of SEARCHED_MARKS)
    if (bytes.includes(piece) && marks.some((mark) => bytes.includes(mark))) return true;
  return (await readManifestStore(asset)).status !== 'absent';
}
