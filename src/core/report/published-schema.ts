import type { TSchema } from 'typebox';
import Type from 'typebox';
import { ALWAYS_LOCALIZED, PARAMS_REF } from '../../base/message-schema.js';

/**
 * Converts internal schemas of texts and messages to their published form. Internally, a text may be missing and is
 * made on output; published, it is always present. Internally, `messages` is checked level by level, because reading
 * processes are untrusted; published, only its form is described, which later versions may extend.
 */

const PublishedParams = {
  title: 'Params',
  type: 'object',
  description:
    'Values for the message’s placeholders: each a text, a number, a nested message, or a list of these.',
  additionalProperties: true,
};

export const PublishedMessageSchema = Type.Unsafe({
  $id: 'Message',
  title: 'Message',
  type: 'object',
  description:
    'Language-independent form of the text member of the same name: id of a message in the catalogues, and values for its placeholders.',
  required: ['id'],
  properties: { id: { type: 'string' }, params: PublishedParams },
});

/** Returns the published form of a schema. */
export const toPublishedSchema = (schema: TSchema): TSchema => rewriteSchema(schema) as TSchema;

export const isAlwaysLocalized = (schema: object): boolean => ALWAYS_LOCALIZED in schema;

function rewriteSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewriteSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { $defs, [ALWAYS_LOCALIZED]: _, ...schema } = value as Readonly<Record<string, unknown>>;
  if ($defs !== undefined) return schema['$ref'] === PARAMS_REF ? PublishedParams : Type.Ref('Message#');
  const members = Object.entries(schema).map(([name, member]) => [name, rewriteSchema(member)]);
  const alwaysPresent = Object.entries(schema['properties'] ?? {}).flatMap(([name, member]) =>
    isAlwaysLocalized(member) ? [name] : [],
  );
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.fromEntries([
    ...members,
    ...(alwaysPresent.length === 0 ? [] : [['required', [...required, ...alwaysPresent]]]),
  ]);
}
