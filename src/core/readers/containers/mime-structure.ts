import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { bounded, malformed, type Walk } from './walk.js';

/**
 * The tree of a mail (RFC 2045 and 2046): which parts it has, and where the body of each stands. postal-mime knows
 * boundaries, headers and the ways to write a file name. It is handed the lines one by one and never the bodies: those are
 * taken from the file where they are wanted, byte for byte, while the parser would keep them all and end their lines anew.
 * Of the headers nothing is kept but what is said of a body.
 */

export interface MimePart {
  /** Numbered as IMAP does (RFC 3501 §6.4.5), such as `2.1`. */
  number: string;
  /** Lower case, as the mail has it. */
  mediaType: string;
  /** Of those above it, from the root on. */
  above: readonly string[];
  /** Lower case; empty where none is stated. */
  encoding: string;
  name?: string | undefined;
  /** Of the body as it stands, without the line end that belongs to the boundary behind it. */
  offset: number;
  bytes: number;
}

/** What of postal-mime's parser and its nodes is leaned on beyond its types; `tests/readers/mail.test.ts` would notice a change. */
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

/** Where `from` to `to` of the file is one mail; it is read whole, and forgotten. */
export async function mimeParts(asset: Asset, from: number, to: number): Promise<Walk<MimePart>> {
  const text = await asset.read(from, to - from);
  const { default: PostalMime, decodeWords } = await import('postal-mime');
  const parser = new PostalMime({
    maxNestingDepth: limits.mailDepth,
    maxHeadersSize: limits.mailHeadersBytes,
  }) as unknown as Parser;
  const root = parser.currentNode;
  const bodies = new Map<Node, Body>();
  const fault = await walk(parser, text, bodies).catch(() => gaveUp(parser));
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
        above: [...above(node)].map(({ contentType }) => contentType.parsed.value).reverse(),
        encoding: node.contentTransferEncoding.encoding,
        name: named(node),
        offset: from + body.from,
        bytes: body.to - body.from,
      }),
    );
  return fault === undefined ? { items } : { items, fault };
}

/** A name in words of RFC 2047 is longer than what it says. */
const NAME_CHARACTERS = 4 * limits.partNameCharacters;
const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;

type Fault = NonNullable<Walk<MimePart>['fault']>;

/** The parser is asked about lines of headers, and of bodies about those alone that may be a boundary. */
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
        if (nodes > limits.mailParts) return bounded('bound.mailParts', { most: limits.mailParts });
      } else if (wasHeader && node.state !== 'header') bodies.set(node, { from: next, to: text.length });
      // What the parser would keep of a body.
      node.contentDecoder = null;
    }
    at = next;
  }
  const ended = undivided(bodies);
  await parser.finalize();
  return ended;
}

/** The parser throws at its own bounds, and tells them apart by words alone. */
function gaveUp({ headerSize, currentNode }: Parser): Fault {
  if (headerSize > limits.mailHeadersBytes)
    return bounded('bound.mailHeaders', { most: limits.mailHeadersBytes });
  return currentNode.depth >= limits.mailDepth
    ? bounded('bound.mailDepth', { most: limits.mailDepth })
    : malformed('mail.damaged');
}

function lineEnd(text: Buffer, from: number, next: number): number {
  let end = next;
  while (end > from && (text[end - 1] === LF || text[end - 1] === CR)) end -= 1;
  return end;
}

/** Where the body before a boundary ends: the line end between them is the boundary's (RFC 2046 §5.1.1). */
function beforeLineEnd(text: Buffer, boundary: number): number {
  const end = text[boundary - 1] === LF ? boundary - 1 : boundary;
  return end < boundary && text[end - 1] === CR ? end - 1 : end;
}

/** Parts that are announced and cannot be told apart, or that come to no end. */
function undivided(bodies: ReadonlyMap<Node, Body>): Fault | undefined {
  const open = [...bodies.keys()].filter(
    ({ contentType, state }) => contentType.multipart !== false && state !== 'finished',
  );
  if (open.some(({ childNodes }) => childNodes.length === 0)) return malformed('mail.boundaries');
  return open.length > 0 ? malformed('mail.cutOff') : undefined;
}

function* above(node: Node): Generator<Node> {
  for (let one = node.parentNode; one !== undefined; one = one.parentNode) yield one;
}

function numberOf(node: Node, root: Node): string {
  const path: number[] = [];
  for (let one = node; one !== root && one.parentNode; one = one.parentNode)
    path.unshift(one.parentNode.childNodes.indexOf(one) + 1);
  return path.length === 0 ? '1' : path.join('.');
}
