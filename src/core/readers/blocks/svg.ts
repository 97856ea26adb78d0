import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { readTag } from '../containers/svg-tags.js';
import { bounded, malformed } from '../containers/walk.js';
import { BlockGatherer, type MetadataBlocks } from './block.js';

/** XMP Specification Part 3 §1.1.9: `x:xmpmeta`, or a bare `rdf:RDF`, within `metadata`. */
const PACKETS = new Set(['xmpmeta', 'RDF']);
const NAMESPACE = /\sxmlns(?::[\w.-]{1,64})?\s*=\s*(?:"[^"<]{0,512}"|'[^'<]{0,512}')/g;

/**
 * SVG. The element is cut out and its namespaces are put around it, so that the rest of the file, a DOCTYPE with
 * entities perhaps, is never parsed.
 */
export async function svgBlocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockGatherer(asset);
  if (asset.bytes > limits.svgBytes) return gatherer.upTo(bounded('bound.svg', { most: limits.svgBytes }));
  const bytes = await asset.read(0, asset.bytes);
  // UTF-8 tells offsets in the file; in UTF-16 they are left out.
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0x3c && bytes[1] === 0);
  const text = bytes.toString(wide ? 'utf16le' : 'latin1');
  return gatherer.upTo(take(gatherer, text, wide));
}

interface Open {
  name: string;
  start: number;
  namespaces: string;
}

function take(gatherer: BlockGatherer, text: string, wide: boolean): MetadataBlocks['fault'] {
  const path: Open[] = [];
  let packet: Open | undefined;
  let at = text.indexOf('<');
  for (let tags = 0; at >= 0; tags++) {
    if (tags >= limits.svgTags) return bounded('bound.svgTags', { most: limits.svgTags });
    const tag = readTag(text, at);
    if (!tag) return malformed('svg.truncated');
    if (tag.kind === 'open') {
      if (path.length >= limits.xmpDepth) return bounded('bound.svgDepth', { most: limits.xmpDepth });
      const name = tag.name.slice(tag.name.indexOf(':') + 1);
      const namespaces = packet ? '' : (text.slice(at, tag.end).match(NAMESPACE) ?? []).join('');
      const element = { name, start: at, namespaces };
      if (!packet && PACKETS.has(name) && path.some((p) => p.name === 'metadata')) packet = element;
      path.push(element);
    } else if (tag.kind === 'close') {
      const closed = path.pop();
      if (closed !== undefined && closed === packet) {
        const head = path.map((p) => p.namespaces);
        keep(gatherer, closed, text.slice(closed.start, tag.end), head, wide);
        packet = undefined;
      }
    }
    at = text.indexOf('<', tag.end);
  }
  return undefined;
}

function keep(
  gatherer: BlockGatherer,
  { name, start }: Open,
  packet: string,
  namespaces: readonly string[],
  wide: boolean,
): void {
  // Licence notes are RDF too (Inkscape), and no XMP: XMP is made of descriptions.
  if (name === 'RDF' && !/<(?:[\w.-]{1,64}:)?Description[\s/>]/.test(packet)) return;
  if (packet.length > gatherer.room('xmp')) {
    gatherer.lacks('xmp', bounded('bound.xmpPacket', { place: 'metadata', most: limits.xmpPacketBytes }));
    return;
  }
  gatherer.spend(packet.length);
  // The inner of two elements decides, so each gets one of its own.
  const around = namespaces.filter((n) => n !== '');
  const opened = around.map((declared) => `<around${declared}>`).join('');
  const whole = `${opened}${packet}${'</around>'.repeat(around.length)}`;
  gatherer.blocks.xmp.push({
    place: 'svg metadata',
    bytes: wide ? Buffer.from(whole, 'utf8') : Buffer.from(whole, 'latin1'),
    ...(wide ? {} : { offset: start }),
  });
}
