import Type, { type TSchema } from 'typebox';
import { textOf } from '../core/report/text-in.js';
import { type Said, said } from '../say/said.js';
import { speechOf } from '../say/speech.js';
import type { Asked } from './asked.js';
import { type Door, type Member, membersAt, type NameAt, type NameOf, rowOf, type Takes } from './members.js';

/** Schemas of the members, for each way that a question comes in or is kept. */

type Way = Extract<Door, 'query' | 'form' | 'json'>;
type Made = (row: Member, about?: { description: string; title?: string }) => TSchema;

/** Entries of one list in JSON. */
const MOST_LISTED = 100;

const described = (...sentences: Said[]) => ({ description: textOf(sentences, speechOf('en')) });

/** Words as JSON lists them, or with commas as in a form. */
export const listSchema = (title: string, about: Said) =>
  Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: MOST_LISTED })], {
    title,
    ...described(about, said('question.json.often')),
  });

const bytes: Made = (_, about) => Type.String({ format: 'binary', ...about });

/** What a value is. */
const VALUES: Record<Takes, Made> = {
  day: (_, about) => Type.String(about),
  yes: (_, about) => Type.Boolean(about),
  word: ({ words = [] }, about) => Type.Enum([...words], about),
  words: ({ words = [] }) => Type.Array(Type.Enum([...words])),
  names: () => Type.Array(Type.String()),
  file: bytes,
};

/** The text that stands for it in a form. */
const TEXTS: Record<Takes, Made> = {
  day: (_, about) => Type.String({ format: 'date', ...about }),
  yes: (_, about) => Type.Enum(['true', 'false'], about),
  word: VALUES.word,
  words: ({ words = [] }, about) => Type.String({ ...about, examples: words.slice(0, 1) }),
  names: (_, about) => Type.String(about),
  file: bytes,
};

/** In JSON a member is asked at several doors, and bears a name by which it is described once. */
const titleOf = (name: string) => `Asked${name.replace(/^./, (letter) => letter.toUpperCase())}`;

/** How one text says several. */
const oftenIn = ({ times }: Member): Said[] => (times === 'often' ? [said('question.form.often')] : []);

const WAYS: Record<Way, (row: Member, name: string) => TSchema> = {
  // Checked one by one before anything of the body is read, and refused in words of their own.
  query: ({ about, times, at }) =>
    Type.String(described(about, at.json ? said(`question.query.${times}`) : said('question.form.often'))),
  form: (row) => TEXTS[row.takes](row, described(row.about, ...oftenIn(row))),
  json: (row, name) => {
    const title = titleOf(name);
    if (row.times === 'often') return listSchema(title, row.about);
    return VALUES[row.takes](row, { title, ...described(row.about) });
  },
};

/** All that may be asked in a way, each of it left out at will. In JSON no file stands: the door names one in its own way. */
export function propertiesFor<W extends Way>(way: W) {
  type Name = W extends 'json' ? Exclude<NameAt<W>, NameOf<'file'>> : NameAt<W>;
  const names = membersAt(way).filter((name): name is Name => way !== 'json' || rowOf(name).takes !== 'file');
  return mapped(names, (name) => Type.Optional(WAYS[way](rowOf(name), name)));
}

/** Some of what may be asked in an address. */
export const queryOf = <N extends NameAt<'query'>>(names: readonly N[]) =>
  mapped(names, (name) => Type.Optional(Type.String(described(rowOf(name).about, ...oftenIn(rowOf(name))))));

/** A question with its defaults, as it is kept for workers on other machines. */
export const ASKED_PROPERTIES = {
  asOf: Type.String(),
  asOfBecause: Type.Optional(Type.Enum(['asked', 'today'])),
  rulebooks: Type.Optional(VALUES.names(rowOf('rulebooks'))),
  places: Type.Optional(VALUES.names(rowOf('jurisdiction'))),
  roles: Type.Optional(VALUES.words(rowOf('role'))),
  summed: Type.Optional(
    Type.Object(
      {
        places: Type.Optional(VALUES.names(rowOf('jurisdiction'))),
        roles: Type.Optional(VALUES.words(rowOf('role'))),
      },
      { additionalProperties: false },
    ),
  ),
  engine: VALUES.word(rowOf('engine')),
  deep: Type.Optional(VALUES.yes(rowOf('deep'))),
  reveal: Type.Optional(VALUES.words(rowOf('reveal'))),
} satisfies Record<keyof Asked, TSchema>;

function mapped<const N extends string, T>(names: readonly N[], of: (name: N) => T): Record<N, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<N, T>;
}
