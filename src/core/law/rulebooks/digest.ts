import { createHash } from 'node:crypto';

/**
 * The sha256, in hex, of what a law says: its head, clauses and words, as file name → parsed JSON. Spaces and the order
 * of members do not count, nor do its cases and its list of changes, and the edition is told beside it.
 */
export function digestOf(files: ReadonlyMap<string, unknown>): string {
  const hash = createHash('sha256');
  for (const name of [...files.keys()].filter((one) => SAYS.test(one)).sort())
    hash.update(`${name}\n${JSON.stringify(ordered(name, files.get(name)))}\n`);
  return hash.digest('hex');
}

const SAYS = /^(book|clauses|texts\.[A-Za-z0-9-]+)\.json$/;

function ordered(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => ordered('', one));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([key]) => !(name === 'book.json' && key === 'edition'));
  return Object.fromEntries(
    members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, ordered('', one)]),
  );
}
