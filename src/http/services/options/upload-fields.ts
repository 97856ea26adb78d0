import Type from 'typebox';
import { isDay } from '../../../base/day.js';
import { countryOf } from '../../../core/law/rulebooks/index.js';
import { ALL_RULEBOOKS } from '../../../core/report/rule-terms.js';
import { type Message, message } from '../../../i18n/message.js';
import {
  type OptionNameOfType,
  type OptionType,
  optionSpec,
  optionsAt,
  type RequestedOptionName,
  type RequestedOptions,
} from '../../../inspect/options/members.js';
import {
  type LawDefaults,
  type LawSelection,
  resolveLawSelection,
} from '../../../inspect/options/resolved-law.js';
import { listSchema, optionProperties } from '../../../inspect/options/schemas.js';
import { boundMessage } from '../../contract/format-bytes.js';
import { httpLimits } from '../../contract/limits.js';
import { badField, type Problem } from '../../contract/problems/problem.js';
import { unknownMemberProblem } from '../../contract/problems/unknown-member.js';
import { cutText, toDisplayText } from '../../contract/shown-text.js';
import { parseCaseRef, parseTags } from '../desk-fields.js';

/** Facts about a rulebook that fields are validated against. */
export interface KnownRulebook {
  id: string;
  jurisdiction: string;
}

/** Validated fields of an upload. */
export interface UploadFields extends RequestedOptions {
  caseRef?: string;
  tags?: string[];
}

interface Field {
  fieldname: string;
  value: unknown;
  valueTruncated?: boolean;
}

/** JSON form of the fields. */
export const JsonFieldsSchema = Type.Object({
  ...optionProperties('json'),
  caseRef: Type.Optional(Type.String({ description: 'The newsroom’s own reference for the story.' })),
  tags: Type.Optional(listSchema('RequestedTags', message('question.tags'))),
});

/** Validates JSON fields one by one, by the rules of the form; adds them to those of the query. */
export function parseJsonFields(
  asked: object,
  known: readonly KnownRulebook[],
  inQuery: UploadFields,
): UploadFields {
  const fields = { ...inQuery };
  for (const [fieldname, value] of Object.entries(asked)) {
    for (const one of [value].flat()) addField({ fieldname, value: String(one) }, fields, known, 'json');
  }
  return fields;
}

/** Validates and stores one field; throws `Problem`. An empty value means unset: that is what an untouched form sends. */
export function addField(
  part: Field,
  fields: UploadFields,
  known: readonly KnownRulebook[],
  source: 'form' | 'json' | 'query' = 'form',
): void {
  const { fieldname, value } = part;
  if (typeof value !== 'string') throw badField(toEchoedName(fieldname), message('problem.field.text'));
  if (part.valueTruncated)
    throw badField(
      toEchoedName(fieldname),
      message('problem.field.size', { most: boundMessage(httpLimits.fieldBytes) }),
    );
  const member = optionsAt(source).find((name) => name === fieldname);
  if (member === 'sidecar' || member === 'init' || fieldname === 'file')
    throw badField(fieldname, message('problem.field.file'));
  if (member !== undefined) addMember(member, value, fields, known);
  else if (fieldname === 'caseRef') {
    if (fields.caseRef !== undefined) throw badField('caseRef', message('problem.field.once'));
    if (value.trim() !== '') fields.caseRef = parseCaseRef(value);
  } else if (fieldname === 'tags') fields.tags = parseTags([...(fields.tags ?? []), ...splitList(value)]);
  else
    throw unknownMemberProblem(fieldname, [
      ...Object.keys(JsonFieldsSchema.properties),
      'file',
      'sidecar',
      'init',
    ]);
}

function addMember(
  name: RequestedOptionName,
  text: string,
  fields: UploadFields,
  known: readonly KnownRulebook[],
): void {
  const { type: takes, times, words } = optionSpec(name);
  if (times === 'once' && fields[name] !== undefined) throw badField(name, message('problem.field.once'));
  if (text.trim() === '') return;
  const value = PARSERS[takes](name, text.trim(), known);
  if (!Array.isArray(value)) Object.assign(fields, { [name]: value });
  else if (value.length > 0) {
    const all = [...new Set([fields[name] ?? [], value].flat())];
    Object.assign(fields, { [name]: words?.filter((word) => all.includes(word)) ?? all });
  }
}

