/**
 * What clients may rely on within /v1, a line each, read from the API's description: operations, what is asked with,
 * what is answered. docs/api-baseline.txt holds the lines that were published; they may only grow. A line that is gone,
 * or a new one that makes something required of whoever asks, breaks clients that exist.
 */
import { parse } from 'yaml';

const METHODS = ['get', 'put', 'post', 'patch', 'delete', 'head', 'options'];

/** The lines of a description, in order. */
export function linesOf(yaml) {
  const document = parse(yaml);
  const lines = [];
  for (const [path, item] of Object.entries(document.paths))
    for (const method of METHODS.filter((one) => one in item))
      operationLines(method, path, item[method], document, lines);
  for (const [name, schema] of Object.entries(document.components.schemas))
    schemaLines(`answer ${name}`, schema, lines);
  for (const name of Object.keys(document.webhooks ?? {})) lines.push(`webhook ${name}`);
  return [...new Set(lines)].sort();
}

function operationLines(method, path, operation, { components }, lines) {
  const of = `${method.toUpperCase()} ${path}`;
  lines.push(`${of} is ${operation.operationId}`);
  for (const one of operation.parameters ?? []) {
    const parameter = one.$ref ? components.parameters[one.$ref.split('/').at(-1)] : one;
    lines.push(`${of} takes ${parameter.in} ${parameter.name}`);
    if (parameter.required && parameter.in !== 'path')
      lines.push(`${of} needs ${parameter.in} ${parameter.name}`);
  }
  for (const [type, { schema }] of Object.entries(operation.requestBody?.content ?? {}))
    schemaLines(`${of} takes ${type}`, schema, lines, 'needs');
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    lines.push(`${of} answers ${status}`);
    for (const [type, { schema }] of Object.entries(response.content ?? {}))
      schemaLines(`${of} answers ${status} ${type}`, schema, lines);
  }
}

/** Of what is asked, a member that is needed; of what is answered, one that is always there. */
function schemaLines(at, schema = {}, lines, required = 'always has') {
  const own = schema.$ref ? schema.$ref.split('/').at(-1) : [schema.type].flat().join('|');
  if (own) lines.push(`${at}: ${own}`);
  for (const word of schema['x-extensible-enum'] ?? schema.enum ?? [])
    lines.push(`${at} has the word ${word}`);
  for (const name of schema.required ?? []) lines.push(`${at} ${required} ${name}`);
  for (const [name, part] of Object.entries(schema.properties ?? {}))
    schemaLines(`${at}.${name}`, part, lines, required);
  if (schema.items) schemaLines(`${at}[]`, schema.items, lines, required);
  for (const part of [...(schema.anyOf ?? []), ...(schema.allOf ?? []), ...(schema.oneOf ?? [])])
    schemaLines(at, part, lines, required);
}

/** What breaks clients that were made of `before`: lines that are gone, and new needs of what was there. */
export function broken(before, now) {
  const [old, present] = [new Set(before), new Set(now)];
  const gone = before.filter((line) => !present.has(line) && !/ needs /.test(line));
  const needs = now.filter((line) => / needs /.test(line) && !old.has(line) && wasThere(line, old));
  return [...gone.map((line) => `gone: ${line}`), ...needs.map((line) => `new: ${line}`)];
}

const wasThere = (line, old) =>
  [...old].some((one) => one.startsWith(`${line.split(' ').slice(0, 2).join(' ')} is `));

/** The lines to publish: all that were, and what has come. */
export const grown = (before, now) => [...new Set([...before, ...now])].sort();
