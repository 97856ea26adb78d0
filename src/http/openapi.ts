import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { Alias, Document, isMap, isScalar, isSeq, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import { VERSION } from '../core/ground/version.js';
import { API_EXAMPLES, type ApiExamples, addExamples, type Described } from './api-examples.js';
import { publishSchemas } from './published-schemas.js';
import { describeRequestId } from './request-id-described.js';
import { routesOf } from './route-table.js';
import { SECURITY, type Described as Shared, shareParts } from './shared-parts.js';
import { describedWebhooks } from './webhooks-described.js';

export const openapiOptions = (basePath: string): FastifyDynamicSwaggerOptions => ({
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
    servers: [{ url: `${basePath}/` }],
    tags: [
      { name: 'rulebooks', description: 'Laws and standards as data.' },
      { name: 'knowledge', description: 'What this server knows, trusts and can do.' },
      { name: 'inspections', description: 'Files in, Reports out.' },
      {
        name: 'matches',
        description: 'Kept files that look or sound alike, and a newsroom’s own collections.',
      },
      { name: 'cases', description: 'What belongs to one story, with what people wrote beside it.' },
      { name: 'shares', description: 'Links that show one Report to whoever has them.' },
      { name: 'batches', description: 'Many files asked about at once.' },
      { name: 'uploads', description: 'Large files, piece by piece.' },
      {
        name: 'keys',
        description: 'Who may ask, and for what. Only where keys are required do they matter.',
      },
      {
        name: 'webhooks',
        description:
          'Being told when something is done; signed as Standard Webhooks has it (`webhook-signature`).',
      },
      { name: 'health', description: 'For whoever watches over the server.' },
    ],
  },
  convertConstToEnum: false,
  // Components bear the schemas' own names, not `def-0`.
  refResolver: {
    buildLocalReference: (json, _baseUri, _fragment, index) =>
      typeof json['$id'] === 'string' ? json['$id'] : `def-${index}`,
  },
});

/** The API in OpenAPI's words, always in the same order. */
export function openapiDocument(app: FastifyInstance, examples: ApiExamples = API_EXAMPLES): Json {
  const { openapi, info, servers, tags, paths, components } = asJson(app.swagger());
  const described = sortedUnder({
    ...{ openapi, info, servers, security: SECURITY, tags, paths },
    webhooks: describedWebhooks(),
    components,
  } as Json);
  // Afterwards: an answer is no schema, and none of its words is one of a schema's.
  addExamples(described as unknown as Described, examples);
  publishSchemas(described as unknown as Parameters<typeof publishSchemas>[0]);
  describeRequestId(described as unknown as Parameters<typeof describeRequestId>[0]);
  shareParts(described as unknown as Shared, routesOf(app));
  return described;
}

/** What stands in openapi.yaml. */
export function openapiYaml(app: FastifyInstance, examples?: ApiExamples): string {
  const head =
    '# Generated from the schemas by `npm run generate`. Do not edit.\n' +
    '# `*Gone` beside a status: the answer of that name under `components`, `responses`; `*read` beside `security`: that scope.\n';
  // Equal parts are written out: anchors would tie places together that only happen to be equal.
  const document = new Document(openapiDocument(app, examples), { aliasDuplicateObjects: false });
  // But an answer that has a name is the same wherever it is referred to: a sixth of the file.
  const named = new NamedAnswers();
  visit(document, {
    Pair: (_, pair) => {
      if (isMap(pair.value)) pair.value = named.shortened(pair.value) ?? pair.value;
      if (isSeq(pair.value) && isScalar(pair.key) && pair.key.value === 'security')
        pair.value = named.scopeOf(pair.value) ?? pair.value;
    },
  });
  visit(document, {
    // In one line is what is short: a reference, a type with its bounds and a few words, or what holds one such alone.
    Map: (_, map) => {
      map.flow = isShort(map);
    },
    // Lists of words in lines of their own would be half of the file.
    Seq: (_, list) => {
      if (list.items.every((item) => isScalar(item)) || fitsIntoLine(list)) list.flow = true;
    },
  });
  return head + packed(document.toString(LAID_OUT));
}

/** `yaml` and other readers take what is referred to more than a hundred times for an attack. */
const MOST_ALIASES = 60;
const NAMED_ANSWER = /^#\/components\/responses\/(\w+)$/;

/** References to answers of `components.responses`, and which scope is asked for: written in full once, and then by their names. */
class NamedAnswers {
  readonly #seen = new Map<string, number>();

  /** Aliases the `security` of an operation by its scope, as answers are aliased by their name. */
  scopeOf(security: YAMLSeq): Alias | undefined {
    const [first] = security.toJSON() as Record<string, string[]>[];
    const scope = Object.values(first ?? {})[0]?.[0];
    return scope === undefined ? undefined : this.#named(scope, security);
  }

  /** The alias to write for a reference; undefined for anything else, and for a reference that is written in full. */
  shortened(map: YAMLMap): Alias | undefined {
    const name = map.items.length === 1 && NAMED_ANSWER.exec(String(map.get('$ref') ?? ''))?.[1];
    return typeof name === 'string' ? this.#named(name, map) : undefined;
  }

  #named(name: string, node: YAMLMap | YAMLSeq): Alias | undefined {
    const before = this.#seen.get(name) ?? 0;
    this.#seen.set(name, before + 1);
    if (before % MOST_ALIASES > 0) return new Alias(name);
    node.anchor = name;
    return undefined;
  }
}

const LINE = 160;
/** One blank a level: two would be a thirteenth of the file. */
const LAID_OUT = { lineWidth: LINE, indent: 1, indentSeq: false, flowCollectionPadding: false } as const;
/** A list that fits in no line: its words, one a line, between brackets that have lines of their own. */
const LONG_LIST = /^( *)\[\n((?: +[\w./-]+,?\n)+)\1\]$/gm;

/** As many words in a line as there is room for: one in each, they would be a twentieth of the file. */
const packed = (yaml: string): string =>
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

/** Sorts where the order says nothing; members of a schema stay as declared. Tuples get the words of JSON Schema 2020-12. */
function sortedUnder(value: unknown, key = ''): Json {
  return rewrite(value, key) as Json;
}

function rewrite(value: unknown, key: string): unknown {
  // The generator tells HEAD from GET by this ending; ours have names of their own.
  if (key === 'operationId') return String(value).replace(/-head$/, '');
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

/** Of its JSON, which has more quotes than the YAML: there is room for it behind a name. */
const SHORT_CHARACTERS = 160;

const fitsIntoLine = (value: unknown): boolean =>
  JSON.stringify(value).length < SHORT_CHARACTERS && isShort(value);

/** Fits into a line. What says more for people than that is read down the page. */
function isShort(value: unknown): boolean {
  if (isScalar(value)) return true;
  if (isSeq(value)) return value.items.every(isShort);
  if (!isMap(value) || value.items.length > 8) return false;
  return value.items.every((pair) => isShort(pair.value)) && JSON.stringify(value).length < SHORT_CHARACTERS;
}
