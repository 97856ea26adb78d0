import { createHash } from 'node:crypto';
import { asRecord } from '../ground/json-shape.js';
import { type Digest, leafHash } from './tree.js';

/** Who did it; by name, never a secret. */
export interface Actor {
  keyId?: string;
  /** The key's name, or another word for who it was, as `link` and the id of a link. */
  who: string;
  /** Of the request in which it was done. */
  requestId?: string;
}

/** What happened, as one leaf. */
export interface LogEvent {
  tenant: string;
  /** RFC 3339, UTC, milliseconds. */
  at: string;
  /** As `inspection.received`; where the log has no word of its own for a request, the operation of the API. */
  action: string;
  /** Of a request: the operation of the API, or a page's method and route. */
  operation?: string;
  /** An id (inspection, case, link), never a name from a file. */
  subject?: string;
  /** Of the answer to a request. */
  status?: number;
  requestId?: string;
  keyId?: string;
  who?: string;
  /** Small, and without personal data: the SHA-256 of a file, the kind of a bundle, a host, a count. */
  facts?: Readonly<Record<string, string | number>>;
}

/** Who it was, beside the leaf: the leaf has no more of it than a digest, so that this can go and the tree still holds. */
export interface LeafPerson {
  keyId?: string;
  who: string;
  /** Base64. */
  salt: string;
}

/** Members of a leaf, as they are hashed in canonical form. */
export interface Leaf {
  index: number;
  at: string;
  action: string;
  operation?: string;
  subject?: string;
  status?: number;
  requestId?: string;
  /** Of whoever did it (`personDigest`). */
  person?: string;
  facts?: Readonly<Record<string, string | number>>;
}

const MOST_CHARACTERS = 256;
const MOST_FACTS = 16;

/** Nothing that a caller hands over makes a leaf large or unreadable. */
export function leafOf(event: LogEvent, index: number, person: LeafPerson | undefined): Leaf {
  const { at, action, operation, subject, status, requestId, facts } = event;
  return {
    index,
    at: short(at),
    action: short(action),
    ...(operation === undefined ? {} : { operation: short(operation) }),
    ...(subject === undefined ? {} : { subject: short(subject) }),
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId: short(requestId) }),
    ...(person === undefined ? {} : { person: personDigest(person) }),
    ...(facts === undefined ? {} : { facts: shortFacts(facts) }),
  };
}

function shortFacts(facts: Readonly<Record<string, string | number>>): Record<string, string | number> {
  const some = Object.entries(facts).slice(0, MOST_FACTS);
  return Object.fromEntries(
    some.map(([name, value]) => [short(name), typeof value === 'string' ? short(value) : whole(value)]),
  );
}

/** What is no whole number has no one form to hash, and would keep all that comes behind it from its place. */
function whole(value: number): number | string {
  const number = Math.trunc(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** Half of a pair of surrogates has no UTF-8, and so no bytes to hash. */
const short = (text: string): string =>
  text
    .slice(0, MOST_CHARACTERS)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

/**
 * Hexadecimal SHA-256 of salt, key and name, a line feed between them:
 * `printf '%s\n%s\n%s' SALT KEYID WHO | sha256sum` gives the same.
 */
export const personDigest = ({ salt, keyId = '', who }: LeafPerson): string =>
  createHash('sha256').update(`${salt}\n${keyId}\n${who}`).digest('hex');

const MOST_DEPTH = 8;

/**
 * Canonical JSON (RFC 8785) of what a leaf is made of: whole numbers, texts, objects. Undefined for anything else, so that
 * two readers never hash different bytes for one leaf.
 */
export function canonical(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  const members = depth < MOST_DEPTH ? asRecord(value) : undefined;
  if (members === undefined) return undefined;
  const parts: string[] = [];
  for (const name of Object.keys(members).sort()) {
    const text = canonical(members[name], depth + 1);
    if (text === undefined) return undefined;
    parts.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${parts.join(',')}}`;
}

/** What is kept of a leaf, byte for byte as it is hashed. */
export function leafText(leaf: Leaf): string {
  const text = canonical(leaf);
  if (text === undefined) throw new TypeError('not a leaf');
  return text;
}

export const hashOfText = (text: string): Digest => leafHash(Buffer.from(text, 'utf8'));
