import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { asRecord } from '../../base/json-shape.js';
import { message } from '../../i18n/message.js';
import { httpLimits } from './limits.js';
import { Problem } from './problems/problem.js';

/** Adds a JSON parser to the routes of this scope only. Members that would modify prototypes are refused. */
export function registerJsonParser(scope: FastifyInstance, bodyLimit: number = httpLimits.bodyBytes): void {
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit },
    scope.getDefaultJsonParser('error', 'error'),
  );
}

/**
 * Compiles validators for a route that takes JSON or other bodies, which it checks as they come: only JSON is validated
 * here.
 */
export function jsonBodyCompiler(
  schema: TSchema,
  /** Alternative schema for a body that has this member, so that its errors refer to the right schema. */
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
      // Has the same shape as the errors of the default validator (as-problem.ts).
      return {
        error: Object.assign(new Error('body'), {
          validation: check.Errors(value).slice(0, httpLimits.namedMembers),
        }),
      };
    };
  };
}

/**
 * Lets the routes of this scope accept an empty or missing body: many clients declare JSON and send nothing, or an
 * empty object.
 */
export function acceptEmptyBody(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: httpLimits.bodyBytes },
    (_request, body, done) => {
      if (/^\s*(\{\s*\}\s*)?$/.test(String(body))) done(null);
      else done(new Problem('bad-request', { detail: message('problem.bad-request.body') }));
    },
  );
}
