import { readFileSync } from 'node:fs';

/**
 * Graphs of workflows that their makers have published, reduced to the deciding data: node classes and links. Prompts
 * and values are not stored. `repository` and `path` name the source of each.
 */
export interface PublishedGraph {
  repository: string;
  path: string;
  /** Expected reading by a person who knows the nodes; `unknown` if the deciding node is not in the table. */
  outcome: 'made' | 'service' | 'unknown' | 'no step';
  /** Services that are called, or nodes that are not known. */
  names: string[];
  /** Id → class, and input → id of the linked node. */
  nodes: Record<string, [string, Record<string, string>]>;
}

export const PUBLISHED_GRAPHS = JSON.parse(
  readFileSync(new URL('graphs.json', import.meta.url), 'utf8'),
) as PublishedGraph[];

/** Returns the graph in the form of ComfyUI's API: the record of a run. */
export function asPrompt({ nodes }: Pick<PublishedGraph, 'nodes'>): object {
  return Object.fromEntries(
    Object.entries(nodes).map(([id, [type, links]]) => [
      id,
      {
        class_type: type,
        inputs: Object.fromEntries(Object.entries(links).map(([name, from]) => [name, [from, 0]])),
      },
    ]),
  );
}

/** Returns the graph in the form that ComfyUI's editor saves. */
export function asWorkflow({ nodes }: Pick<PublishedGraph, 'nodes'>): object {
  const entries = Object.entries(nodes);
  const links = entries.flatMap(([id, [, inputs]]) =>
    Object.entries(inputs).map(([name, from]) => ({ id, name, from })),
  );
  return {
    last_node_id: entries.length,
    nodes: entries.map(([id, [type]]) => ({
      id,
      type,
      mode: 0,
      inputs: links.flatMap((link, at) => (link.id === id ? [{ name: link.name, link: at }] : [])),
    })),
    links: links.map(({ id, from }, at) => [at, from, 0, id, 0, '*']),
  };
}
