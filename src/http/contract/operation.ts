import type {
  ContextConfigDefault,
  FastifyContextConfig,
  FastifyInstance,
  FastifySchema,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
  RouteGenericInterface,
  RouteHandlerMethod,
  RouteOptions,
} from 'fastify';
import { compact } from '../../base/json-shape.js';
import type { RouteAccess } from './access.js';
import { problemResponses, type TypeBoxProvider } from './schemas.js';

/** Handler whose request has the types of the schemas `S`. */
type Handler<S extends FastifySchema> = RouteHandlerMethod<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  RouteGenericInterface,
  ContextConfigDefault,
  S,
  TypeBoxProvider
>;

type Hooks = Pick<
  RouteOptions,
  | 'bodyLimit'
  | 'onRequest'
  | 'onSend'
  | 'preValidation'
  | 'validatorCompiler'
  | 'errorHandler'
  | 'exposeHeadRoute'
>;

/** One operation of the API: what OpenAPI shows of it, the schemas that requests are checked with, and its handler. */
interface Operation<Headers, Params, Query, Body> extends Hooks {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  headers?: Headers;
  params?: Params;
  querystring?: Query;
  body?: Body;
  /** Answers other than problems by HTTP status, for OpenAPI. */
  answers: Readonly<Record<number, unknown>>;
  /** Descriptions of the problem answers by HTTP status, for OpenAPI. */
  problems?: Readonly<Record<number, string>>;
  handler: Handler<{ headers: Headers; params: Params; querystring: Query; body: Body }>;
}

/** Registers an operation of the API, such as `GET /v1/cases/:id`. */
export function registerOperation<Headers, Params, Query, Body>(
  app: FastifyInstance,
  route: `${'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'} /${string}`,
  config: RouteAccess & FastifyContextConfig,
  operation: Operation<Headers, Params, Query, Body>,
): void {
  const [method = '', url = ''] = route.split(' ');
  const { operationId, tags, summary, description, headers, params, querystring, body, ...rest } = operation;
  const { answers, problems = {}, handler, ...hooks } = rest;
  app.withTypeProvider<TypeBoxProvider>().route({
    method,
    url,
    config,
    schema: {
      ...compact({ operationId, tags, summary, description, headers, params, querystring, body }),
      response: { ...answers, ...problemResponses(problems) },
    },
    ...hooks,
    // Fastify infers the type of the request anew from the literal above.
    handler: handler as RouteOptions['handler'],
  });
}
