import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Container } from '../../media/media-kinds.js';
import { readManifestStore } from '../manifest-store/index.js';

/**
 * Containers in which a manifest store stands as plain bytes. JPEG XL may compress it, a PDF may keep it in streams, and a
 * TIFF tag is two bytes like any others: there the engine is always asked.
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

/** An SVG that defines entities, or is in UTF-16, may spell the names of its elements in other bytes. */
const spellsOtherwise = (asset: Asset, bytes: Buffer): boolean =>
  asset.mediaType.container === 'svg' &&
  (bytes.includes('<!ENTITY') || bytes.subarray(0, 4).includes(0) || bytes[0] === 0xff);

/**
 * Without any of these a file holds no store and no pointer to one: the store's own box types and label, the chunk,
 * application extension and UUID that carry it (C2PA 2.2 Annex A), ID3 frames that may be compressed (`GEOB`, `GEO`),
 * XMP's `dcterms:provenance`, also as UTF-16, and XMP in which the word may not stand whole: compressed in a PNG, or
 * cut into pieces in a JPEG.
 */
const LOOKED_FOR: readonly { piece: Buffer; marks: readonly Buffer[] }[] = [
  lookedFor('jum', 'jumb', 'jumd'),
  ...['c2pa', 'C2PA', 'caBX', 'GEO'].map((mark) => lookedFor(mark, mark)),
  lookedFor('prov', 'provenance'),
  lookedFor('mp\0\x01', 'XML:com.adobe.xmp\0\x01'),
  // Every XMP has an address that begins as this one does.
  lookedFor('xten', 'http://ns.adobe.com/xmp/extension/'),
  // Of both orders, and begun with what is rarer than a zero.
  lookedFor('p\0r\0', Buffer.from('provenance', 'utf16le'), Buffer.from('provenance', 'utf16le').swap16()),
  lookedFor('\xd8\xfe\xc3\xd6', Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex')),
];

/**
 * Three or four bytes are found in a fifth of the time that a whole word takes, and hardly ever where the word is not: that
 * is looked for only where they are. They stand in each of the marks that they are looked for in the place of.
 */
function lookedFor(text: string, ...all: readonly (string | Buffer)[]): { piece: Buffer; marks: Buffer[] } {
  const piece = Buffer.from(text, 'latin1');
  const marks = all.map((mark) => (typeof mark === 'string' ? Buffer.from(mark, 'latin1') : mark));
  if (!marks.every((mark) => mark.includes(piece))) throw new Error(`a mark without ${text}`);
  return { piece, marks };
}

/**
 * False only where every byte was looked at, none of the marks is there, and our own walk of the container came to
 * its end without a fault. An engine takes ten times as long to say the same, and most files carry no manifest.
 */
export async function mayHoldManifest(asset: Asset): Promise<boolean> {
  if (asset.bytes > limits.heldAssetBytes || !PLAIN.has(asset.mediaType.container)) return true;
  const bytes = await asset.read(0, asset.bytes);
  if (spellsOtherwise(asset, bytes)) return true;
  for (const { piece, marks } of LOOKED_FOR)
    if (bytes.includes(piece) && marks.some((mark) => bytes.includes(mark))) return true;
  return (await readManifestStore(asset)).status !== 'absent';
}
