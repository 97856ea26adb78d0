/**
 * Builds the published form of schemas. Schemas of answers that have a `title` become components, each written once and
 * referenced; so do those of requests that occur in several places. Objects and enumerations in answers are open: a
 * later version adds members and values within `/v1`, and a client generated from this description must go on to read
 * them. Requests are validated strictly.
 */

type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Returns the replacement of a named schema, from its name and the schema without it. */
type Replacement = (name: string, schema: Json) => Json;

/** Adds the named parts of an answer's schema to `components` and returns what replaces them. */
export const publishSchema = (schema: unknown, components: Json): unknown =>
  mapSchema(schema, openSchema, (name, untitled) => addNamed(name, untitled, components));

function mapSchema(schema: unknown, as: (schema: Json) => Json, place: Replacement): unknown {
  if (Array.isArray(schema)) return schema.map((one) => mapSchema(one, as, place));
  if (!isJson(schema)) return schema;
  const own = as(schema);
  const parts = Object.fromEntries(
    Object.entries(own).map(([name, part]) => [
      name,
      // A member may be called `title`, and the contents of examples are no schemas.
      name === 'properties' && isJson(part)
        ? Object.fromEntries(Object.entries(part).map(([member, one]) => [member, mapSchema(one, as, place)]))
        : NOT_SCHEMAS.has(name)
          ? part
          : mapSchema(part, as, place),
    ]),
  );
  const { title, ...untitled } = parts;
  if (typeof title !== 'string' || !NAME.test(title)) return parts;
  return place(title, untitled);
}

/**
 * A named schema that occurs in several places of requests becomes a component; others are written inline. A request
 * schema is closed; if the same one is open in answers, its name distinguishes the two.
 */
function publishRequests(bodies: readonly { schema?: unknown }[], components: Json): void {
  const places = new Map<string, number>();
  const asItIs = (schema: Json) => schema;
  const keyOf = (name: string, schema: Json) => `${name} ${JSON.stringify(schema)}`;
  for (const { schema } of bodies)
    mapSchema(schema, asItIs, (name, untitled) => {
      const key = keyOf(name, untitled);
      places.set(key, (places.get(key) ?? 0) + 1);
      return untitled;
    });
  const taken = new Set(Object.keys(components));
  for (const one of bodies)
    one.schema = mapSchema(one.schema, asItIs, (name, untitled) => {
      const isShort = JSON.stringify(untitled).length < SHORTER_THAN_A_REFERENCE;
      if (isShort || (places.get(keyOf(name, untitled)) ?? 0) < 2) return untitled;
      const isOther = taken.has(name) && !isSameExceptTexts(components[name], untitled);
      return addNamed(isOther ? `${name}Input` : name, untitled, components);
    });
}

const SHORTER_THAN_A_REFERENCE = 60;

const NAME = /^[A-Z][A-Za-z0-9]*$/;
const NOT_SCHEMAS = new Set(['enum', 'examples', 'example', 'default', 'const', 'required']);

/** Compares two schemas, ignoring their descriptions. */
const isSameExceptTexts = (one: unknown, other: unknown): boolean =>
  withoutTexts(one) === withoutTexts(other);

function withoutTexts(schema: unknown): string {
  const { description: _, ...rest } = schema as Json;
  return JSON.stringify(rest);
}

/** A description of one place stands next to the reference, as OpenAPI 3.1 allows. */
function addNamed(name: string, { description, ...schema }: Json, components: Json): Json {
  const known = components[name];
  if (known === undefined)
    components[name] = { ...schema, ...(description === undefined ? {} : { description }) };
  else if (!isSameExceptTexts(known, schema)) throw new Error(`two schemas are called ${name}`);
  const said = known === undefined || (known as Json)['description'] === description;
  return {
    $ref: `#/components/schemas/${name}`,
    ...(said || description === undefined ? {} : { description }),
  };
}

function openSchema(schema: Json): Json {
  const { additionalProperties, enum: words, ...rest } = schema;
  const members =
    additionalProperties === false || additionalProperties === undefined ? {} : { additionalProperties };
  if (words === undefined) return { ...rest, ...members };
  // RFC 8927 has no keyword for it; generators and people understand this one.
  return { ...rest, ...members, type: typeOf(words), 'x-extensible-enum': words };
}

