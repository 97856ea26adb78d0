/**
 * The API surface that clients may rely on within /v1, one line per item, read from the API's description: operations,
 * inputs and answers. tests/http/api-baseline.txt holds the published lines, which may only be added to. A removed line, or a
 * new line that makes an input required, breaks existing clients.
 */
import { parse } from 'yaml';

const METHODS = ['get', 'put', 'post', 'patch', 'delete', 'head', 'options'];

/** Returns the lines of a description, in order. */
export const linesOf = (yaml) => linesIn(parse(yaml), false);

/**
 * Returns all valid lines, including those of a named shape at the answers that refer to it, so that inline shapes that
 * get a name do not count as removed.
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
 * Returns functions that write the lines of an input shape and of an answer shape. Input names are resolved: a client
 * may send the same thing whether its shape is named or not.
 */
function makers(schemas, lines, follow) {
  const nameOf = ({ $ref }) => $ref?.split('/').at(-1);
  const write = (at, schema, required, through) => {
    const own = nameOf(schema) ?? [schema.type].flat().join('|');
    if (own) lines.push(`${at}: ${own}`);
    for (const word of schema['x-extensible-enum'] ?? schema.enum ?? [])
      lines.push(`${at} has the word ${word}`);
    // For inputs, required members; for answers, members that are always present.
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
    // Follows references one name deep, because recursive shapes have no end.
    if (schema.$ref) plain(at, schemas[nameOf(schema)]);
    // `allOf` parts are the shape itself, so they do not count as a deeper name.
    for (const part of schema.allOf ?? []) if (part.$ref) held(at, schemas[nameOf(part)]);
  };
  return { ask, answer: follow ? held : plain };
}

/** Returns the names of shapes that only occur in requests. */
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
 * Returns the lines that break clients built against `before`: removed lines, and new requirements on existing items.
 * `held`: lines that are valid in addition to the current ones.
 */
export function broken(before, now, held = []) {
  const [old, present] = [new Set(before), new Set([...now, ...held])];
  const gone = before.filter((line) => !present.has(line) && !/ needs /.test(line));
  const needs = now.filter((line) => / needs /.test(line) && !old.has(line) && wasThere(line, old));
  return [...gone.map((line) => `gone: ${line}`), ...needs.map((line) => `new: ${line}`)];
}

const wasThere = (line, old) =>
  [...old].some((one) => one.startsWith(`${line.split(' ').slice(0, 2).join(' ')} is `));

/** Returns the lines to publish: all former ones, and the new ones. */
export const grown = (before, now) => [...new Set([...before, ...now])].sort();
