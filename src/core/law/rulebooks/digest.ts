import { createHash } from 'node:crypto';
import { type Fragments, resolveFragments } from './fragments.js';

/**
 * Returns the SHA-256, in hex, of a law's head, clauses and texts, given as file name → parsed JSON. Whitespace and
 * member order do not matter, nor do its cases and changelog, nor whether a condition is written out or as a fragment;
 * the edition is reported separately.
 */
export function computeRulebookDigest(files: ReadonlyMap<string, unknown>, fragments: Fragments): string {
  const hash = createHash('sha256');
  for (const name of [...files.keys()].filter((one) => DIGESTED_FILES.test(one)).sort())
    hash.update(
      `${name}\n${JSON.stringify(sortMembers(name, resolveFragments(files.get(name), fragments)))}\n`,
    );
  return hash.digest('hex');
}

const DIGESTED_FILES = /^(book|clauses|texts\.[A-Za-z0-9-]+)\.json$/;

function sortMembers(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => sortMembers('', one));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([key]) => !(name === 'book.json' && key === 'edition'));
  return Object.fromEntries(
    members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sortMembers('', one)]),
  );
}
