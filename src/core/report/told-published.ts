import type { TSchema } from 'typebox';
import Type from 'typebox';
import { ALWAYS_TOLD, PARAMS_REF } from '../ground/told.js';

/**
 * How texts and what they are made of stand in a published schema. Inside, a text may be missing and is made when somebody
 * asks; who is answered always gets it. What stands in `said` is checked level by level where a reading process sends it;
 * who reads an answer needs to know its form alone, and may meet more than we say today.
 */

const PARAMS = {
  title: 'Params',
  type: 'object',
  description:
    'What goes into the places: each a text, a number, something said within it, or a list of these.',
  additionalProperties: true,
};

export const PublishedSaidSchema = Type.Unsafe({
  $id: 'Said',
  title: 'Said',
  type: 'object',
  description:
    'What the text beside it says, the same in every language: an id of the catalogues of words, and what goes into its places.',
  required: ['id'],
  properties: { id: { type: 'string' }, params: PARAMS },
});

/** A schema of ours as it is published. */
export const published = (schema: TSchema): TSchema => rewritten(schema) as TSchema;

export const isAlwaysTold = (schema: object): boolean => ALWAYS_TOLD in schema;

function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  const { $defs, [ALWAYS_TOLD]: _, ...schema } = value as Readonly<Record<string, unknown>>;
  if ($defs !== undefined) return schema['$ref'] === PARAMS_REF ? PARAMS : Type.Ref('Said#');
  const members = Object.entries(schema).map(([name, member]) => [name, rewritten(member)]);
  const told = Object.entries(schema['properties'] ?? {}).flatMap(([name, member]) =>
    isAlwaysTold(member) ? [name] : [],
  );
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.fromEntries([
    ...members,
    ...(told.length === 0 ? [] : [['required', [...required, ...told]]]),
  ]);
}
