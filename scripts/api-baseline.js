/**
 * What clients may rely on within /v1, a line each, read from the API's description: operations, what is asked with,
 * what is answered. docs/api-baseline.txt holds the lines that were published; they may only grow. A line that is gone,
 * or a new one that makes something required of whoever asks, breaks clients that exist.
 */
import { parse } from 'yaml';

const METHODS = ['get', 'put', 'post', 'patch', 'delete', 'head', 'options'];

/** The lines of a description, in order. */
export const linesOf = (yaml) => linesIn(parse(yaml), false);

/**
 * All lines that hold: also those of a named shape at the places of answers that point at it. What stood there word for
 * word before it had a name is not gone.
 */
export const heldBy = (yaml) => linesIn(parse(yaml), true);

function linesIn(document, follow) {
  const { schemas } = document.components;
  const lines = [];
  const { ask, answer } = makers(schemas, lines, follow);
  for (const [path, item] of Object.entries(document.paths))
    for (const method of METHODS.filter((one) => one in item))
      operationLines(method, path, item[method], document, lines, ask, answer);
  const sent = onlySent(document);
  for (const [name, schema] of Object.entries(schemas)) if (!sent.has(name)) answer(`answer ${name}`, schema);
  for (const name of Object.keys(document.webhooks ?? {})) lines.push(`webhook ${name}`);
  return [...new Set(lines)].sort();
}

function operationLines(method, path, operation, { components }, lines, ask, answer) {
  const of = `${method.toUpperCase()} ${path}`;
  lines.push(`${of} is ${operation.operationId}`);
  for (const one of operation.parameters ?? []) {
    const parameter = one.$ref ? components.parameters[one.$ref.split('/').at(-1)] : one;
    lines.push(`${of} takes ${parameter.in} ${parameter.name}`);
    if (parameter.required && parameter.in !== 'path')
      lines.push(`${of} needs ${parameter.in} ${parameter.name}`);
  }
  for (const [type, { schema }] of Object.entries(operation.requestBody?.content ?? {}))
    ask(`${of} takes ${type}`, schema);
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    lines.push(`${of} answers ${status}`);
    for (const [type, { schema }] of Object.entries(response.content ?? {}))
      answer(`${of} answers ${status} ${type}`, schema);
  }
}

/**
 * What writes the lines of a shape that is asked with, and of one that is answered. The first is read through its names:
 * what a client may send is the same, named or not.
 */
function makers(schemas, lines, follow) {
  const nameOf = ({ $ref }) => $ref?.split('/').at(-1);
  const write = (at, schema, required, through) => {
    const own = nameOf(schema) ?? [schema.type].flat().join('|');
    if (own) lines.push(`${at}: ${own}`);
    for (const word of schema['x-extensible-enum'] ?? schema.enum ?? [])
      lines.push(`${at} has the word ${word}`);
    // Of what is asked, a member that is needed; of what is answered, one that is always there.
    for (const name of schema.required ?? []) lines.push(`${at} ${required} ${name}`);
    for (const [name, part] of Object.entries(schema.properties ?? {})) through(`${at}.${name}`, part);
    if (schema.items) through(`${at}[]`, schema.items);
    for (const part of [...(schema.anyOf ?? []), ...(schema.allOf ?? []), ...(schema.oneOf ?? [])])
      through(at, part);
  };
  const ask = (at, schema = {}) => write(at, schemas[nameOf(schema)] ?? schema, 'needs', ask);
  const plain = (at, schema = {}) => write(at, schema, 'always has', plain);
  const held = (at, schema = {}) => {
    write(at, schema, 'always has', held);
    // One name deep: shapes that hold themselves have no end.
    if (schema.$ref) plain(at, schemas[nameOf(schema)]);
    // What it has all of is the shape itself: no name deeper.
    for (const part of schema.allOf ?? []) if (part.$ref) held(at, schemas[nameOf(part)]);
  };
  return { ask, answer: follow ? held : plain };
}

/** Names of shapes that are nowhere but in what clients send. */
function onlySent({ paths, webhooks = {}, components: { schemas } }) {
  const namesIn = (value, found = new Set()) => {
    for (const [, name] of JSON.stringify(value ?? {}).matchAll(/#\/components\/schemas\/(\w+)/g)) {
      if (found.has(name)) continue;
      found.add(name);
      namesIn(schemas[name], found);
    }
    return found;
  };
  const operations = Object.values(paths).flatMap((item) => METHODS.flatMap((one) => item[one] ?? []));
  const answered = namesIn([webhooks, operations.map(({ requestBody: _, ...rest }) => rest)]);
  return new Set(
    [...namesIn(operations.map(({ requestBody }) => requestBody))].filter((one) => !answered.has(one)),
  );
}

/**
 * What breaks clients that were made of `before`: lines that are gone, and new needs of what was there. `held`: lines
 * that hold beside those of now.
 */
export function broken(before, now, held = []) {
  const [old, present] = [new Set(before), new Set([...now, ...held])];
  const gone = before.filter((line) => !present.has(line) && !/ needs /.test(line));
  const needs = now.filter((line) => / needs /.test(line) && !old.has(line) && wasThere(line, old));
  return [...gone.map((line) => `gone: ${line}`), ...needs.map((line) => `new: ${line}`)];
}

const wasThere = (line, old) =>
  [...old].some((one) => one.startsWith(`${line.split(' ').slice(0, 2).join(' ')} is `));

/** The lines to publish: all that were, and what has come. */
export const grown = (before, now) => [...new Set([...before, ...now])].sort();
