import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { Alias, Document, isMap, isScalar, isSeq, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import { VERSION } from '../../base/version.js';
import { recordedRoutes } from '../contract/route-table.js';
import { API_EXAMPLES, type ApiExamples, addExamples, type ExampleTarget } from './api-examples.js';
import { publishSchemas } from './published-schemas.js';
import { describeRequestId } from './request-id-description.js';
import { SECURITY, type OpenApiDocument as Shared, shareComponents } from './shared-components.js';
import { describeWebhooks } from './webhook-descriptions.js';

export const openapiOptions = (basePath: string): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Assay',
      version: VERSION,
      description:
        'Reports what a photo, video or sound file declares about its origin, who backs the declaration, ' +
        'where in the file it is stored, and what could not be checked.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: `${basePath}/` }],
    tags: [
      { name: 'rulebooks', description: 'Laws and standards as data.' },
      { name: 'knowledge', description: 'Signals, trust lists and capabilities of this server.' },
      { name: 'inspections', description: 'Inspecting files and reading their Reports.' },
      {
        name: 'matches',
        description: 'Stored files that look or sound alike, and a newsroom’s own collections.',
      },
      {
        name: 'cases',
        description: 'Inspections and other items of one story, with texts that people wrote about them.',
      },
      { name: 'shares', description: 'Links that show one Report to anyone who has the link.' },
      { name: 'batches', description: 'Inspecting many files with one request.' },
      { name: 'uploads', description: 'Resumable uploads of large files.' },
      {
        name: 'keys',
        description: 'API keys and their permissions. They matter only if the operator requires keys.',
      },
      {
        name: 'webhooks',
        description:
          'Notifications of events, signed as specified by Standard Webhooks (`webhook-signature`).',
      },
      { name: 'health', description: 'Health checks for monitoring the server.' },
    ],
  },
  convertConstToEnum: false,
  // Components are named after the schemas, not `def-0`.
  refResolver: {
    buildLocalReference: (json, _baseUri, _fragment, index) =>
      typeof json['$id'] === 'string' ? json['$id'] : `def-${index}`,
  },
});

/** Returns the OpenAPI description of the API, always in the same order. */
export function buildOpenapiDocument(app: FastifyInstance, examples: ApiExamples = API_EXAMPLES): Json {
  const { openapi, info, servers, tags, paths, components } = asJson(app.swagger());
  const described = sortAndRewrite({
    ...{ openapi, info, servers, security: SECURITY, tags, paths },
    webhooks: describeWebhooks(),
    components,
  } as Json);
  // Added after sorting: an answer is no schema, and its words are not those of a schema.
  addExamples(described as unknown as ExampleTarget, examples);
  publishSchemas(described as unknown as Parameters<typeof publishSchemas>[0]);
  describeRequestId(described as unknown as Parameters<typeof describeRequestId>[0]);
  shareComponents(described as unknown as Shared, recordedRoutes(app));
  return described;
}

/** Returns the content of openapi.yaml. */
export function formatOpenapiYaml(app: FastifyInstance, examples?: ApiExamples): string {
  const head =
    '# Generated from the schemas by `npm run generate`. Do not edit.\n' +
    '# `*Gone` after a status refers to the response of that name under `components`, `responses`; `*read` after `security` to that scope.\n';
  // Equal parts are written out: anchors would link places that are equal only by chance.
  const document = new Document(buildOpenapiDocument(app, examples), { aliasDuplicateObjects: false });
  // Named answers are the exception: they are the same wherever they are referenced, which saves a sixth of the file.
  const named = new NamedAnswers();
  visit(document, {
    Pair: (_, pair) => {
      if (isMap(pair.value)) pair.value = named.shortened(pair.value) ?? pair.value;
      if (isSeq(pair.value) && isScalar(pair.key) && pair.key.value === 'security')
        pair.value = named.scopeOf(pair.value) ?? pair.value;
    },
  });
  visit(document, {
    // Short maps take one line: a reference, a type with its bounds and a few words, or a map that holds only one such.
    Map: (_, map) => {
      map.flow = isShort(map);
    },
    // Lists of words with one word per line would be half of the file.
    Seq: (_, list) => {
      if (list.items.every((item) => isScalar(item)) || fitsIntoLine(list)) list.flow = true;
    },
  });
  return head + fillLines(document.toString(YAML_OPTIONS));
}

