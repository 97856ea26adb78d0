import { responseName } from '../contract/response-names.js';
import type { KnownRoute } from '../contract/route-table.js';
import { SESSION_COOKIES } from '../guards/session-cookie.js';

/**
 * Moves the parts that many operations share to `components`: parameters, headers and problem answers. Every operation
 * gets the answers that any request may get: from the hooks before it (no key, missing scope, too many requests), and
 * from a server that shuts down or has a fault.
 */

type Json = Record<string, unknown>;

interface Parameter {
  name: string;
  in: string;
  $ref?: string;
}

export interface Operation {
  operationId?: string;
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: unknown;
  responses?: Record<string, Json>;
  security?: Json[];
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: Json;
}

const SECURITY_SCHEMES = {
  key: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'assay_…',
    description:
      'An API key, created with `assay keys create`. No key is needed if the operator requires none (`ASSAY_KEYS` is not `required`, on this ' +
      'machine only).',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIES.atHttpsRoot,
    description:
      'Session cookie set by signing in with a key in the browser, if `ASSAY_PUBLIC_URL` is https and has no path; forms also send their ' +
      'token. The session has the scopes of its key.',
  },
  sessionElsewhere: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIES.elsewhere,
    description: 'Session cookie as in `session`, if `ASSAY_PUBLIC_URL` is http, has a path, or is not set.',
  },
};

/** Returns the security requirements of these scopes. OpenAPI 3.1 lets every scheme list roles, not OAuth alone. */
const securityOf = (...scopes: string[]): Json[] =>
  Object.keys(SECURITY_SCHEMES).map((scheme) => ({ [scheme]: scopes }));
/** Default of operations that declare none. */
export const SECURITY = securityOf();

/** Answers of the hooks before an operation and of internal faults: by status, name and description. */
type Answers = Readonly<Record<string, readonly [name: string, description: string]>>;

const COMMON_ANSWERS: Answers = {
  '400': ['BadRequest', 'The request could not be read.'],
  '403': ['ForbiddenOrigin', 'The request came through an untrusted proxy, or from a page of another site.'],
  '408': ['RequestTimeout', 'The request took too long to arrive.'],
  '421': ['UnknownHost', 'The server does not accept this host name.'],
  '429': ['TooManyRequests', 'Too many requests; `Retry-After` says when to ask again.'],
  '431': ['HeadersTooLarge', 'The headers are too large.'],
  '500': ['InternalError', 'A fault of this server.'],
  '503': ['Unavailable', 'The server is shutting down, or its database is unavailable; retry later.'],
};
const OF_KEYS: Answers = {
  '401': ['InvalidKey', 'The request has no API key, or an invalid one.'],
  '403': [
    'MissingScope',
    'The key lacks the scope that this operation requires; or the request came from a forbidden origin.',
  ],
};
/** A browser is redirected to the sign-in page. */
const OF_PAGES: Answers = {
  '303': ['SignIn', 'The request has no key and prefers HTML: redirect to `/sign-in`.'],
};
const OF_BODIES: Answers = {
  '413': ['BodyTooLarge', 'The body is too large.'],
  '415': ['UnsupportedMediaType', 'The operation does not accept the media type of the body.'],
};
const OF_CHANGES: Answers = {
  '507': ['StorageFull', 'The disk is full, or the storage limit is reached.'],
};
const OF_METERED: Answers = {
  '411': ['LengthRequired', 'The key has a daily limit of bytes, so `Content-Length` is required.'],
};

const OF_ANY = [COMMON_ANSWERS, OF_KEYS, OF_BODIES, OF_CHANGES, OF_METERED];

function commonAnswers(method: string, { access, metered }: KnownRoute): Answers {
  const needsKey = access !== 'open';
  return {
    ...COMMON_ANSWERS,
    ...(needsKey ? OF_KEYS : {}),
    ...(needsKey && method === 'get' ? OF_PAGES : {}),
    ...(['get', 'head'].includes(method) ? {} : OF_BODIES),
    ...(['post', 'patch', 'delete'].includes(method) ? OF_CHANGES : {}),
    ...(metered ? OF_METERED : {}),
  };
}

export function shareComponents(document: OpenApiDocument, routes: readonly KnownRoute[]): void {
  const { components } = document;
  const known = new Map(
    routes.flatMap((route) =>
      route.methods.map((method) => [`${method.toLowerCase()} ${toOpenApiPath(route.url)}`, route] as const),
    ),
  );
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      const route = known.get(`${method} ${path}`);
      if (route === undefined) throw new Error(`no route is described by ${method} ${path}`);
      // Any key opens an operation that requires no scope.
      const { access = 'admin' } = route;
      operation.security = access === 'open' ? [] : access === 'any-key' ? securityOf() : securityOf(access);
      operation.responses = addProblems(operation.responses ?? {}, commonAnswers(method, route));
    }
  components['securitySchemes'] = SECURITY_SCHEMES;
  const responses: Json = { Problem: PROBLEM };
  for (const [name, description] of OF_ANY.flatMap((answers) => Object.values(answers)))
    responses[name] = problemReference(description);
  components['responses'] = responses;
  for (const [name, description] of Object.values(OF_PAGES))
    responses[name] = { description, headers: LOCATION };
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
  shareProblems(operations, responses);
  shareHeaders(operations, components);
  shareNotModified(operations, responses);
  components['parameters'] = {
    ...(components['parameters'] as Json | undefined),
    ...collectSharedParameters(operations),
  };
  for (const one of collectParameters(operations, components))
    if (one['required'] === false) delete one['required'];
}