/** Parses a text by the type of its member; throws the message of the expected value. */
const PARSERS: Record<
  OptionType,
  (name: RequestedOptionName, text: string, known: readonly KnownRulebook[]) => string | boolean | string[]
> = {
  day: (name, text) => {
    if (isDay(text)) return text;
    throw badField(name, message('problem.field.day'));
  },
  // A ticked box sends `on`.
  yes: (name, text) => {
    if (text === 'true' || text === 'on') return true;
    if (text === 'false') return false;
    throw badField(name, message('problem.field.yesOrNo'));
  },
  word: (name, text) => {
    const { words: names = [] } = optionSpec(name);
    if (names.includes(text)) return text;
    throw badField(name, message('problem.field.one', { names }));
  },
  words: (name, text) => {
    const { words: names = [] } = optionSpec(name);
    const asked = splitList(text);
    if (asked.every((word) => names.includes(word))) return asked;
    throw badField(name, message('problem.field.any', { names }));
  },
  names: (name, text, known) => assertKnownNames(name, splitList(text), known),
  file: (name) => {
    throw badField(name, message('problem.field.file'));
  },
};

/** Members whose words depend on the installed rulebooks. */
const NAMES = {
  rulebooks: {
    fits: ({ id }, word) => id === word || word === ALL_RULEBOOKS,
    expected: (known) =>
      message('problem.field.ids', { names: [ALL_RULEBOOKS, ...known.map(({ id }) => id)] }),
  },
  jurisdiction: {
    fits: ({ jurisdiction }, word) => jurisdiction === word || countryOf(jurisdiction) === word,
    expected: (known) =>
      message('problem.field.codes', { names: [...new Set(known.map(({ jurisdiction }) => jurisdiction))] }),
  },
} satisfies Record<OptionNameOfType<'names'>, Names>;

interface Names {
  fits(book: KnownRulebook, word: string): boolean;
  expected(known: readonly KnownRulebook[]): Message;
}

function namesOf(name: RequestedOptionName): Names {
  if (name === 'rulebooks' || name === 'jurisdiction') return NAMES[name];
  throw new Error(`${name} takes no names`);
}

/** Throws `Problem` for a word that no installed rulebook knows: it would silently leave law out. */
function assertKnownNames(
  name: RequestedOptionName,
  asked: string[],
  known: readonly KnownRulebook[],
): string[] {
  const { fits, expected } = namesOf(name);
  if (asked.every((word) => known.some((book) => fits(book, word)))) return asked;
  throw badField(name, expected(known));
}

/** Returns the law options of the fields, with the defaults of the key and of this server. */
export function resolveLawOptions(
  fields: UploadFields,
  defaults: { key: LawDefaults; operator: LawDefaults },
  known: readonly KnownRulebook[],
): LawSelection {
  return resolveLawSelection(fields, defaults, ({ ids, jurisdictions }) => {
    // Defaults that a key was given years ago may be missing from today's rulebooks.
    assertKnownNames('rulebooks', ids ?? [], known);
    assertKnownNames('jurisdiction', jurisdictions ?? [], known);
    const books = ids === undefined ? known : ids.flatMap((id) => known.filter((book) => book.id === id));
    return books.filter(
      (book) => jurisdictions?.some((place) => NAMES.jurisdiction.fits(book, place)) ?? true,
    );
  });
}

export const splitList = (value: string): string[] =>
  value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** Returns the problem of a file in a field other than `file`. */
export function strayFileProblem(fieldname: string): Problem {
  return badField(toEchoedName(fieldname), message('problem.field.noFile'));
}

/** Cleans a client's name for display. A part without a name has none. */
function toEchoedName(fieldname: string | undefined): string {
  return cutText(toDisplayText(fieldname ?? ''), httpLimits.echoedCharacters);
}
