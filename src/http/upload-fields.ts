import Type from 'typebox';
import { isDay } from '../core/ground/day.js';
import { countryOf } from '../core/law/rulebooks/index.js';
import { ALL_RULEBOOKS } from '../core/report/rule-terms.js';
import { type AskedLaw, askedLaw, type LawDefaults } from '../question/asked-law.js';
import {
  membersAt,
  type NameOf,
  type Question,
  type QuestionName,
  rowOf,
  type Takes,
} from '../question/members.js';
import { listSchema, propertiesFor } from '../question/schemas.js';
import { type Said, said } from '../say/said.js';
import { caseRef, tagList } from './desk-words.js';
import { boundSaid } from './format-bytes.js';
import { httpLimits } from './limits.js';
import { badField, type Problem } from './problem.js';
import { cutText, shownText } from './shown-text.js';
import { unknownMember } from './unknown-member.js';

/** What a field's words are held against. */
export interface KnownRulebook {
  id: string;
  jurisdiction: string;
}

/** What the fields around a file come to. */
export interface UploadFields extends Question {
  caseRef?: string;
  tags?: string[];
}

interface Field {
  fieldname: string;
  value: unknown;
  valueTruncated?: boolean;
}

/** The same fields where they come as JSON. */
export const JsonFieldsSchema = Type.Object({
  ...propertiesFor('json'),
  caseRef: Type.Optional(Type.String({ description: 'The desk’s own word for the story.' })),
  tags: Type.Optional(listSchema('AskedTags', said('question.tags'))),
});

/** Held against the same rules, field by field, as from a form; added to what the address asks. */
export function fieldsOf(
  asked: object,
  known: readonly KnownRulebook[],
  inQuery: UploadFields,
): UploadFields {
  const fields = { ...inQuery };
  for (const [fieldname, value] of Object.entries(asked)) {
    for (const one of [value].flat()) takeField({ fieldname, value: String(one) }, fields, known, 'json');
  }
  return fields;
}

/** Takes one field in, or refuses it. An empty value means unset: that is what an untouched form sends. */
export function takeField(
  part: Field,
  fields: UploadFields,
  known: readonly KnownRulebook[],
  door: 'form' | 'json' | 'query' = 'form',
): void {
  const { fieldname, value } = part;
  if (typeof value !== 'string') throw badField(echo(fieldname), said('problem.field.text'));
  if (part.valueTruncated)
    throw badField(echo(fieldname), said('problem.field.size', { most: boundSaid(httpLimits.fieldBytes) }));
  const member = membersAt(door).find((name) => name === fieldname);
  if (member === 'sidecar' || member === 'init' || fieldname === 'file')
    throw badField(fieldname, said('problem.field.file'));
  if (member !== undefined) takeMember(member, value, fields, known);
  else if (fieldname === 'caseRef') {
    if (fields.caseRef !== undefined) throw badField('caseRef', said('problem.field.once'));
    if (value.trim() !== '') fields.caseRef = caseRef(value);
  } else if (fieldname === 'tags') fields.tags = tagList([...(fields.tags ?? []), ...listOf(value)]);
  else
    throw unknownMember(fieldname, [...Object.keys(JsonFieldsSchema.properties), 'file', 'sidecar', 'init']);
}

function takeMember(
  name: QuestionName,
  text: string,
  fields: UploadFields,
  known: readonly KnownRulebook[],
): void {
  const { takes, times, words } = rowOf(name);
  if (times === 'once' && fields[name] !== undefined) throw badField(name, said('problem.field.once'));
  if (text.trim() === '') return;
  const value = READ[takes](name, text.trim(), known);
  if (!Array.isArray(value)) Object.assign(fields, { [name]: value });
  else if (value.length > 0) {
    const all = [...new Set([fields[name] ?? [], value].flat())];
    Object.assign(fields, { [name]: words?.filter((word) => all.includes(word)) ?? all });
  }
}

/** What a text means, by what the member takes; throws what is expected. */
const READ: Record<
  Takes,
  (name: QuestionName, text: string, known: readonly KnownRulebook[]) => string | boolean | string[]
> = {
  day: (name, text) => {
    if (isDay(text)) return text;
    throw badField(name, said('problem.field.day'));
  },
  // `on` is what a ticked box sends.
  yes: (name, text) => {
    if (text === 'true' || text === 'on') return true;
    if (text === 'false') return false;
    throw badField(name, said('problem.field.yesOrNo'));
  },
  word: (name, text) => {
    const { words: names = [] } = rowOf(name);
    if (names.includes(text)) return text;
    throw badField(name, said('problem.field.one', { names }));
  },
  words: (name, text) => {
    const { words: names = [] } = rowOf(name);
    const asked = listOf(text);
    if (asked.every((word) => names.includes(word))) return asked;
    throw badField(name, said('problem.field.any', { names }));
  },
  names: (name, text, known) => knownNames(name, listOf(text), known),
  file: (name) => {
    throw badField(name, said('problem.field.file'));
  },
};

/** Words that only the rulebooks know, by the member that takes them. */
const NAMES = {
  rulebooks: {
    fits: ({ id }, word) => id === word || word === ALL_RULEBOOKS,
    expected: (known) => said('problem.field.ids', { names: [ALL_RULEBOOKS, ...known.map(({ id }) => id)] }),
  },
  jurisdiction: {
    fits: ({ jurisdiction }, word) => jurisdiction === word || countryOf(jurisdiction) === word,
    expected: (known) =>
      said('problem.field.codes', { names: [...new Set(known.map(({ jurisdiction }) => jurisdiction))] }),
  },
} satisfies Record<NameOf<'names'>, Names>;

interface Names {
  fits(book: KnownRulebook, word: string): boolean;
  expected(known: readonly KnownRulebook[]): Said;
}

function namesOf(name: QuestionName): Names {
  if (name === 'rulebooks' || name === 'jurisdiction') return NAMES[name];
  throw new Error(`${name} takes no names`);
}

/** Refuses a word that no rulebook here knows: it would leave law out without a word. */
function knownNames(name: QuestionName, asked: string[], known: readonly KnownRulebook[]): string[] {
  const { fits, expected } = namesOf(name);
  if (asked.every((word) => known.some((book) => fits(book, word)))) return asked;
  throw badField(name, expected(known));
}

/** What the fields ask of the law, with what the key and this server ask for where they do not say. */
export function lawIn(
  fields: UploadFields,
  defaults: { key: LawDefaults; operator: LawDefaults },
  known: readonly KnownRulebook[],
): AskedLaw {
  return askedLaw(fields, defaults, ({ ids, jurisdictions }) => {
    // What a key was given years ago may be gone from the rulebooks of today.
    knownNames('rulebooks', ids ?? [], known);
    knownNames('jurisdiction', jurisdictions ?? [], known);
    const books = ids === undefined ? known : ids.flatMap((id) => known.filter((book) => book.id === id));
    return books.filter(
      (book) => jurisdictions?.some((place) => NAMES.jurisdiction.fits(book, place)) ?? true,
    );
  });
}

const listOf = (value: string): string[] =>
  value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** A file under another name than `file`. */
export function strayFile(fieldname: string): Problem {
  return badField(echo(fieldname), said('problem.field.noFile'));
}

/** A name as the client wrote it, fit to be said back. A part without a name has none. */
function echo(fieldname: string | undefined): string {
  return cutText(shownText(fieldname ?? ''), httpLimits.echoedCharacters);
}