/** Collects the parameters of the components and of single operations. */
const collectParameters = (operations: readonly Operation[], components: Json): Json[] => [
  ...(Object.values(components['parameters'] as Json) as Json[]),
  ...operations.flatMap(({ parameters = [] }) => parameters as unknown as Json[]),
];

/** Converts Fastify's `:id` to a path of OpenAPI. */
const toOpenApiPath = (url: string): string => url.replace(/:(\w+)/g, '{$1}').replace(/(.)\/$/, '$1');

function addProblems(responses: Record<string, Json>, always: Answers): Record<string, Json> {
  const own = Object.entries(responses);
  const missing = Object.entries(always).filter(([status]) => !(status in responses));
  const all = [
    ...own,
    ...missing.map(([status, [name]]): [string, Json] => [
      status,
      { $ref: `#/components/responses/${name}` },
    ]),
  ];
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Names the problem answers that several operations describe in the same words. Those with the common description refer
 * to the common component.
 */
function shareProblems(operations: readonly Operation[], shared: Json): void {
  const problems = operations.flatMap(({ responses = {} }) =>
    Object.entries(responses)
      .filter(([, response]) => isProblem(response))
      .map(([status, { description }]) => ({ responses, status, description: String(description) })),
  );
  const times = new Map<string, number>();
  for (const { description } of problems) times.set(description, (times.get(description) ?? 0) + 1);
  const names = new Map<string, string>(
    OF_ANY.flatMap((answers) =>
      Object.values(answers).map(([name, description]): [string, string] => [description, name]),
    ),
  );
  for (const { responses, status, description } of problems) {
    if (!names.has(description) && (times.get(description) ?? 0) < 2) {
      responses[status] = problemReference(description);
      continue;
    }
    const name = names.get(description) ?? responseName(description);
    shared[name] ??= problemReference(description);
    if ((shared[name] as Json)['description'] !== description)
      throw new Error(`two answers are called ${name}`);
    responses[status] = { $ref: `#/components/responses/${name}` };
  }
}

/** Shares the headers that several answers define identically. */
function shareHeaders(operations: readonly Operation[], components: Json): void {
  const shared = { ...(components['headers'] as Json | undefined) };
  const all = operations.flatMap(({ responses = {} }) =>
    Object.values(responses).flatMap((response) => {
      const headers = response['headers'] as Record<string, Json> | undefined;
      return Object.entries(headers ?? {}).map(([name, header]) => ({
        headers: headers ?? {},
        name,
        header,
      }));
    }),
  );
  const keyOf = ({ name, header }: (typeof all)[number]) => `${name} ${JSON.stringify(header)}`;
  const counts = new Map<string, number>();
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  const names = new Map<string, string>();
  for (const one of all) {
    const { headers, name, header } = one;
    // A header without a description is shorter than a reference to it.
    if ('$ref' in header || !('description' in header) || (counts.get(keyOf(one)) ?? 0) < 2) continue;
    const known = names.get(keyOf(one)) ?? freeName(name.replaceAll('-', ''), shared);
    names.set(keyOf(one), known);
    shared[known] = header;
    headers[name] = { $ref: `#/components/headers/${known}` };
  }
  components['headers'] = shared;
}

/** The answer 304 has no body and is the same everywhere. */
function shareNotModified(operations: readonly Operation[], shared: Json): void {
  for (const { responses = {} } of operations) {
    const response = responses['304'];
    if (response === undefined) continue;
    shared['NotModified'] ??= response;
    if (JSON.stringify(shared['NotModified']) === JSON.stringify(response))
      responses['304'] = { $ref: '#/components/responses/NotModified' };
  }
}

const LOCATION = { Location: { schema: { type: 'string' } } };

const PROBLEM: Json = {
  description: 'Problem details (RFC 9457).',
  headers: { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } },
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** References the common problem with its own description, which OpenAPI 3.1 allows next to a reference. */
const problemReference = (description: string): Json => ({
  $ref: '#/components/responses/Problem',
  description,
});

const isProblem = ({ content }: Json): boolean =>
  typeof content === 'object' &&
  content !== null &&
  Object.keys(content).join() === 'application/problem+json';

/** Shares the parameters that several operations define identically; a different one of the same name gets a number. */
function collectSharedParameters(operations: readonly Operation[]): Json {
  const counts = new Map<string, number>();
  for (const { parameters = [] } of operations)
    for (const one of parameters) {
      const text = JSON.stringify(one);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  const names = new Map<string, string>();
  const shared: Json = {};
  for (const operation of operations) {
    if (operation.parameters === undefined) continue;
    operation.parameters = operation.parameters.map((one) => {
      const text = JSON.stringify(one);
      if ('$ref' in one || (counts.get(text) ?? 0) < 2) return one;
      let name = names.get(text);
      if (name === undefined) {
        name = freeName(nameOf(one), shared);
        names.set(text, name);
        shared[name] = one;
      }
      return { $ref: `#/components/parameters/${name}` };
    });
  }
  return shared;
}

/** Includes the location, because generators make a type of each parameter, and `Role` is already a type of answers. */
const nameOf = (one: Parameter): string =>
  `${one.name}-${one.in}`.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

function freeName(name: string, taken: Json): string {
  if (!(name in taken)) return name;
  for (let number = 2; ; number += 1) if (!(`${name}${number}` in taken)) return `${name}${number}`;
}
