/**
 * Generates clients/typescript/src/api.ts from the API's description: the shapes of every operation, and the table that
 * the client uses. json-schema-to-typescript writes the shapes; OpenAPI 3.1 is JSON Schema, so nothing is translated.
 */
import { compile } from 'json-schema-to-typescript';
import { parse } from 'yaml';

const METHODS = ['get', 'put', 'post', 'patch', 'delete', 'head', 'options'];
const BINARY = { tsType: 'Blob' };
const TEXT = { type: 'string' };

const HEAD = `// Made from openapi.yaml by scripts/generate.js; not to be edited.
`;

export async function clientApi(yaml) {
  const { paths, components } = parse(yaml);
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => ({
      path,
      method,
      ...item[method],
      parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map(
        (one) => components.parameters?.[one.$ref?.split('/').at(-1)] ?? one,
      ),
    })),
  );
  operations.sort((a, b) => (a.operationId < b.operationId ? -1 : 1));
  const root = closed(
    Object.fromEntries(operations.map((operation) => [operation.operationId, shapeOf(operation)])),
  );
  const text = JSON.stringify({ ...root, title: 'Operations', definitions: components.schemas });
  const schema = withoutTitles(JSON.parse(text.replaceAll('#/components/schemas/', '#/definitions/')));
  const shapes = await compile(schema, 'Operations', {
    bannerComment: HEAD,
    // Lists have maximum lengths, and a type that counts members would fill a page for each.
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
    style: { singleQuote: true, printWidth: 110 },
  });
  return `${shapes}
/** Method and path of each operation. */
export const OPERATIONS = {
${operations.map(row).join('\n')}
} as const;
`;
}

function row({ operationId, method, path, parameters, requestBody }) {
  const types = Object.keys(requestBody?.content ?? {}).map((type) => `'${type}'`);
  const takesKey = parameters.some(({ name }) => name === 'Idempotency-Key');
  return `  ${operationId}: { method: '${method.toUpperCase()}', path: '${path}', bodies: [${types.join(', ')}], takesKey: ${takesKey} },`;
}

/** Returns the inputs of an operation, and its answers by status and media type. Problems are thrown, not answered. */
function shapeOf({ summary, parameters, requestBody, responses }) {
  const of = (place) => {
    const some = parameters.filter((one) => one.in === place);
    if (some.length === 0) return undefined;
    return closed(
      Object.fromEntries(some.map(({ name, schema, description }) => [name, described(schema, description)])),
      some.filter(({ required }) => required).map(({ name }) => name),
    );
  };
  const parts = {
    path: of('path'),
    query: of('query'),
    headers: of('header'),
    body: requestBody && bodyOf(requestBody.content),
    answers: closed(
      Object.fromEntries(
        Object.entries(responses)
          .filter(([status]) => Number(status) < 300)
          .map(([status, { content = {} }]) => [status, answerOf(content)]),
      ),
    ),
  };
  const present = Object.entries(parts).filter(([, part]) => part !== undefined);
  const required = present.filter(
    ([name, part]) =>
      name === 'answers' || (name === 'body' && requestBody.required) || part.required?.length > 0,
  );
  return {
    ...closed(
      Object.fromEntries(present),
      required.map(([name]) => name),
    ),
    description: summary,
  };
}

function bodyOf(content) {
  const shapes = Object.entries(content).map(([type, { schema }]) =>
    type === 'multipart/form-data' ? binaries(schema) : /json$/.test(type) ? schema : BINARY,
  );
  return shapes.length === 1 ? shapes[0] : { anyOf: shapes };
}

function answerOf(content) {
  return closed(
    Object.fromEntries(
      Object.entries(content).map(([type, { schema }]) => [type, /json$/.test(type) ? schema : ofType(type)]),
    ),
  );
}

const ofType = (type) => (/^text\/|ndjson/.test(type) ? TEXT : BINARY);

function binaries(schema) {
  const properties = Object.entries(schema.properties ?? {}).map(([name, one]) => [
    name,
    one.format === 'binary' ? { ...BINARY, description: one.description } : one,
  ]);
  return closed(Object.fromEntries(properties), schema.required ?? []);
}

const described = (schema, description) =>
  description === undefined || schema.$ref !== undefined ? schema : { ...schema, description };

function closed(properties, required = Object.keys(properties)) {
  return { type: 'object', additionalProperties: false, properties, required };
}

/** Titles would become type names; components have their own names, and other schemas stay inline. */
function withoutTitles(schema) {
  const walk = (value, keep) => {
    if (Array.isArray(value)) return value.map((one) => walk(one, false));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, one]) => keep || key !== 'title' || typeof one !== 'string')
        // Under `properties`, a key is a member name and not a schema keyword.
        .map(([key, one]) => [key, walk(one, key === 'properties' || key === 'definitions')]),
    );
  };
  return { ...walk(schema, false), title: schema.title };
}
