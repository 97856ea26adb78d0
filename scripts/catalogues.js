/**
 * Generates src/i18n/catalogues/messages.ts (ids, parameter types, languages) from the catalogues, sorts their entries,
 * and prints their faults and how much of each partial language is translated. With `--messages` it only generates.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';

const FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src', 'i18n', 'catalogues');
const SOURCE = 'en';
/** Languages that must have every text. Others may be partial: what they lack is said in English. */
const COMPLETE = [SOURCE, 'zh-Hans'];
const ID = /^[a-z][a-zA-Z0-9]*(\.[a-zA-Z0-9][a-zA-Z0-9-]*)+$/;

export const languages = (folder = FOLDER) => [
  SOURCE,
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== `${SOURCE}.json`)
    .map((name) => name.slice(0, -'.json'.length))
    .sort(),
];

export const catalogue = (language, folder = FOLDER) =>
  JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'));

/** Placeholder → its use: `argument`, `number`, or the options of a choice (`select`). */
export function places(text) {
  const found = new Map();
  gather(parse(text, { ignoreTag: true }), found);
  return found;
}

function gather(elements, found) {
  for (const one of elements) {
    if (one.type === TYPE.argument && !found.has(one.value)) found.set(one.value, { kind: 'argument' });
    if (one.type === TYPE.number || one.type === TYPE.plural) found.set(one.value, { kind: 'number' });
    if (one.type === TYPE.select) {
      // A text can have several choices on one placeholder, with different options.
      const options = new Set([...(found.get(one.value)?.options ?? []), ...Object.keys(one.options)]);
      found.set(one.value, { kind: 'select', options: [...options] });
    }
    if (one.type === TYPE.date || one.type === TYPE.time)
      throw new Error(`{${one.value}} is a date of Intl; give a date.day instead`);
    for (const { value } of Object.values(one.options ?? {})) gather(value, found);
  }
}

/** Returns the faults of the catalogues, one line each. */
export function faults(folder = FOLDER) {
  const source = catalogue(SOURCE, folder);
  return [
    ...Object.entries(source).flatMap(([id, entry]) => sourceFaults(id, entry)),
    ...languages(folder)
      .slice(1)
      .flatMap((language) => translationFaults(language, catalogue(language, folder), source)),
  ];
}

function sourceFaults(id, { defaultMessage, description, example, ...rest }) {
  const found = [];
  if (!ID.test(id)) found.push('is no id (room.thing.detail)');
  if (typeof description !== 'string' || description === '') found.push('has no description');
  if (Object.keys(rest).length > 0) found.push(`has members that nobody knows: ${Object.keys(rest)}`);
  const own = attempt(() => [...places(defaultMessage).keys()].sort().join());
  const given = Object.keys(example ?? {})
    .sort()
    .join();
  if (own.error) found.push(own.error);
  else if (own.value !== given) found.push(`its example has {${given}}, its text {${own.value}}`);
  return found.map((what) => `${SOURCE}.json: ${id}: ${what}`);
}

const idsMissing = (texts, source) => Object.keys(source).filter((id) => !(id in texts));

/** Returns how much of each partial language is translated, one line each. */
export function partialLanguages(folder = FOLDER) {
  const source = catalogue(SOURCE, folder);
  const total = Object.keys(source).length;
  const number = (count) => count.toLocaleString('en');
  return languages(folder)
    .filter((language) => !COMPLETE.includes(language))
    .map((language) => [language, idsMissing(catalogue(language, folder), source).length])
    .filter(([, missing]) => missing > 0)
    .map(
      ([language, missing]) =>
        `${language}: ${number(total - missing)} of ${number(total)} texts, the rest in English`,
    );
}

function translationFaults(language, texts, source) {
  // English texts for these would name or lay out the other language wrongly.
  const missing = idsMissing(texts, source).filter(
    (id) => COMPLETE.includes(language) || id.startsWith('language.'),
  );
  return [
    ...missing.map((id) => `${language}.json: ${id}: is missing`),
    ...Object.entries(texts).flatMap(([id, text]) =>
      textFaults(text, source[id]).map((what) => `${language}.json: ${id}: ${what}`),
    ),
  ];
}

