import { createHash } from 'node:crypto';
import { asRecord } from '../../base/json-shape.js';
import { leafHash, type TreeHash } from './tree.js';

/** Person or client that acted, by name and never with a secret. */
export interface Actor {
  keyId?: string;
  /** Name of the key, or another name such as `link` with the link's id. */
  who: string;
  /** Id of the request. */
  requestId?: string;
}

/** Event that is logged as one leaf. */
export interface LogEvent {
  tenant: string;
  /** RFC 3339, UTC, milliseconds. */
  at: string;
  /** Name such as `inspection.received`; the API operation for requests without a name of their own. */
  action: string;
  /** API operation of a request, or method and route of a page. */
  operation?: string;
  /** An id (inspection, case, link), never a name from a file. */
  subject?: string;
  /** Status of the response to a request. */
  status?: number;
  requestId?: string;
  keyId?: string;
  who?: string;
  /** Small data without personal content: the SHA-256 of a file, the kind of a bundle, a host, a count. */
  facts?: Readonly<Record<string, string | number>>;
}

/**
 * Identity of the actor, stored apart from the leaf. The leaf only holds its digest, so the identity can be deleted
 * while the tree stays valid.
 */
export interface LeafPerson {
  keyId?: string;
  who: string;
  /** Base64. */
  salt: string;
}

/** Members of a leaf, hashed in canonical form. */
export interface Leaf {
  index: number;
  at: string;
  action: string;
  operation?: string;
  subject?: string;
  status?: number;
  requestId?: string;
  /** Digest of the actor (`personDigest`). */
  person?: string;
  facts?: Readonly<Record<string, string | number>>;
}

const MAX_CHARACTERS = 256;
const MAX_FACTS = 16;

/** Builds a leaf. Its values are bounded and sanitized, so that a caller cannot make it large or unreadable. */
export function createLeaf(event: LogEvent, index: number, person: LeafPerson | undefined): Leaf {
  const { at, action, operation, subject, status, requestId, facts } = event;
  return {
    index,
    at: boundText(at),
    action: boundText(action),
    ...(operation === undefined ? {} : { operation: boundText(operation) }),
    ...(subject === undefined ? {} : { subject: boundText(subject) }),
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId: boundText(requestId) }),
    ...(person === undefined ? {} : { person: personDigest(person) }),
    ...(facts === undefined ? {} : { facts: boundFacts(facts) }),
  };
}

function boundFacts(facts: Readonly<Record<string, string | number>>): Record<string, string | number> {
  const some = Object.entries(facts).slice(0, MAX_FACTS);
  return Object.fromEntries(
    some.map(([name, value]) => [
      boundText(name),
      typeof value === 'string' ? boundText(value) : toInteger(value),
    ]),
  );
}

/** Only integers have a canonical form. Another number would make the leaf impossible to hash and block all later ones. */
function toInteger(value: number): number | string {
  const number = Math.trunc(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** Replaces lone surrogates, because they have no UTF-8 form and so cannot be hashed. */
const boundText = (text: string): string =>
  text
    .slice(0, MAX_CHARACTERS)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

/**
 * Returns the hexadecimal SHA-256 of salt, key id and name, separated by line feeds; equal to `printf '%s
 * %s
 * %s' SALT KEYID WHO | sha256sum`.
 */
export const personDigest = ({ salt, keyId = '', who }: LeafPerson): string =>
  createHash('sha256').update(`${salt}\n${keyId}\n${who}`).digest('hex');

const MAX_DEPTH = 8;

/**
 * Returns the canonical JSON (RFC 8785) of integers, strings and objects. `undefined` for anything else, so that two
 * readers never hash different bytes for one leaf.
 */
export function toCanonicalJson(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  const members = depth < MAX_DEPTH ? asRecord(value) : undefined;
  if (members === undefined) return undefined;
  const parts: string[] = [];
  for (const name of Object.keys(members).sort()) {
    const text = toCanonicalJson(members[name], depth + 1);
    if (text === undefined) return undefined;
    parts.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${parts.join(',')}}`;
}

/** Returns the stored form of a leaf, byte for byte as it is hashed. */
export function formatLeaf(leaf: Leaf): string {
  const text = toCanonicalJson(leaf);
  if (text === undefined) throw new TypeError('not a leaf');
  return text;
}

export const hashLeafText = (text: string): TreeHash => leafHash(Buffer.from(text, 'utf8'));
