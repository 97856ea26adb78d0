import { nameOfAnswer } from './answer-names.js';
import { SESSION_COOKIES } from './guards/session-cookie.js';
import type { KnownRoute } from './route-table.js';

/**
 * What many operations share stands once under `components` and is pointed at: parameters, headers, answers that are
 * problems. Every operation gets the answers that it can have whatever it does: of the hooks before it (no key, another
 * scope, too many requests), and of a server that is ending or has a fault.
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

export interface Described {
  paths: Record<string, Record<string, Operation>>;
  components: Json;
}

const SECURITY_SCHEMES = {
  key: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'assay_…',
    description:
      'An API key, made with `assay keys create`. Where the operator asks for none (`ASSAY_KEYS` is not `required`, on this ' +
      'machine alone), none is needed.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIES.atHttpsRoot,
    description:
      'What signing in with a key in the browser gives, where `ASSAY_PUBLIC_URL` is https and has no path; forms send their ' +
      'token along. It has the scopes of its key.',
  },
  sessionElsewhere: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIES.elsewhere,
    description: 'The same where it is http, has a path, or is not set.',
  },
};

/** Security requirements for these scopes. OpenAPI 3.1 lets every scheme list roles, not OAuth alone. */
const securityOf = (...scopes: string[]): Json[] =>
  Object.keys(SECURITY_SCHEMES).map((scheme) => ({ [scheme]: scopes }));
/** Of each operation that says nothing else. */
export const SECURITY = securityOf();

/** What may happen before an operation is asked at all, and behind it: by status, name and words. */
type Answers = Readonly<Record<string, readonly [name: string, description: string]>>;

const ALWAYS: Answers = {
  '400': ['BadRequest', 'The request could not be read.'],
  '403': ['StrangeWay', 'It came through a proxy that is not trusted, or from a page of another site.'],
  '408': ['TooSlow', 'The request took too long to arrive.'],
  '421': ['WrongHost', 'The server does not go by this name.'],
  '429': ['TooMany', 'Too many requests; `Retry-After` says when to ask again.'],
  '431': ['LongHead', 'The headers are too large.'],
  '500': ['Fault', 'A fault of this server.'],
  '503': ['NotNow', 'The server is ending, or its database is away; ask again.'],
};
const OF_KEYS: Answers = {
  '401': ['NoKey', 'No key, or one that does not hold.'],
  '403': ['NoScope', 'The key lacks the scope that this asks for; or the request came a strange way.'],
};
/** A browser's page is led to where it can sign in. */
const OF_PAGES: Answers = {
  '303': ['SignIn', 'No key, and a page is preferred: it is at `/sign-in`.'],
};
const OF_BODIES: Answers = {
  '413': ['TooLarge', 'The body is too large.'],
  '415': ['OtherType', 'The body is of a type that is not read here.'],
};
const OF_CHANGES: Answers = {
  '507': ['Full', 'The disk or the room set for it is full.'],
};
const OF_METERED: Answers = {
  '411': ['NoLength', 'The key has so many bytes a day: `Content-Length` is needed.'],
};

const OF_ANY = [ALWAYS, OF_KEYS, OF_BODIES, OF_CHANGES, OF_METERED];

function answersOf(method: string, { access, metered }: KnownRoute): Answers {
  const needsKey = access !== 'open';
  return {
    ...ALWAYS,
    ...(needsKey ? OF_KEYS : {}),
    ...(needsKey && method === 'get' ? OF_PAGES : {}),
    ...(['get', 'head'].includes(method) ? {} : OF_BODIES),
    ...(['post', 'patch', 'delete'].includes(method) ? OF_CHANGES : {}),
    ...(metered ? OF_METERED : {}),
  };
}

export function shareParts(document: Described, routes: readonly KnownRoute[]): void {
  const { components } = document;
  const known = new Map(
    routes.flatMap((route) =>
      route.methods.map((method) => [`${method.toLowerCase()} ${asPath(route.url)}`, route] as const),
    ),
  );
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      const route = known.get(`${method} ${path}`);
      if (route === undefined) throw new Error(`no route is described by ${method} ${path}`);
      // Any key at all opens what says no scope.
      const { access = 'admin' } = route;
      operation.security = access === 'open' ? [] : access === 'any-key' ? securityOf() : securityOf(access);
      operation.responses = withProblems(operation.responses ?? {}, answersOf(method, route));
    }
  components['securitySchemes'] = SECURITY_SCHEMES;
  const responses: Json = { Problem: PROBLEM };
  for (const [name, description] of OF_ANY.flatMap((answers) => Object.values(answers)))
    responses[name] = problemOf(description);
  components['responses'] = responses;
  for (const [name, description] of Object.values(OF_PAGES))
    responses[name] = { description, headers: LOCATION };
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
  shareProblems(operations, responses);
  shareHeaders(operations, components);
  shareNotModified(operations, responses);
  components['parameters'] = {
    ...(components['parameters'] as Json | undefined),
    ...sharedParameters(operations),
  };
  for (const one of parametersOf(operations, components))
    if (one['required'] === false) delete one['required'];
}

/** Those of the components and those that stand in one operation alone. */
const parametersOf = (operations: readonly Operation[], components: Json): Json[] => [
  ...(Object.values(components['parameters'] as Json) as Json[]),
  ...operations.flatMap(({ parameters = [] }) => parameters as unknown as Json[]),
];

/** Fastify's `:id` in OpenAPI's words. */
const asPath = (url: string): string => url.replace(/:(\w+)/g, '{$1}').replace(/(.)\/$/, '$1');

function withProblems(responses: Record<string, Json>, always: Answers): Record<string, Json> {
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
 * Problems with words of their own: what several operations say has a name. Those in the words of what every operation may
 * answer are pointed at under that name.
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
      responses[status] = problemOf(description);
      continue;
    }
    const name = names.get(description) ?? nameOfAnswer(description);
    shared[name] ??= problemOf(description);
    if ((shared[name] as Json)['description'] !== description)
      throw new Error(`two answers are called ${name}`);
    responses[status] = { $ref: `#/components/responses/${name}` };
  }
}

/** Those of answers that stand in several, to the letter. */
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
    // What is no more than a type is shorter than a reference to it.
    if ('$ref' in header || !('description' in header) || (counts.get(keyOf(one)) ?? 0) < 2) continue;
    const known = names.get(keyOf(one)) ?? freeName(name.replaceAll('-', ''), shared);
    names.set(keyOf(one), known);
    shared[known] = header;
    headers[name] = { $ref: `#/components/headers/${known}` };
  }
  components['headers'] = shared;
}

/** It has no body, and is the same wherever it is an answer. */
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
  description: 'What went wrong (RFC 9457).',
  headers: { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } },
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** That one in other words: a description may stand beside a reference (OpenAPI 3.1). */
const problemOf = (description: string): Json => ({ $ref: '#/components/responses/Problem', description });

const isProblem = ({ content }: Json): boolean =>
  typeof content === 'object' &&
  content !== null &&
  Object.keys(content).join() === 'application/problem+json';

/** Those that stand in several operations, to the letter; the same name with other words gets a number. */
function sharedParameters(operations: readonly Operation[]): Json {
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

/** With the place, as generators make a type of each, and `Role` is one of an answer's words already. */
const nameOf = (one: Parameter): string =>
  `${one.name}-${one.in}`.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

function freeName(name: string, taken: Json): string {
  if (!(name in taken)) return name;
  for (let number = 2; ; number += 1) if (!(`${name}${number}` in taken)) return `${name}${number}`;
}