const typeOf = (words: unknown): string =>
  Array.isArray(words) && words.every((one) => typeof one === 'number') ? 'integer' : 'string';

/**
 * A query parameter whose list of words also occurs in answers refers to that component. Other words are refused all
 * the same.
 */
function publishParameter(schema: unknown, components: Json): unknown {
  if (!isJson(schema) || typeof schema['title'] !== 'string') return schema;
  const { title, description, ...rest } = schema;
  return components[title] === undefined
    ? { ...rest, ...(description === undefined ? {} : { description }) }
    : { $ref: `#/components/schemas/${title}` };
}

interface Shape extends Json {
  properties: Json;
  required: string[];
}

/**
 * Replaces an answer that contains all members of a named schema, unchanged, by `allOf` of that schema and the
 * additional members.
 */
function extendShape(schema: unknown, components: Json): unknown {
  if (!isShape(schema)) return schema;
  const [name, base] =
    Object.entries(components).find(
      ([, one]) =>
        isShape(one) &&
        Object.keys(one.properties).length >= MIN_SHARED_MEMBERS &&
        containsShape(schema, one),
    ) ?? [];
  if (!isShape(base)) return schema;
  const { type, required, properties, ...rest } = schema;
  const own = Object.entries(properties).filter(([member]) => !(member in base.properties));
  const beside = {
    type,
    required: required.filter((member) => !(member in base.properties)),
    properties: Object.fromEntries(own),
  };
  return { ...rest, allOf: [{ $ref: `#/components/schemas/${name}` }, beside] };
}

/** With this many equal members, the match is no coincidence. */
const MIN_SHARED_MEMBERS = 5;

const isShape = (schema: unknown): schema is Shape =>
  isJson(schema) && schema['type'] === 'object' && isJson(schema['properties']) && 'required' in schema;

/** Returns true if the schema contains each member of the base unchanged, and requires it if and only if the base does. */
const containsShape = (schema: Shape, base: Shape): boolean =>
  Object.keys(schema.properties).length > Object.keys(base.properties).length &&
  Object.entries(base.properties).every(
    ([member, one]) =>
      JSON.stringify(schema.properties[member]) === JSON.stringify(one) &&
      schema.required.includes(member) === base.required.includes(member),
  );

interface Content {
  content?: Record<string, { schema?: unknown }>;
}

/** Publishes the schemas of every operation, and those that were components already. */
export function publishSchemas(document: {
  paths: Record<string, Record<string, unknown>>;
  webhooks: Record<string, Record<string, unknown>>;
  components: Json;
}): void {
  const before = isJson(document.components['schemas']) ? document.components['schemas'] : {};
  const components: Json = {};
  for (const [name, schema] of Object.entries(before)) {
    const { $id: _, ...own } = schema as Json;
    publishSchema({ ...own, title: name }, components);
  }
  const operations = [...Object.values(document.paths), ...Object.values(document.webhooks)].flatMap((item) =>
    Object.values(item),
  );
  for (const operation of operations as {
    parameters?: { schema?: unknown }[];
    requestBody?: Content;
    responses?: Record<string, Content>;
  }[]) {
    for (const one of operation.parameters ?? []) one.schema = publishParameter(one.schema, components);
    for (const response of Object.values(operation.responses ?? {}))
      for (const one of Object.values(response.content ?? {}))
        one.schema = publishSchema(one.schema, components);
  }
  const answers = (operations as { responses?: Record<string, Content> }[]).flatMap(({ responses = {} }) =>
    Object.values(responses).flatMap(({ content }) => Object.values(content ?? {})),
  );
  for (const one of answers) one.schema = extendShape(one.schema, components);
  const asked = operations as { requestBody?: Content }[];
  publishRequests(
    asked.flatMap(({ requestBody }) => Object.values(requestBody?.content ?? {})),
    components,
  );
  document.components['schemas'] = Object.fromEntries(
    Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
