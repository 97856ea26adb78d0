import { walkBoxes, walkEbml } from './boxes.js';
import {
  walk8bim,
  walkAiff,
  walkFlac,
  walkFlv,
  walkGif,
  walkId3,
  walkIim,
  walkJpeg,
  walkOgg,
  walkPng,
  walkRiff,
} from './chunks.js';
import { Tree } from './tree.js';
import { walkCbor, walkDer, walkTiff, walkXml } from './values.js';

/** Returns the parts of a file, and of their contents, as far as they can be parsed. */
export function structureOf(bytes) {
  const tree = new Tree(bytes);
  for (const { at, walk } of wholeFile(bytes)) walk(tree, at, bytes.length, -1, inside);
  return tree;
}

const WHOLE = [
  { magic: '\x89PNG', walk: walkPng },
  { magic: '\xff\xd8', walk: walkJpeg },
  { magic: 'RIFF', walk: walkRiff },
  { magic: 'RF64', walk: walkRiff },
  { magic: 'FORM', walk: walkAiff },
  { magic: '\x1a\x45\xdf\xa3', walk: walkEbml },
  { magic: 'FLV', walk: walkFlv },
  { magic: 'fLaC', walk: walkFlac },
  { magic: 'OggS', walk: walkOgg },
  { magic: 'GIF8', walk: walkGif },
  { magic: 'II*\0', walk: walkTiff },
  { magic: 'MM\0*', walk: walkTiff },
  { magic: 'II+\0', walk: walkTiff },
  { magic: 'MM\0+', walk: walkTiff },
  { magic: '<', walk: walkXml },
];

function wholeFile(bytes) {
  const head = bytes.toString('latin1', 0, 16);
  if (head.startsWith('ID3')) {
    const after = 10 + ((bytes[6] << 21) | (bytes[7] << 14) | (bytes[8] << 7) | bytes[9]);
    const flac = bytes.toString('latin1', after, after + 4) === 'fLaC';
    return [{ at: 0, walk: walkId3 }, ...(flac ? [{ at: after, walk: walkFlac }] : [])];
  }
  const known = WHOLE.find(({ magic }) => head.startsWith(magic));
  if (known) return [{ at: 0, walk: known.walk }];
  // `ftyp`, `JXL `, and a bare manifest store.
  return /^.{4}(ftyp|JXL |jumb|moov|mdat|wide|free)/s.test(head) ? [{ at: 0, walk: walkBoxes }] : [];
}

/** Parses a leaf as another format if its first bytes match one, as readers do. */
function inside(tree, start, end, parent) {
  const { bytes } = tree;
  if (end - start < 8) return;
  const head = bytes.toString('latin1', start, Math.min(end, start + 160));
  const tiff = /^.{0,16}?(II\*\0|MM\0\*)/s.exec(head);
  if (tiff) return walkTiff(tree, start + tiff[0].length - 4, end, parent, inside);
  const boxes = /^.{0,128}?(?=[\0-\x7f]{4}(jumb|jumd|ftyp))/s.exec(head);
  if (boxes) return void walkBoxes(tree, start + boxes[0].length, end, parent, inside, 'jumbf');
  const id3 = /^.{0,4}?(?=ID3[\x02-\x04])/s.exec(head);
  if (id3) return walkId3(tree, start + id3[0].length, end, parent, inside);
  if (head.includes('8BIM')) return walk8bim(tree, start, end, parent);
  if (head.startsWith('\x1c\x01') || head.startsWith('\x1c\x02')) return walkIim(tree, start, end, parent);
  if (/^.{0,48}?<(\?xpacket|x:xmpmeta|rdf:RDF|\?xml|svg)/s.test(head))
    return walkXml(tree, start, end, parent);
  if (/^\x30[\x81-\x83]/.test(head)) return walkDer(tree, start, end, parent);
  if (bytes[start] >= 0x80 && bytes[start] < 0xdc) tryCbor(tree, start, end, parent);
}

/** Half of what looks like CBOR is none, so its parts are kept only if it parses to the end. */
function tryCbor(tree, start, end, parent) {
  const before = tree.parts.length;
  if (walkCbor(tree, start, end, parent, inside) !== end) tree.parts.length = before;
}