function textFaults(text, entry) {
  if (entry === undefined) return ['is not in en.json'];
  const own = attempt(() => places(text));
  const wanted = attempt(() => places(entry.defaultMessage));
  if (own.error) return [own.error];
  // Faults of the English text were already reported for English.
  if (wanted.error) return [];
  return [
    ...[...wanted.value.keys()].filter((one) => !own.value.has(one)).map((one) => `does not say {${one}}`),
    ...[...own.value.keys()]
      .filter((one) => !wanted.value.has(one))
      .map((one) => `says {${one}}, which en.json has not`),
  ];
}

function attempt(work) {
  try {
    return { value: work() };
  } catch (error) {
    return { error: error.message };
  }
}

function typeOf({ kind, options }, example) {
  if (kind === 'number') return 'number';
  if (kind === 'select') {
    const words = options.filter((one) => one !== 'other');
    // A closed list may also be covered by the last choice (`other`).
    return words.includes(example) ? options.map((one) => `'${one}'`).join(' | ') : 'string';
  }
  if (Array.isArray(example))
    return example.every((one) => typeof one === 'string') ? 'readonly string[]' : 'readonly Message[]';
  if (typeof example === 'number') return 'number';
  return typeof example === 'object' ? 'Message' : 'string';
}

export function messagesModule(folder = FOLDER) {
  const source = catalogue(SOURCE, folder);
  const missing = languages(folder).map(
    (language) => `  '${language}': ${idsMissing(catalogue(language, folder), source).length},`,
  );
  const entries = Object.entries(source).map(([id, { defaultMessage, example }]) => {
    const params = [...places(defaultMessage)].map(
      ([name, place]) => `${name}: ${typeOf(place, example?.[name])}`,
    );
    return `  '${id}': ${params.length === 0 ? 'Nothing' : `{ ${params.join('; ')} }`};`;
  });
  return [
    '// Made from the catalogues beside it by scripts/catalogues.js; not edited by hand.',
    '/** Languages, each a file beside this one. */',
    `export const LANGUAGES = [${languages(folder)
      .map((one) => `'${one}'`)
      .join(', ')}] as const;`,
    '/** Number of texts that each language still says in English. */',
    'export const MISSING_TEXTS: Readonly<Record<(typeof LANGUAGES)[number], number>> = {',
    ...missing,
    '};',
    '',
    'type Nothing = Record<never, never>;',
    '',
    '/** Every id, and what goes into its places. */',
    'export interface Messages {',
    ...entries,
    '}',
    'export type MessageId = keyof Messages;',
    '',
    '/** Ids of all messages with the types of their parameters. */',
    'export interface Message {',
    '  id: MessageId;',
    '  params?: Params;',
    '}',
    '',
    '/** A text as it is written, a number, something said within something said, or a list. */',
    'export type Param = string | number | Message | readonly (string | Message)[];',
    'export type Params = Readonly<Record<string, Param>>;',
    '',
  ].join('\n');
}

const ordered = (entries) =>
  `${JSON.stringify(Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`;

function writeIfChanged(path, content) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== content) writeFileSync(path, content);
}

/** Leaves an up-to-date file untouched, because its time decides whether dist/ is stale. */
export function writeMessages(folder = FOLDER) {
  writeIfChanged(join(folder, 'messages.ts'), messagesModule(folder));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeMessages();
  if (!process.argv.includes('--messages')) {
    for (const one of languages()) writeIfChanged(join(FOLDER, `${one}.json`), ordered(catalogue(one)));
    for (const line of partialLanguages()) console.log(line);
    const lines = faults();
    for (const line of lines) console.error(line);
    if (lines.length > 0) process.exitCode = 1;
  }
}
