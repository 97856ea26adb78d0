import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Config } from '../config.js';
import { propertiesFor } from '../question/schemas.js';
import { Problem } from './problem.js';
import { mayReveal } from './shown.js';
import { type KnownRulebook, takeField, type UploadFields } from './upload-fields.js';

/** For OpenAPI; checked by `askedInQuery`, before anything of the body is read. */
export const AskQuerySchema = Type.Object(propertiesFor('query'));

/**
 * What the address asks of the file: the same fields as around it, under the same rules. What is personal only whoever
 * may: the key decides; without keys the operator.
 */
export function askedInQuery(
  request: FastifyRequest,
  { config, rulebooks }: { config: Pick<Config, 'allowReveal'>; rulebooks: readonly KnownRulebook[] },
): UploadFields {
  const fields: UploadFields = {};
  for (const [fieldname, value] of new URL(request.url, 'http://local').searchParams) {
    if (isAsked(fieldname)) takeField({ fieldname, value }, fields, rulebooks, 'query');
  }
  if (fields.reveal !== undefined && !mayReveal(request, { config })) throw new Problem('reveal-not-allowed');
  return fields;
}

/** Names come from the client: `constructor` is none of ours. */
const isAsked = (name: string): boolean => Object.hasOwn(AskQuerySchema.properties, name);
