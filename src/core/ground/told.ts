import Type, { type TSchema } from 'typebox';
import type { Params, Said } from '../../say/said.js';

/**
 * Members of a Report that hold text. What is kept and handed on holds in their place what is to be said (`said`), and
 * whoever answers makes the text (tell.ts): so the text may be missing inside, and always stands in what is published.
 */

const MOST_ID_CHARACTERS = 120;
const MOST_PARAMS = 16;
/** Longer texts are shortened before they are said; see say/speech.ts. */
const MOST_TEXT_CHARACTERS = 1000;
const MOST_ITEMS = 64;
const MOST_SENTENCES = 64;
/** How deep one thing is said within another. */
const DEPTH = 7;

/** What marks a text that stands in every published Report: OpenAPI and docs/report.md call it required. */
export const ALWAYS_TOLD = 'x-always-told';

export const told = (description: string) => Type.Optional(Type.String({ description, [ALWAYS_TOLD]: true }));

/** By this name the schema of params calls itself. */
export const PARAMS_REF = 'Params';

/** A text that stands only where there is something to say. */
export const toldSometimes = (description: string) => Type.Optional(Type.String({ description }));

/** What stands in one place of a text: said within it is at most so deep. */
function paramsAt(depth: number) {
  const text = Type.String({ maxLength: MOST_TEXT_CHARACTERS });
  const within = depth === 0 ? [] : [Type.Ref(`Said${depth - 1}`)];
  const list = Type.Array(Type.Union([text, ...within]), { maxItems: MOST_ITEMS });
  return Type.Record(
    Type.String({ pattern: '^[a-zA-Z]{1,40}$' }),
    Type.Union([text, Type.Number(), ...within, list]),
    { additionalProperties: false, maxProperties: MOST_PARAMS },
  );
}

const saidAt = (depth: number) =>
  Type.Object(
    {
      id: Type.String({
        pattern: '^[a-z][a-zA-Z0-9]*(\\.[a-zA-Z0-9][a-zA-Z0-9-]*)+$',
        maxLength: MOST_ID_CHARACTERS,
      }),
      params: Type.Optional(paramsAt(depth)),
    },
    { additionalProperties: false },
  );

/** A name for each depth, not one that stands within itself: a hostile reading process sends these. */
const LEVELS = Object.fromEntries(
  Array.from({ length: DEPTH }, (_, depth) => [`Said${depth}`, saidAt(depth)]),
);

/** An id of the catalogues and what goes into its places. */
export const SaidSchema = Type.Unsafe<Said>(Type.Cyclic(LEVELS, `Said${DEPTH - 1}`));
/** Several, one after another. */
export const SentencesSchema = Type.Array(SaidSchema, { maxItems: MOST_SENTENCES });
const params = Type.Cyclic({ ...LEVELS, [PARAMS_REF]: paramsAt(DEPTH) }, PARAMS_REF);
/** What goes into the places of a code’s text. */
export const ParamsSchema = Type.Optional(Type.Unsafe<Params>(params));
/**
 * All that schemas refer to by a name. Who compiles one, or checks by one, gives these with it: else the library looks for
 * each in all of the schema, at every place that refers to it, and a Report's takes a second instead of a twentieth of one.
 */
export const REFERRED_TO: Record<string, TSchema> = params.$defs;

type SaidOf<Name extends string> = { [K in Name]?: Said };

/** The `said` of an object: for each text member, what is to be said in it. What that is, the schema of `Said` says. */
export const saidMembers = <Name extends string>(...names: readonly Name[]) =>
  Type.Optional(
    Type.Unsafe<SaidOf<Name>>(
      Type.Object(Object.fromEntries(names.map((name) => [name, Type.Optional(SaidSchema)])), {
        additionalProperties: false,
      }),
    ),
  );

/** The same where one text is made of several sentences. */
export const saidSentences = <Name extends string>(name: Name) =>
  Type.Optional(
    Type.Unsafe<{ [K in Name]: readonly Said[] }>(
      Type.Object({ [name]: SentencesSchema }, { additionalProperties: false }),
    ),
  );
