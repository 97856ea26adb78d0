import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type KnownRulebook, takeField, type UploadFields } from './upload-fields.js';

const here = (description: string) => Type.Optional(Type.String({ description }));

/** For OpenAPI; checked by `askedInQuery`, before anything of the body is read. */
export const AskQuerySchema = Type.Object({
  asOf: here('The day the rules are asked about, as YYYY-MM-DD; here or in the body, not in both.'),
  rulebooks: here('Rulebook ids, separated by commas; those that the body names are added.'),
  jurisdiction: here(
    'Only rulebooks of these, separated by commas; `US` takes in its states. Those that the body names are added.',
  ),
  role: here(
    'Only clauses that bind one of these, separated by commas; those that the body names are added.',
  ),
  deep: here('`true`: look at the decoded pixels too; here or in the body, not in both.'),
});

/** What the address asks of the file: the same fields as around it, under the same rules. */
export function askedInQuery(request: FastifyRequest, known: readonly KnownRulebook[]): UploadFields {
  const fields: UploadFields = {};
  for (const [fieldname, value] of queryOf(request)) {
    if (isAsked(fieldname)) takeField({ fieldname, value }, fields, known);
  }
  return fields;
}

/** Names come from the client: `constructor` is none of ours. */
const isAsked = (name: string): boolean => Object.hasOwn(AskQuerySchema.properties, name);

const queryOf = ({ url }: FastifyRequest): URLSearchParams => new URL(url, 'http://local').searchParams;
