import type { TSchema } from 'typebox';
import Type from 'typebox';
import { LOCALIZED_MARK, PARAMS_REF } from '../../base/message-schema.js';

/**
 * Converts schemas of messages to their published form. Internally, `messages` is checked level by level, because
 * reading processes are untrusted; published, only its form is described, which later versions may extend.
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

function rewriteSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewriteSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { $defs, [LOCALIZED_MARK]: _, ...schema } = value as Readonly<Record<string, unknown>>;
  if ($defs !== undefined) return schema['$ref'] === PARAMS_REF ? PublishedParams : Type.Ref('Message#');
  return Object.fromEntries(Object.entries(schema).map(([name, member]) => [name, rewriteSchema(member)]));
}
