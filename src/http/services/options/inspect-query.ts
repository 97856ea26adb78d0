import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Config } from '../../../config/settings.js';
import { optionProperties } from '../../../inspect/options/schemas.js';
import { Problem } from '../../contract/problems/problem.js';
import { canReveal } from '../disclosure.js';
import { addField, type KnownRulebook, type UploadFields } from './upload-fields.js';

/** For OpenAPI; `parseInspectQuery` checks it before any of the body is read. */
export const InspectQuerySchema = Type.Object(optionProperties('query'));

/**
 * Reads the inspection options of the query: the same fields and rules as in a form. Unmasked personal data requires
 * permission: of the key, or of the operator if keys are off.
 */
export function parseInspectQuery(
  request: FastifyRequest,
  { config, rulebooks }: { config: Pick<Config, 'allowReveal'>; rulebooks: readonly KnownRulebook[] },
): UploadFields {
  const fields: UploadFields = {};
  for (const [fieldname, value] of new URL(request.url, 'http://local').searchParams) {
    if (isInspectOption(fieldname)) addField({ fieldname, value }, fields, rulebooks, 'query');
  }
  if (fields.reveal !== undefined && !canReveal(request, { config })) throw new Problem('reveal-not-allowed');
  return fields;
}

/** Names come from the client, so inherited ones like `constructor` must not match. */
const isInspectOption = (name: string): boolean => Object.hasOwn(InspectQuerySchema.properties, name);
