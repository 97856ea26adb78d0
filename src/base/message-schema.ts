import Type, { type Static, type TSchema } from 'typebox';
import type { Message, Params } from '../i18n/message.js';

/**
 * Schemas of text members of a Report. A published Report has the texts of one language. A stored Report has messages
 * (`messages`) instead, from which the texts are made when it is returned (core/law/localize.ts).
 */

const MAX_ID_CHARACTERS = 120;
const MAX_PARAMS = 16;
/** Longer texts are shortened before they are said; see i18n/translator.ts. */
const MAX_TEXT_CHARACTERS = 1000;
const MAX_ITEMS = 64;
const MAX_SENTENCES = 64;
/** Maximum nesting of messages within messages. */
const MAX_DEPTH = 7;

/** Marks the schema of a member that only localized Reports have. Published schemas lack the mark. */
export const LOCALIZED_MARK = 'x-localized';

declare const localized: unique symbol;
/**
 * Type of a member that only localized Reports have. Any `T` may be assigned to it; the mark only tells `Stored` which
 * members to remove. Texts and lists share `length`, without which TypeScript would reject them for having no member
 * in common with the mark.
 */
export type Localized<T> = T & { readonly length: number; readonly [localized]?: never };

/** Stored form of a type: it lacks the members of localized Reports. */
export type Stored<T> = T extends readonly unknown[]
  ? { [K in keyof T]: Stored<T[K]> }
  : T extends object
    ? {
        [K in keyof T as typeof localized extends keyof Exclude<T[K], undefined> ? never : K]: K extends
          | 'messages'
          | 'params'
          ? T[K]
          : Stored<T[K]>;
      }
    : T;

/** Marks a schema as that of a member that only localized Reports have. */
export const localizedMember = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Localized<Static<T>>>({ ...schema, [LOCALIZED_MARK]: true });

/** Schema of a text that every published Report has. */
export const localizedText = (description: string) => localizedMember(Type.String({ description }));

/** Schema of a text that is present only in some cases. */
export const optionalLocalizedText = (description: string) => Type.Optional(localizedText(description));

/**
 * Returns the schema of the stored form, in which every text may be missing. Texts are accepted, because Reports of older
 * versions and results of scans have them.
 */
export const toStoredSchema = (schema: TSchema): TSchema => withOptionalTexts(schema) as TSchema;

/** Unchanged schemas are returned as they are, by identity. */
function withOptionalTexts(value: unknown): unknown {
  if (Array.isArray(value)) {
    const all = value.map(withOptionalTexts);
    return all.every((one, at) => one === value[at]) ? value : all;
  }
  if (typeof value !== 'object' || value === null || value instanceof RegExp || '$defs' in value)
    return value;
  const changed = Object.entries(value).flatMap(([name, before]) => {
    const member = name === 'required' ? before : withOptionalTexts(before);
    return member === before ? [] : [[name, member] as const];
  });
  const { properties, required } = value as { properties?: object; required?: unknown };
  if (properties !== undefined && Array.isArray(required)) {
    const texts = Object.entries(properties).filter(([, member]) => LOCALIZED_MARK in member);
    const names = new Set(texts.map(([name]) => name));
    if (names.size > 0) changed.push(['required', required.filter((name) => !names.has(name))]);
  }
  if (changed.length === 0) return value;
  // The library marks schemas with non-enumerable members, which must be copied too.
  const copy: object = Object.create(Object.getPrototypeOf(value), Object.getOwnPropertyDescriptors(value));
  return Object.assign(copy, Object.fromEntries(changed));
}

/** Name under which the schema of parameters refers to itself. */
export const PARAMS_REF = 'Params';

/** Schema of message parameters. Messages within them are nested at most `depth` deep. */
function paramsSchemaAt(depth: number) {
  const text = Type.String({ maxLength: MAX_TEXT_CHARACTERS });
  const within = depth === 0 ? [] : [Type.Ref(`Said${depth - 1}`)];
  const list = Type.Array(Type.Union([text, ...within]), { maxItems: MAX_ITEMS });
  return Type.Record(
    Type.String({ pattern: '^[a-zA-Z]{1,40}$' }),
    Type.Union([text, Type.Number(), ...within, list]),
    { additionalProperties: false, maxProperties: MAX_PARAMS },
  );
}

const messageSchemaAt = (depth: number) =>
  Type.Object(
    {
      id: Type.String({
        pattern: '^[a-z][a-zA-Z0-9]*(\\.[a-zA-Z0-9][a-zA-Z0-9-]*)+$',
        maxLength: MAX_ID_CHARACTERS,
      }),
      params: Type.Optional(paramsSchemaAt(depth)),
    },
    { additionalProperties: false },
  );

/**
 * One definition per depth instead of a recursive one, because a hostile reading process may send deeply nested
 * messages.
 */
const LEVELS = Object.fromEntries(
  Array.from({ length: MAX_DEPTH }, (_, depth) => [`Said${depth}`, messageSchemaAt(depth)]),
);

/** Message id and its parameters. */
export const MessageSchema = Type.Unsafe<Message>(Type.Cyclic(LEVELS, `Said${MAX_DEPTH - 1}`));
/** Messages that form consecutive sentences. */
export const MessagesSchema = Type.Array(MessageSchema, { maxItems: MAX_SENTENCES });
const params = Type.Cyclic({ ...LEVELS, [PARAMS_REF]: paramsSchemaAt(MAX_DEPTH) }, PARAMS_REF);
/** Parameters of the message of a fault code. */
export const ParamsSchema = Type.Optional(Type.Unsafe<Params>(params));
/**
 * Definitions that the schemas refer to by name. They must be passed when a schema is compiled or checked: otherwise
 * the library searches the whole schema at every reference, which takes a second instead of a twentieth for a Report.
 */
export const REFERENCED_SCHEMAS: Record<string, TSchema> = params.$defs;

type MessageMembers<Name extends string> = { [K in Name]?: Message };

/** Schema of the `messages` member of an object: one message for each text member. */
export const messageMembers = <Name extends string>(...names: readonly Name[]) =>
  Type.Optional(
    Type.Unsafe<MessageMembers<Name>>(
      Type.Object(Object.fromEntries(names.map((name) => [name, Type.Optional(MessageSchema)])), {
        additionalProperties: false,
      }),
    ),
  );

/** Schema of the `messages` member of an object whose text consists of several sentences, and perhaps of single messages. */
export const sentencesMember = <Name extends string, Single extends string = never>(
  name: Name,
  ...single: readonly Single[]
) =>
  Type.Optional(
    Type.Unsafe<{ [K in Name]: readonly Message[] } & { [K in Single]?: Message }>(
      Type.Object(
        {
          [name]: MessagesSchema,
          ...Object.fromEntries(single.map((one) => [one, Type.Optional(MessageSchema)])),
        },
        { additionalProperties: false },
      ),
    ),
  );
