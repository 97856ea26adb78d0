import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import Type, { type Static, type TSchema } from 'typebox';
import { Errors } from 'typebox/schema';
import { type Document, isAlias, isNode, LineCounter, parseDocument, visit } from 'yaml';
import { asRecord } from '../../base/json-shape.js';
import { showText } from '../../base/visible.js';
import { type RawRulebook, type Rulebook, RulebookSchema, RuleSchema } from '../../core/law/rulebook.js';
import {
  type BookFault,
  findInvisible,
  findSourceFaults,
  findTextFaults,
  findUntestedDates,
} from '../../core/law/rulebooks/book-faults.js';
import { type Case, CaseSchema } from '../../core/law/rulebooks/cases.js';
import { checkRules, RulebookFault } from '../../core/law/rulebooks/check-rules.js';
import { findTextIdFaults } from '../../core/law/rulebooks/check-texts.js';
import {
  builtInFragments,
  FragmentFault,
  type Fragments,
  resolveFragments,
} from '../../core/law/rulebooks/fragments.js';
import { type ArchiveFile, toBundlePath } from './archive.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import type { DisabledClause } from './manifest.js';
import { FileTooLarge, readBounded } from './read-bounded.js';

/**
 * Source form of a layer: a folder with one YAML or JSON file for each book, `fragments.yaml` for conditions and parts
 * that its books share, and `disable.yaml` for clauses of other books that the layer disables. It becomes the files of an archive; each fault names its file, line and column.
 */

const closed = { additionalProperties: false } as const;
const language = Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 20 });
const texts = Type.Record(
  language,
  Type.Record(Type.String({ maxLength: 200 }), Type.String({ minLength: 1 })),
);

const { rules: _, ...ofBook } = RulebookSchema.properties;
const HeadSchema = Type.Object(
  { ...ofBook, order: Type.Optional(ofBook.order), texts, clauses: Type.Unknown(), cases: Type.Unknown() },
  closed,
);
const ClauseSchema = Type.Object({ ...RuleSchema.properties, texts }, closed);
const ListSchema = Type.Array(Type.Unknown(), {
  minItems: 1,
  maxItems: 500,
});
const CasesSchema = Type.Array(Type.Unknown(), { minItems: 1, maxItems: 5_000 });
const DisableSchema = Type.Array(
  Type.Object(
    {
      book: RulebookSchema.properties.id,
      clause: RuleSchema.properties.id,
      reason: Type.String({ minLength: 1, maxLength: lawLimits.reasonCharacters }),
    },
    closed,
  ),
  { minItems: 1, maxItems: lawLimits.files },
);

const FragmentsSchema = Type.Record(Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }), Type.Object({}));

type SourceClause = Static<typeof ClauseSchema>;
type Texts = Record<string, string>;

/** Fault of a source file; `line` and `column` count from 1. */
export interface SourceFault {
  file: string;
  line: number;
  column: number;
  why: string;
}

export interface LawSource {
  /** Sorted by name. */
  files: ArchiveFile[];
  disables: DisabledClause[];
  books: { book: Rulebook; cases: Case[]; languages: string[] }[];
  faults: SourceFault[];
}

/** Reads a layer's folder, or one file of it. Rejects with `LawRefusal` if there is nothing to read in it. */
export async function readLawSource(path: string): Promise<LawSource> {
  const source: LawSource = { files: [], disables: [], books: [], faults: [] };
  const fragments = new Map(builtInFragments());
  const stemOf = (file: string) => basename(file, extname(file));
  const files = await listSourceFiles(path);
  // Fragments come first, because any book may use them.
  files.sort((one, other) => Number(stemOf(other) === 'fragments') - Number(stemOf(one) === 'fragments'));
  for (const file of files) {
    const { document, faults, fault } = parseSource(await readSource(file), basename(file));
    source.faults.push(...faults);
    if (document === undefined) continue;
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    if (stemOf(file) === 'fragments') readFragments(value, fragments, source, fault);
    else if (stemOf(file) === 'disable') readDisables(value, source, fault);
    else readBook(value, fragments, source, fault);
  }
  source.faults.splice(lawLimits.namedFaults);
  source.files.sort((one, other) => (one.name < other.name ? -1 : 1));
  return source;
}

async function listSourceFiles(path: string): Promise<string[]> {
  const names = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw new LawRefusal('law.unreadable', { path });
  });
  if (names === undefined) return [path];
  const files = names
    .filter((one) => one.isFile() && SOURCE_FILE.test(one.name))
    .map(({ name }) => join(path, name));
  if (files.length === 0) throw new LawRefusal('law.noSource', { path });
  if (files.length > lawLimits.files) throw new LawRefusal('law.size', { what: 'files' });
  return files.sort();
}
const SOURCE_FILE = /^[^.].*\.(?:ya?ml|json)$/;

async function readSource(path: string): Promise<string> {
  try {
    return (await readBounded(path, lawLimits.sourceBytes)).toString('utf8');
  } catch (error) {
    if (error instanceof FileTooLarge) throw new LawRefusal('law.size', { what: basename(path) });
    throw new LawRefusal('law.unreadable', { path });
  }
}

