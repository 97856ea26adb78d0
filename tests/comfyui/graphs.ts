import { readFileSync } from 'node:fs';

/**
 * Graphs of nodes from workflows that their makers have published, cut down to what decides: the nodes' classes and the
 * links between them. No prompts and no values are kept. `repository` and `path` say where each was taken from.
 */
export interface PublishedGraph {
  repository: string;
  path: string;
  /** What a reader who knows the nodes says of it; `unknown` where the node that decides is not in our table. */
  outcome: 'made' | 'service' | 'unknown' | 'no step';
  /** Services that are asked, or the nodes that are not known. */
  names: string[];
  /** Id → class, and input → id of the node that is linked into it. */
  nodes: Record<string, [string, Record<string, string>]>;
}

export const PUBLISHED_GRAPHS = JSON.parse(
  readFileSync(new URL('graphs.json', import.meta.url), 'utf8'),
) as PublishedGraph[];

/** As ComfyUI's API takes it: the record of a run. */
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

/** As ComfyUI's editor keeps it. */
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
