import Type, { type TSchema } from 'typebox';
import { localizeSentences } from '../../core/report/message-lookup.js';
import { type Message, message } from '../../i18n/message.js';
import { translatorFor } from '../../i18n/translator.js';
import {
  type EntryPoint,
  type OptionNameAt,
  type OptionNameOfType,
  type OptionSpec,
  type OptionType,
  optionSpec,
  optionsAt,
} from './members.js';
import type { ResolvedOptions } from './resolved.js';

/** Schemas of the options for each form of input and for storage. */

type InputForm = Extract<EntryPoint, 'query' | 'form' | 'json'>;
type SchemaFactory = (row: OptionSpec, about?: { description: string; title?: string }) => TSchema;

/** Maximum number of entries of a list in JSON. */
const MAX_LIST_ITEMS = 100;

const describe = (...sentences: Message[]) => ({
  description: localizeSentences(sentences, translatorFor('en')),
});

/** Schema of words as a JSON list or comma-separated text. */
export const listSchema = (title: string, about: Message) =>
  Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: MAX_LIST_ITEMS })], {
    title,
    ...describe(about, message('question.json.often')),
  });

const bytes: SchemaFactory = (_, about) => Type.String({ format: 'binary', ...about });

/** Schemas of values in JSON. */
const VALUE_SCHEMAS: Record<OptionType, SchemaFactory> = {
  day: (_, about) => Type.String(about),
  yes: (_, about) => Type.Boolean(about),
  word: ({ words = [] }, about) => Type.Enum([...words], about),
  words: ({ words = [] }) => Type.Array(Type.Enum([...words])),
  names: () => Type.Array(Type.String()),
  file: bytes,
};

/** Schemas of values as text in a form. */
const TEXT_SCHEMAS: Record<OptionType, SchemaFactory> = {
  day: (_, about) => Type.String({ format: 'date', ...about }),
  yes: (_, about) => Type.Enum(['true', 'false'], about),
  word: VALUE_SCHEMAS.word,
  words: ({ words = [] }, about) => Type.String({ ...about, examples: words.slice(0, 1) }),
  names: (_, about) => Type.String(about),
  file: bytes,
};

/** In JSON several operations accept the option, so it has a title under which it is described once. */
const optionTitle = (name: string) => `Requested${name.replace(/^./, (letter) => letter.toUpperCase())}`;

/** Adds how several values are given in one text. */
const repeatNote = ({ times }: OptionSpec): Message[] =>
  times === 'often' ? [message('question.form.often')] : [];

const FORM_SCHEMAS: Record<InputForm, (row: OptionSpec, name: string) => TSchema> = {
  // Values are checked individually before the body is read, with specific error messages.
  query: ({ description: about, times, at }) =>
    Type.String(
      describe(about, at.json ? message(`question.query.${times}`) : message('question.form.often')),
    ),
  form: (row) => TEXT_SCHEMAS[row.type](row, describe(row.description, ...repeatNote(row))),
  json: (row, name) => {
    const title = optionTitle(name);
    if (row.times === 'often') return listSchema(title, row.description);
    return VALUE_SCHEMAS[row.type](row, { title, ...describe(row.description) });
  },
};

/**
 * Returns all options of a form of input, each optional. JSON has no files; each operation accepts those in its own
 * form.
 */
export function optionProperties<W extends InputForm>(form: W) {
  type Name = W extends 'json' ? Exclude<OptionNameAt<W>, OptionNameOfType<'file'>> : OptionNameAt<W>;
  const names = optionsAt(form).filter(
    (name): name is Name => form !== 'json' || optionSpec(name).type !== 'file',
  );
  return mapNames(names, (name) => Type.Optional(FORM_SCHEMAS[form](optionSpec(name), name)));
}

/** Returns some of the query parameters. */
export const queryProperties = <N extends OptionNameAt<'query'>>(names: readonly N[]) =>
  mapNames(names, (name) =>
    Type.Optional(Type.String(describe(optionSpec(name).description, ...repeatNote(optionSpec(name))))),
  );

/** Schemas of the resolved options as stored for workers on other machines. */
export const RESOLVED_OPTION_PROPERTIES = {
  asOf: Type.String(),
  asOfSource: Type.Optional(Type.Enum(['requested', 'today'])),
  rulebooks: Type.Optional(VALUE_SCHEMAS.names(optionSpec('rulebooks'))),
  jurisdictions: Type.Optional(VALUE_SCHEMAS.names(optionSpec('jurisdiction'))),
  roles: Type.Optional(VALUE_SCHEMAS.words(optionSpec('role'))),
  summed: Type.Optional(
    Type.Object(
      {
        jurisdictions: Type.Optional(VALUE_SCHEMAS.names(optionSpec('jurisdiction'))),
        roles: Type.Optional(VALUE_SCHEMAS.words(optionSpec('role'))),
      },
      { additionalProperties: false },
    ),
  ),
  engine: VALUE_SCHEMAS.word(optionSpec('engine')),
  deep: Type.Optional(VALUE_SCHEMAS.yes(optionSpec('deep'))),
  visible: Type.Optional(VALUE_SCHEMAS.yes(optionSpec('visible'))),
  reveal: Type.Optional(VALUE_SCHEMAS.words(optionSpec('reveal'))),
} satisfies Record<keyof ResolvedOptions, TSchema>;

function mapNames<const N extends string, T>(names: readonly N[], of: (name: N) => T): Record<N, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<N, T>;
}