/** Adds a fault at a place of the file; the place of its nearest parent if there is no such member. */
type AddFault = (path: BookFault['path'], why: string) => SourceFault;

function parseSource(text: string, file: string) {
  const lines = new LineCounter();
  // JSON is YAML too, so one parser gives lines and columns of both.
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    logLevel: 'silent',
  });
  const at = (offset: number, why: string): SourceFault => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, why: showText(why) };
  };
  const faults = [...document.errors, ...document.warnings].map(({ pos: [offset], message }) =>
    at(offset, message.split('\n')[0]?.replace(/ at line \d+, column \d+:$/, '') ?? ''),
  );
  const tooDeep = `nests values deeper than ${lawLimits.sourceDepth} levels`;
  const exhausted = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (exhausted !== undefined) faults.splice(0, faults.length, at(exhausted.pos[0], tooDeep));
  visit(document, (_key, node, path) => {
    if (path.length > lawLimits.sourceDepth) {
      if (exhausted === undefined)
        faults.push(at((isNode(node) ? node.range?.[0] : undefined) ?? 0, tooDeep));
      return visit.BREAK;
    }
    if (!isAlias(node) && !(isNode(node) && 'anchor' in node && node.anchor !== undefined)) return undefined;
    faults.push(at(node.range?.[0] ?? 0, 'anchors and aliases are not read: write the value again'));
    return visit.BREAK;
  });
  const fault: AddFault = (path, why) => at(offsetOf(document, path), why);
  return { document: faults.length === 0 ? document : undefined, faults, fault };
}

function offsetOf(document: Document, path: BookFault['path']): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node.range?.[0] ?? 0;
  }
  return 0;
}

function readDisables(value: unknown, source: LawSource, fault: AddFault): void {
  const faults = [...schemaFaults(DisableSchema, value, []), ...findInvisible(value)];
  source.faults.push(...faults.map(({ path, why }) => fault(path, why)));
  if (faults.length > 0) return;
  for (const { book, clause, reason } of value as Static<typeof DisableSchema>)
    source.disables.push({ book, rule: clause, reason: reason.trim() });
}

/** A layer may use Assay's fragments and define its own, but not replace one. */
function readFragments(
  value: unknown,
  fragments: Map<string, unknown>,
  source: LawSource,
  fault: AddFault,
): void {
  const faults = schemaFaults(FragmentsSchema, value, []);
  source.faults.push(...faults.map(({ path, why }) => fault(path, why)));
  if (faults.length > 0) return;
  for (const [name, one] of Object.entries(value as Static<typeof FragmentsSchema>)) {
    if (fragments.has(name)) source.faults.push(fault([name], `is a fragment of Assay’s: ${name}`));
    else fragments.set(name, one);
  }
}

/** Fills in the fragments of the clauses; `undefined` if one of them cannot be. */
function fillClauses(value: unknown, fragments: Fragments, source: LawSource, fault: AddFault): unknown {
  const { clauses, ...others } = asRecord(value) ?? {};
  if (clauses === undefined) return value;
  try {
    return { ...others, clauses: resolveFragments(clauses, fragments) };
  } catch (error) {
    if (!(error instanceof FragmentFault)) throw error;
    source.faults.push(fault(['clauses', ...error.path], `${error.code}: ${error.message}`));
    return undefined;
  }
}

function readBook(given: unknown, fragments: Fragments, source: LawSource, fault: AddFault): void {
  const value = fillClauses(given, fragments, source, fault);
  if (value === undefined) return;
  const shape = findShapeFaults(value);
  if (shape.length > 0) {
    source.faults.push(...shape.map(({ path, why }) => fault(path, why)));
    return;
  }
  const {
    clauses,
    cases,
    texts: ofAll,
    ...head
  } = value as Static<typeof HeadSchema> & {
    clauses: SourceClause[];
    cases: Case[];
  };
  const rules = clauses.map(({ texts: __, ...rule }) => rule);
  const raw: RawRulebook = { ...head, order: head.order ?? 0, rules };
  const { id } = raw;
  if (source.books.some(({ book }) => book.id === id))
    source.faults.push(fault(['id'], `is the id of another file's book: ${id}`));
  const found = findRuleFaults(raw);
  source.faults.push(...found.map(({ path, why }) => fault(path, why)));
  if (found.length > 0) return;
  const book = checkRules(raw, `${id}/clauses.json`);
  const byLanguage = collectTexts(ofAll, clauses);
  const english = byLanguage.get('en');
  const rest = [
    ...findInvisible(value),
    ...findSourceFaults(book),
    ...findUntestedDates(book, cases),
    ...(english === undefined ? [{ path: ['texts'], why: 'has no English (en)' }] : []),
    ...[...byLanguage].flatMap(([language, own]) =>
      [
        ...findTextIdFaults(own, book, language === 'en' ? undefined : english).map(({ id, why }) => ({
          path: [id],
          why,
        })),
        ...findTextFaults(own, language),
      ].map(({ path: [id], why }) => toTextFault(String(id), language, clauses, why)),
    ),
  ];
  source.faults.push(
    ...rest.map(({ path, why }) =>
      fault(
        path.map((one) => (one === 'rules' ? 'clauses' : one)),
        why,
      ),
    ),
  );
  const { rules: ___, ...bookJson } = raw;
  const files: [string, unknown][] = [
    ['book.json', bookJson],
    ['clauses.json', rules],
    ['cases.json', cases],
    ...[...byLanguage].map(([language, own]): [string, unknown] => [`texts.${language}.json`, own]),
  ];
  for (const [name, content] of files)
    source.files.push({
      name: toBundlePath(id, name),
      bytes: Buffer.from(`${JSON.stringify(content, null, 1)}\n`),
    });
  source.books.push({ book, cases, languages: [...byLanguage.keys()] });
}

