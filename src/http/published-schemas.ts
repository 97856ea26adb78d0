/**
 * Schemas as they are published. Those of answers that have a `title` become components, each written once and pointed
 * at; so do those of requests that stand in several places. Of what the server answers, objects and lists of words are open: a later version adds members and words within `/v1`, and a
 * client that was made of this description must go on to read it. What a client sends is held to what is written.
 */

type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** What stands in the place of a schema that has a name: told the name, and the schema without it. */
type Place = (name: string, schema: Json) => Json;

/** Adds the named parts of an answer's schema to `components` and gives what stands in their place. */
export const published = (schema: unknown, components: Json): unknown =>
  placed(schema, opened, (name, untitled) => named(name, untitled, components));

function placed(schema: unknown, as: (schema: Json) => Json, place: Place): unknown {
  if (Array.isArray(schema)) return schema.map((one) => placed(one, as, place));
  if (!isJson(schema)) return schema;
  const own = as(schema);
  const parts = Object.fromEntries(
    Object.entries(own).map(([name, part]) => [
      name,
      // A member may be called `title`, and words of examples are no schemas.
      name === 'properties' && isJson(part)
        ? Object.fromEntries(Object.entries(part).map(([member, one]) => [member, placed(one, as, place)]))
        : NOT_SCHEMAS.has(name)
          ? part
          : placed(part, as, place),
    ]),
  );
  const { title, ...untitled } = parts;
  if (typeof title !== 'string' || !NAME.test(title)) return parts;
  return place(title, untitled);
}

/**
 * Requests: what has a name and stands in several places becomes a component; the rest stands where it is used. What is
 * sent is closed where the same is open in answers: there the name says which it is.
 */
function publishedRequests(bodies: readonly { schema?: unknown }[], components: Json): void {
  const places = new Map<string, number>();
  const asItIs = (schema: Json) => schema;
  const keyOf = (name: string, schema: Json) => `${name} ${JSON.stringify(schema)}`;
  for (const { schema } of bodies)
    placed(schema, asItIs, (name, untitled) => {
      const key = keyOf(name, untitled);
      places.set(key, (places.get(key) ?? 0) + 1);
      return untitled;
    });
  const taken = new Set(Object.keys(components));
  for (const one of bodies)
    one.schema = placed(one.schema, asItIs, (name, untitled) => {
      const isShort = JSON.stringify(untitled).length < SHORTER_THAN_A_REFERENCE;
      if (isShort || (places.get(keyOf(name, untitled)) ?? 0) < 2) return untitled;
      const isOther = taken.has(name) && !sameBut(components[name], untitled);
      return named(isOther ? `Sent${name}` : name, untitled, components);
    });
}

const SHORTER_THAN_A_REFERENCE = 60;

const NAME = /^[A-Z][A-Za-z0-9]*$/;
const NOT_SCHEMAS = new Set(['enum', 'examples', 'example', 'default', 'const', 'required']);

/** But for what is said of them. */
const sameBut = (one: unknown, other: unknown): boolean => wordless(one) === wordless(other);

function wordless(schema: unknown): string {
  const { description: _, ...rest } = schema as Json;
  return JSON.stringify(rest);
}

/** What one place says of it stands beside the reference, as OpenAPI 3.1 allows. */
function named(name: string, { description, ...schema }: Json, components: Json): Json {
  const known = components[name];
  if (known === undefined)
    components[name] = { ...schema, ...(description === undefined ? {} : { description }) };
  else if (!sameBut(known, schema)) throw new Error(`two schemas are called ${name}`);
  const said = known === undefined || (known as Json)['description'] === description;
  return {
    $ref: `#/components/schemas/${name}`,
    ...(said || description === undefined ? {} : { description }),
  };
}

function opened(schema: Json): Json {
  const { additionalProperties, enum: words, ...rest } = schema;
  const members =
    additionalProperties === false || additionalProperties === undefined ? {} : { additionalProperties };
  if (words === undefined) return { ...rest, ...members };
  // RFC 8927 has no word for it; this one is read by generators and by people.
  return { ...rest, ...members, type: typeOf(words), 'x-extensible-enum': words };
}

const typeOf = (words: unknown): string =>
  Array.isArray(words) && words.every((one) => typeof one === 'number') ? 'integer' : 'string';

/** Of a query: a list of words that answers hold too is pointed at. What is not among them is refused all the same. */
function publishedParameter(schema: unknown, components: Json): unknown {
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

/** An answer that holds the whole of a named shape, to the letter, and more: that one, and what stands beside it. */
function extending(schema: unknown, components: Json): unknown {
  if (!isShape(schema)) return schema;
  const [name, base] =
    Object.entries(components).find(
      ([, one]) => isShape(one) && Object.keys(one.properties).length >= MANY && holds(schema, one),
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

/** So many members are not the same by chance. */
const MANY = 5;

const isShape = (schema: unknown): schema is Shape =>
  isJson(schema) && schema['type'] === 'object' && isJson(schema['properties']) && 'required' in schema;

/** What is needed of the shape's members is needed of these, and no more. */
const holds = (schema: Shape, base: Shape): boolean =>
  Object.keys(schema.properties).length > Object.keys(base.properties).length &&
  Object.entries(base.properties).every(
    ([member, one]) =>
      JSON.stringify(schema.properties[member]) === JSON.stringify(one) &&
      schema.required.includes(member) === base.required.includes(member),
  );

interface Content {
  content?: Record<string, { schema?: unknown }>;
}

/** The same of every operation, and of the schemas that were components before. */
export function publishSchemas(document: {
  paths: Record<string, Record<string, unknown>>;
  webhooks: Record<string, Record<string, unknown>>;
  components: Json;
}): void {
  const before = isJson(document.components['schemas']) ? document.components['schemas'] : {};
  const components: Json = {};
  for (const [name, schema] of Object.entries(before)) {
    const { $id: _, ...own } = schema as Json;
    published({ ...own, title: name }, components);
  }
  const operations = [...Object.values(document.paths), ...Object.values(document.webhooks)].flatMap((item) =>
    Object.values(item),
  );
  for (const operation of operations as {
    parameters?: { schema?: unknown }[];
    requestBody?: Content;
    responses?: Record<string, Content>;
  }[]) {
    for (const one of operation.parameters ?? []) one.schema = publishedParameter(one.schema, components);
    for (const response of Object.values(operation.responses ?? {}))
      for (const one of Object.values(response.content ?? {})) one.schema = published(one.schema, components);
  }
  const answers = (operations as { responses?: Record<string, Content> }[]).flatMap(({ responses = {} }) =>
    Object.values(responses).flatMap(({ content }) => Object.values(content ?? {})),
  );
  for (const one of answers) one.schema = extending(one.schema, components);
  const asked = operations as { requestBody?: Content }[];
  publishedRequests(
    asked.flatMap(({ requestBody }) => Object.values(requestBody?.content ?? {})),
    components,
  );
  document.components['schemas'] = Object.fromEntries(
    Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
