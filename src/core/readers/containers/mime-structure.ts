import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { bounded, malformed, type Walk } from './walk.js';

/**
 * Structure of a mail (RFC 2045 and 2046): its parts and the byte span of each body. postal-mime parses boundaries,
 * headers and the various encodings of file names. It receives single lines and never the bodies: these are read from
 * the file on demand, byte for byte, while the parser would retain them all and normalize their line ends. Only header
 * fields that describe a body are kept.
 */

export interface MimePart {
  /** Part number as in IMAP (RFC 3501 §6.4.5), such as `2.1`. */
  number: string;
  /** Media type as stated in the mail, in lower case. */
  mediaType: string;
  /** Media types of the enclosing parts, from the root down. */
  enclosingTypes: readonly string[];
  /** Transfer encoding in lower case; empty if none is stated. */
  encoding: string;
  name?: string | undefined;
  /** Offset of the encoded body. Its span excludes the line end that belongs to the following boundary. */
  offset: number;
  bytes: number;
}

/** Members of postal-mime's nodes that its types omit. `tests/core/readers/mail.test.ts` fails if they change. */
interface Node {
  state: 'header' | 'body' | 'finished';
  depth: number;
  parentNode?: Node;
  childNodes: Node[];
  contentType: { parsed: Header; multipart: string | false };
  contentDisposition: { parsed: Header };
  contentTransferEncoding: { encoding: string };
  contentDecoder: unknown;
}
interface Header {
  value: string;
  params: { filename?: string; name?: string };
}
interface Parser {
  currentNode: Node;
  headerSize: number;
  processLine(line: Uint8Array, isFinal: boolean): Promise<void>;
  finalize(): Promise<void>;
}

interface Body {
  from: number;
  to: number;
}

/** Returns the parts of the mail at `from` to `to` of the file. The mail is read whole and not cached. */
export async function parseMimeParts(asset: Asset, from: number, to: number): Promise<Walk<MimePart>> {
  const text = await asset.read(from, to - from);
  const { default: PostalMime, decodeWords } = await import('postal-mime');
  const parser = new PostalMime({
    maxNestingDepth: limits.mailDepth,
    maxHeadersSize: limits.mailHeadersBytes,
  }) as unknown as Parser;
  const root = parser.currentNode;
  const bodies = new Map<Node, Body>();
  const fault = await walk(parser, text, bodies).catch(() => toLimitFault(parser));
  const named = ({ contentType, contentDisposition }: Node) => {
    const name = contentDisposition.parsed.params.filename || contentType.parsed.params.name;
    return name ? decodeWords(name.slice(0, NAME_CHARACTERS)) : undefined;
  };
  const items = [...bodies]
    .filter(([{ contentType }]) => contentType.multipart === false)
    .map(
      ([node, body]): MimePart => ({
        number: numberOf(node, root),
        mediaType: node.contentType.parsed.value,
        enclosingTypes: [...enclosing(node)].map(({ contentType }) => contentType.parsed.value).reverse(),
        encoding: node.contentTransferEncoding.encoding,
        name: named(node),
        offset: from + body.from,
        bytes: body.to - body.from,
      }),
    );
  return fault === undefined ? { items } : { items, fault };
}

/** Maximum length of an encoded name, because RFC 2047 words are longer than their text. */
const NAME_CHARACTERS = 4 * limits.partNameCharacters;
const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;

type Fault = NonNullable<Walk<MimePart>['fault']>;

/** Feeds the parser all lines of headers, but only those lines of bodies that may be a boundary. */
async function walk(parser: Parser, text: Buffer, bodies: Map<Node, Body>): Promise<Fault | undefined> {
  let node = parser.currentNode;
  let nodes = 1;
  for (let at = 0; at < text.length; ) {
    const lineFeed = text.indexOf(LF, at);
    const next = lineFeed < 0 ? text.length : lineFeed + 1;
    const wasHeader = node.state === 'header';
    if (wasHeader || (text[at] === DASH && text[at + 1] === DASH)) {
      await parser.processLine(text.subarray(at, lineEnd(text, at, next)), false);
      if (parser.currentNode !== node) {
        const body = bodies.get(node);
        if (body !== undefined) body.to = Math.max(body.from, beforeLineEnd(text, at));
        node = parser.currentNode;
        nodes += 1;
        if (nodes > limits.mailParts)
          return bounded('bound.entries', { place: 'MIME', most: limits.mailParts });
      } else if (wasHeader && node.state !== 'header') bodies.set(node, { from: next, to: text.length });
      // Prevents the parser from retaining the body.
      node.contentDecoder = null;
    }
    at = next;
  }
  const ended = findUndividedFault(bodies);
  await parser.finalize();
  return ended;
}

/**
 * Returns the fault for the parser's own limits. The parser throws for each, with errors that differ in their text
 * only.
 */
function toLimitFault({ headerSize, currentNode }: Parser): Fault {
  if (headerSize > limits.mailHeadersBytes)
    return bounded('bound.bytes', { place: 'MIME', most: limits.mailHeadersBytes });
  return currentNode.depth >= limits.mailDepth
    ? bounded('bound.depth', { place: 'MIME', most: limits.mailDepth })
    : malformed('mail.damaged');
}

function lineEnd(text: Buffer, from: number, next: number): number {
  let end = next;
  while (end > from && (text[end - 1] === LF || text[end - 1] === CR)) end -= 1;
  return end;
}

/** Returns the end of the body before a boundary; the line end between them belongs to the boundary (RFC 2046 §5.1.1). */
function beforeLineEnd(text: Buffer, boundary: number): number {
  const end = text[boundary - 1] === LF ? boundary - 1 : boundary;
  return end < boundary && text[end - 1] === CR ? end - 1 : end;
}

/** Returns a fault if declared parts have no boundaries or do not end. */
function findUndividedFault(bodies: ReadonlyMap<Node, Body>): Fault | undefined {
  const open = [...bodies.keys()].filter(
    ({ contentType, state }) => contentType.multipart !== false && state !== 'finished',
  );
  if (open.some(({ childNodes }) => childNodes.length === 0)) return malformed('mail.boundaries');
  return open.length > 0 ? malformed('mail.cutOff') : undefined;
}

function* enclosing(node: Node): Generator<Node> {
  for (let one = node.parentNode; one !== undefined; one = one.parentNode) yield one;
}

function numberOf(node: Node, root: Node): string {
  const path: number[] = [];
  for (let one = node; one !== root && one.parentNode; one = one.parentNode)
    path.unshift(one.parentNode.childNodes.indexOf(one) + 1);
  return path.length === 0 ? '1' : path.join('.');
}