/** The library lists few faults at a time, so each clause and case is asked alone. */
function findShapeFaults(value: unknown): BookFault[] {
  const head = schemaFaults(HeadSchema, value, []);
  if (head.length > 0) return head;
  const { clauses, cases } = value as { clauses: unknown; cases: unknown };
  const lists = [
    ...schemaFaults(ListSchema, clauses, ['clauses']),
    ...schemaFaults(CasesSchema, cases, ['cases']),
  ];
  if (lists.length > 0) return lists;
  return [
    ...(clauses as unknown[]).flatMap((one, index) => schemaFaults(ClauseSchema, one, ['clauses', index])),
    ...(cases as unknown[]).flatMap((one, index) => schemaFaults(CaseSchema, one, ['cases', index])),
  ];
}

function schemaFaults(schema: TSchema, value: unknown, at: BookFault['path']): BookFault[] {
  const [passes, errors] = Errors(schema, value);
  if (passes) return [];
  return errors
    .filter(({ keyword }) => keyword !== 'boolean')
    .map(({ instancePath, params, message }) => {
      const inside = instancePath
        .split('/')
        .slice(1)
        .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'))
        .map((one) => (/^\d+$/.test(one) ? Number(one) : one));
      const [more] = 'additionalProperties' in params ? params.additionalProperties : [];
      const path = [...at, ...inside, ...(more === undefined ? [] : [more])];
      return { path, why: [...path.slice(-1), wordsOf(message, params)].join(' ') };
    });
}

function wordsOf(message: string, params: object): string {
  if ('allowedValues' in params && Array.isArray(params.allowedValues))
    return `must be one of ${params.allowedValues.join(', ')}`;
  if ('additionalProperties' in params) return 'is no member that is read here';
  return message;
}

/** Asks each clause alone, so that a fault of one hides none of another. */
function findRuleFaults(raw: RawRulebook): BookFault[] {
  const ask = (book: RawRulebook, index = 0): BookFault[] => {
    try {
      checkRules(book, `${raw.id}/clauses.json`);
      return [];
    } catch (error) {
      if (!(error instanceof RulebookFault)) throw error;
      const [first = '', ...path] = error.place
        .replace(/ \([^)]*\)/, '')
        .split('/')
        .slice(1);
      const numbered = path.map((one) => (/^\d+$/.test(one) ? Number(one) : one));
      const [own, ...more] = numbered;
      const place = first === 'rules' ? ['clauses', Number(own) + index, ...more] : [first, ...numbered];
      return [{ path: place, why: `${error.place.replace(/^\/rules\/\d+ \(([^)]*)\)/, '$1')} ${error.why}` }];
    }
  };
  const alone = raw.rules.flatMap(({ supersededBy: _, itemOf: __, ...rule }, index) =>
    ask({ ...raw, rules: [rule] }, index),
  );
  return alone.length > 0 ? alone : ask(raw);
}

/** Text ids of an archive: those of the book, and those of each clause after its id. */
function collectTexts(ofAll: Record<string, Texts>, clauses: readonly SourceClause[]): Map<string, Texts> {
  const all = new Map<string, Texts>();
  for (const language of new Set(
    [ofAll, ...clauses.map((one) => one.texts)].flatMap((one) => Object.keys(one)),
  )) {
    const own = clauses.flatMap(({ id, texts: of }) =>
      Object.entries(of[language] ?? {}).map(([name, text]) => [`${id}.${name}`, text] as const),
    );
    all.set(language, { ...ofAll[language], ...Object.fromEntries(own) });
  }
  return all;
}

/** Returns the place of a text by its id in an archive. */
function toTextFault(id: string, language: string, clauses: readonly SourceClause[], why: string): BookFault {
  const clause = clauseOfText(id, clauses);
  const path =
    clause === undefined
      ? ['texts', language, id]
      : ['clauses', clauses.indexOf(clause), 'texts', language, id.slice(clause.id.length + 1)];
  return { path, why: `${language}: ${id} ${why}` };
}

/** Returns the clause of a text: its id begins with that of the clause, and ids may have dots. */
export const clauseOfText = <C extends { id: string }>(text: string, clauses: readonly C[]): C | undefined =>
  clauses
    .filter(({ id }) => text.startsWith(`${id}.`))
    .sort((one, other) => other.id.length - one.id.length)[0];
