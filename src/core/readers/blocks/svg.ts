import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { parseTag } from '../containers/svg-tags.js';
import { bounded, malformed } from '../containers/walk.js';
import { BlockCollector, type MetadataBlocks } from './block.js';

/** Root of a packet: `x:xmpmeta`, or a bare `rdf:RDF`, within `metadata` (XMP Specification Part 3 §1.1.9). */
const PACKETS = new Set(['xmpmeta', 'RDF']);
const NAMESPACE = /\sxmlns(?::[\w.-]{1,64})?\s*=\s*(?:"[^"<]{0,512}"|'[^'<]{0,512}')/g;

/**
 * Returns the XMP of SVG. It cuts the element out and wraps it in its namespaces, so that the rest of the file, which
 * may have a DOCTYPE with entities, is never parsed.
 */
export async function readSvgBlocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockCollector(asset);
  if (asset.bytes > limits.svgBytes)
    return gatherer.conclude(bounded('bound.bytes', { place: 'SVG', most: limits.svgBytes }));
  const bytes = await asset.read(0, asset.bytes);
  // UTF-8 gives offsets in the file; for UTF-16 they are omitted.
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0x3c && bytes[1] === 0);
  const text = bytes.toString(wide ? 'utf16le' : 'latin1');
  return gatherer.conclude(take(gatherer, text, wide));
}

interface Open {
  name: string;
  start: number;
  namespaces: string;
}

function take(gatherer: BlockCollector, text: string, wide: boolean): MetadataBlocks['fault'] {
  const path: Open[] = [];
  let packet: Open | undefined;
  let at = text.indexOf('<');
  for (let tags = 0; at >= 0; tags++) {
    if (tags >= limits.svgTags) return bounded('bound.entries', { place: 'SVG', most: limits.svgTags });
    const tag = parseTag(text, at);
    if (!tag) return malformed('svg.truncated');
    if (tag.kind === 'open') {
      if (path.length >= limits.xmpDepth)
        return bounded('bound.depth', { place: 'SVG', most: limits.xmpDepth });
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
  gatherer: BlockCollector,
  { name, start }: Open,
  packet: string,
  namespaces: readonly string[],
  wide: boolean,
): void {
  // Licence notes (Inkscape) are RDF too but not XMP: XMP consists of descriptions.
  if (name === 'RDF' && !/<(?:[\w.-]{1,64}:)?Description[\s/>]/.test(packet)) return;
  if (packet.length > gatherer.maxBytes('xmp')) {
    gatherer.addFault('xmp', bounded('bound.bytes', { place: 'metadata', most: limits.xmpPacketBytes }));
    return;
  }
  gatherer.charge(packet.length);
  // An inner element overrides the namespaces of an outer one, so each set of declarations gets an element of its own.
  const around = namespaces.filter((n) => n !== '');
  const opened = around.map((declared) => `<around${declared}>`).join('');
  const whole = `${opened}${packet}${'</around>'.repeat(around.length)}`;
  gatherer.blocks.xmp.push({
    locator: 'svg metadata',
    bytes: wide ? Buffer.from(whole, 'utf8') : Buffer.from(whole, 'latin1'),
    ...(wide ? {} : { offset: start }),
  });
}
