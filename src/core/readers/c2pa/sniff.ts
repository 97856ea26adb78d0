import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Container } from '../../media/media-kinds.js';
import { readManifestStore } from '../manifest-store/index.js';

/**
 * Containers in which a manifest store stands as plain bytes. JPEG XL may compress it, SVG may spell it in
 * entities, a PDF in streams, and a TIFF tag is two bytes like any others: there the engine is always asked.
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
]);

/**
 * Without any of these a file holds no store and no pointer to one: the store's own box types and label, the chunk,
 * application extension and UUID that carry it (C2PA 2.2 Annex A), ID3 frames that may be compressed (`GEOB`, `GEO`),
 * XMP's `dcterms:provenance`, also as UTF-16, and XMP in which the word may not stand whole: compressed in a PNG, or
 * cut into pieces in a JPEG.
 */
const MARKS: readonly Buffer[] = [
  ...['jumb', 'jumd', 'c2pa', 'C2PA', 'caBX', 'GEO', 'provenance', 'XML:com.adobe.xmp\0\x01'].map((mark) =>
    Buffer.from(mark, 'latin1'),
  ),
  Buffer.from('http://ns.adobe.com/xmp/extension/', 'latin1'),
  Buffer.from('provenance', 'utf16le'),
  Buffer.from('provenance', 'utf16le').swap16(),
  Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex'),
];

/**
 * Four bytes are found in a fifth of the time that a whole word takes, and hardly ever where the word is not: that is
 * looked for only behind them.
 */
const LOOKED_FOR = MARKS.map((mark) => ({ mark, piece: mark.subarray(0, 4) }));

/**
 * False only where every byte was looked at, none of the marks is there, and our own walk of the container came to
 * its end without a fault. An engine takes ten times as long to say the same, and most files carry no manifest.
 */
export async function mayHoldManifest(asset: Asset): Promise<boolean> {
  if (asset.bytes > limits.heldAssetBytes || !PLAIN.has(asset.mediaType.container)) return true;
  const bytes = await asset.read(0, asset.bytes);
  if (LOOKED_FOR.some(({ mark, piece }) => bytes.includes(piece) && bytes.includes(mark))) return true;
  return (await readManifestStore(asset)).status !== 'absent';
}
