import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { asArray, asRecord, type JsonRecord } from '../../base/json-shape.js';
import type { Rulebook } from '../../core/law/rulebook.js';
import { builtInFragments, resolveFragments } from '../../core/law/rulebooks/fragments.js';
import { lawLimits } from './law-limits.js';
import { clauseOfText } from './law-source.js';

const TEXTS = /^texts\.([A-Za-z0-9-]+)\.json$/;

/** Writes a book of the law in force in the source form of a layer (law-source.ts). */
export async function exportBook({ id, folder }: Pick<Rulebook, 'id' | 'folder'>): Promise<string> {
  if (folder === undefined) throw new Error(`rulebook ${id}: it has no folder`);
  const own = new URL(`${id}/`, folder);
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(new URL(name, own), 'utf8'));
  const [head, rules, cases] = await Promise.all(['book.json', 'clauses.json', 'cases.json'].map(read));
  const clauses = asArray(resolveFragments(rules, builtInFragments()), lawLimits.files).map(
    (one) => ({ ...asRecord(one) }) as JsonRecord & { id: string },
  );
  const all: [string, JsonRecord][] = [];
  for (const name of await readdir(fileURLToPath(own))) {
    const [, language] = TEXTS.exec(name) ?? [];
    if (language !== undefined) all.push([language, asRecord(await read(name)) ?? {}]);
  }
  const pick = (clause?: string) =>
    Object.fromEntries(
      all.map(([language, texts]) => [
        language,
        Object.fromEntries(
          Object.entries(texts)
            .filter(([text]) => clauseOfText(text, clauses)?.id === clause)
            .map(([text, words]) => [clause === undefined ? text : text.slice(clause.length + 1), words]),
        ),
      ]),
    );
  const source = {
    ...asRecord(head),
    texts: pick(),
    clauses: clauses.map((clause) => ({ ...clause, texts: pick(clause.id) })),
    cases,
  };
  return stringify(source, { lineWidth: 100, aliasDuplicateObjects: false });
}
