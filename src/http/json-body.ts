import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { asRecord } from '../core/ground/json-shape.js';
import { said } from '../say/said.js';
import { httpLimits } from './limits.js';
import { Problem } from './problem.js';

/** Only the routes of this scope read JSON. Members that would reach into prototypes are refused. */
export function readsJson(scope: FastifyInstance, bodyLimit: number = httpLimits.bodyBytes): void {
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit },
    scope.getDefaultJsonParser('error', 'error'),
  );
}

/** For a route that takes JSON beside other bodies, which it checks as they come: only the JSON is held against its schema. */
export function jsonOnly(
  schema: TSchema,
  /** Another one, for a body that has this member: what is wrong of it is told by its own schema. */
  other?: { member: string; schema: TSchema },
): FastifySchemaCompiler<unknown> {
  const usual = Compile(schema);
  const others = other && Compile(other.schema);
  return ({ httpPart, ...route }) => {
    const json = httpPart === 'body' && 'contentType' in route && route.contentType === 'application/json';
    if (!json) return () => true;
    return (value: unknown) => {
      const isOther = other !== undefined && Object.hasOwn(asRecord(value) ?? {}, other.member);
      const check = (isOther ? others : undefined) ?? usual;
      if (check.Check(value)) return { value };
      // As the other validator says it (as-problem.ts).
      return {
        error: Object.assign(new Error('body'), {
          validation: check.Errors(value).slice(0, httpLimits.namedMembers),
        }),
      };
    };
  };
}

/**
 * Routes of this scope ask for nothing in a body. Many clients say that they send JSON all the same, and send none of
 * it, or an empty object.
 */
export function takesNoBody(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: httpLimits.bodyBytes },
    (_request, body, done) => {
      if (/^\s*(\{\s*\}\s*)?$/.test(String(body))) done(null);
      else done(new Problem('bad-request', { detail: said('problem.bad-request.body') }));
    },
  );
}
