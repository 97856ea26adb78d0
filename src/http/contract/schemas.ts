import type { FastifyTypeProvider } from 'fastify';
import Type, { type Static, type TSchema } from 'typebox';

/** Derives the types of a request from a route's schema. */
export interface TypeBoxProvider extends FastifyTypeProvider {
  validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}

export const InspectionParamsSchema = Type.Object({
  id: Type.String({ description: 'Id from the `Location` header of the upload’s response.' }),
});

export const IdParamsSchema = Type.Object({ id: Type.String() });
export const idParams = { params: IdParamsSchema } as const;

/** Returns the problem answers of a route, for OpenAPI. */
export function problemResponses(answers: Readonly<Record<number, string>>): Record<string, unknown> {
  const schema = Type.Ref('Problem#');
  return Object.fromEntries(
    Object.entries(answers).map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema } } },
    ]),
  );
}

/** Refusals of a body that has to be JSON. */
export const NO_JSON = { 413: 'The body is too large.', 415: 'The body is not JSON.' };
export const BAD_BODY = { 400: 'A member cannot be used, or the body is not JSON.', ...NO_JSON };
export const BAD_QUERY = { 400: 'A parameter has a value that cannot be used.' };

/** For conditional reads. */
export const IfNoneMatchHeadersSchema = Type.Object({
  'If-None-Match': Type.Optional(
    Type.String({
      description: 'One or more earlier `ETag` values: if one of them is still current, the response is 304.',
    }),
  ),
});

export const NOT_MODIFIED = {
  description: 'The resource still has an `ETag` given in `If-None-Match`.',
  type: 'null',
} as const;

/** Answers of `sendTagged` (send-inspection.ts), for OpenAPI. */
export const taggedResponses = (description: string, mediaType: string, schema: TSchema) => ({
  200: {
    description,
    headers: { ETag: Type.Optional(Type.String()) },
    content: { [mediaType]: { schema } },
  },
  304: NOT_MODIFIED,
});

/** Returns an answer in JSON, for OpenAPI. */
export const jsonResponse = (description: string, schema: TSchema, headers?: object) => ({
  description,
  ...(headers && { headers }),
  content: { 'application/json': { schema } },
});