/** `yaml` and other parsers treat an anchor that is referenced more than a hundred times as an attack. */
const MAX_ALIASES = 60;
const NAMED_ANSWER = /^#\/components\/responses\/(\w+)$/;

/**
 * Aliases of answers in `components.responses` and of required scopes: the first occurrence is written in full, later
 * ones refer to it.
 */
class NamedAnswers {
  readonly #seen = new Map<string, number>();

  /** Aliases the `security` of an operation by its scope, as answers are aliased by their name. */
  scopeOf(security: YAMLSeq): Alias | undefined {
    const [first] = security.toJSON() as Record<string, string[]>[];
    const scope = Object.values(first ?? {})[0]?.[0];
    return scope === undefined ? undefined : this.#named(scope, security);
  }

  /**
   * Returns the alias for a reference; `undefined` for anything else, and for the first occurrence, which is written in
   * full.
   */
  shortened(map: YAMLMap): Alias | undefined {
    const name = map.items.length === 1 && NAMED_ANSWER.exec(String(map.get('$ref') ?? ''))?.[1];
    return typeof name === 'string' ? this.#named(name, map) : undefined;
  }

  #named(name: string, node: YAMLMap | YAMLSeq): Alias | undefined {
    const before = this.#seen.get(name) ?? 0;
    this.#seen.set(name, before + 1);
    // YAML allows an anchor to be defined again; PyYAML does not.
    const part = Math.floor(before / MAX_ALIASES);
    const anchor = part === 0 ? name : `${name}${part + 1}`;
    if (before % MAX_ALIASES > 0) return new Alias(anchor);
    node.anchor = anchor;
    return undefined;
  }
}

const LINE = 160;
/** One space of indentation per level: a second would add a thirteenth to the file. */
const YAML_OPTIONS = { lineWidth: LINE, indent: 1, indentSeq: false, flowCollectionPadding: false } as const;
/** Matches a list too long for one line: one word per line, between brackets on their own lines. */
const LONG_LIST = /^( *)\[\n((?: +[\w./-]+,?\n)+)\1\]$/gm;

/** Fills each line with as many words as fit: one per line would be a twentieth of the file. */
const fillLines = (yaml: string): string =>
  yaml.replace(LONG_LIST, (_, indent: string, words: string) => {
    const lines: string[] = [];
    for (const word of words.trim().split(/\s+/)) {
      const line = lines.at(-1);
      if (line !== undefined && line.length + word.length < LINE) lines[lines.length - 1] = `${line} ${word}`;
      else lines.push(`${indent} ${word}`);
    }
    return [`${indent}[`, ...lines, `${indent}]`].join('\n');
  });

type Json = { [key: string]: unknown };

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

const SORTED = new Set(['paths', 'schemas', 'responses']);

/**
 * Sorts members whose order has no meaning; members of a schema stay as declared. Converts tuples to JSON Schema
 * 2020-12.
 */
function sortAndRewrite(value: unknown, key = ''): Json {
  return rewrite(value, key) as Json;
}

function rewrite(value: unknown, key: string): unknown {
  // The generator appends this suffix to the operation ids of HEAD; Assay names them itself.
  if (key === 'operationId') return String(value).replace(/-head$/, '');
  if (Array.isArray(value)) return value.map((item) => rewrite(item, ''));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, rewrite(member, name)] as const);
  if (SORTED.has(key)) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const rewritten = Object.fromEntries(entries);
  return Array.isArray(rewritten['items']) ? tuple(rewritten) : rewritten;
}

/** OpenAPI 3.1 reads schemas as 2020-12, where a tuple is `prefixItems`; the validators need the older `items`. */
function tuple({ items, additionalItems, ...rest }: Json): Json {
  return { ...rest, prefixItems: items, ...(additionalItems === false ? { items: false } : {}) };
}

/**
 * Maximum JSON characters of a part on one line. JSON has more quotes than YAML, which leaves room for the name before
 * it.
 */
const SHORT_CHARACTERS = 160;

const fitsIntoLine = (value: unknown): boolean =>
  JSON.stringify(value).length < SHORT_CHARACTERS && isShort(value);

/** Returns true if the part fits on one line; longer parts are easier to read on several. */
function isShort(value: unknown): boolean {
  if (isScalar(value)) return true;
  if (isSeq(value)) return value.items.every(isShort);
  if (!isMap(value) || value.items.length > 8) return false;
  return value.items.every((pair) => isShort(pair.value)) && JSON.stringify(value).length < SHORT_CHARACTERS;
}
