import examples from './api-examples.json' with { type: 'json' };

export interface ApiExamples {
  /** By name, as under `components`. */
  examples: Readonly<Record<string, { summary: string; value: unknown }>>;
  /** Names of the examples shown, by operation and status; bodies in JSON. */
  shown: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Generated from files in fixtures/ by scripts/docs/api-examples.js. */
export const API_EXAMPLES: ApiExamples = examples;

interface Operation {
  operationId?: string;
  responses?: Record<string, { content?: Record<string, { examples?: unknown }> }>;
}

export interface ExampleTarget {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, unknown>;
}

/** Adds the examples to an OpenAPI description, at each place that exists in it. */
export function addExamples({ paths, components }: ExampleTarget, { examples, shown }: ApiExamples): void {
  components['examples'] = examples;
  for (const { operationId = '', responses = {} } of Object.values(paths).flatMap((item) =>
    Object.values(item),
  )) {
    for (const [status, names] of Object.entries(shown[operationId] ?? {})) {
      const body = responses[status]?.content?.['application/json'];
      if (body === undefined) continue;
      body.examples = Object.fromEntries(
        names.map((name) => [name, { $ref: `#/components/examples/${name}` }]),
      );
    }
  }
}
