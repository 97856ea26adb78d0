import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { stringify } from 'yaml';
import { VERSION } from '../core/version.js';

export const openapiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Assay',
      version: VERSION,
      description:
        'Tells what a photo, video or sound file declares about its origin, who stands behind that, ' +
        'where in the file it stands, and what could not be checked.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'inspections', description: 'Files in, Reports out.' },
      { name: 'health', description: 'For whoever watches over the server.' },
    ],
  },
  convertConstToEnum: false,
  // Components bear the schemas' own names, not `def-0`.
  refResolver: {
    buildLocalReference: (json, _baseUri, _fragment, index) =>
      typeof json['$id'] === 'string' ? json['$id'] : `def-${index}`,
  },
};

/** The API in OpenAPI's words, always in the same order. */
export function openapiDocument(app: FastifyInstance): Json {
  const { openapi, info, servers, tags, paths, components } = asJson(app.swagger());
  return sortedUnder({ openapi, info, servers, tags, paths, components } as Json);
}

/** What stands in openapi.yaml. */
export function openapiYaml(app: FastifyInstance): string {
  const head = '# Generated from the schemas by `npm run generate`. Do not edit.\n';
  // Equal parts are written out: anchors would tie places together that only happen to be equal.
  return head + stringify(openapiDocument(app), { aliasDuplicateObjects: false, lineWidth: 110 });
}

type Json = { [key: string]: unknown };

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

const SORTED = new Set(['paths', 'schemas', 'responses']);

/** Sorts where the order says nothing; members of a schema stay as declared. Tuples get the words of JSON Schema 2020-12. */
function sortedUnder(value: unknown, key = ''): Json {
  return rewrite(value, key) as Json;
}

function rewrite(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, ''));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, rewrite(member, name)] as const);
  if (SORTED.has(key)) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const rewritten = Object.fromEntries(entries);
  return Array.isArray(rewritten['items']) ? tuple(rewritten) : rewritten;
}

/** OpenAPI 3.1 reads schemas as 2020-12, where a tuple is `prefixItems`; the validators want the older `items`. */
function tuple({ items, additionalItems, ...rest }: Json): Json {
  return { ...rest, prefixItems: items, ...(additionalItems === false ? { items: false } : {}) };
}
