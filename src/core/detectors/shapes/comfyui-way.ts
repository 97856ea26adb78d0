import type { NodeRole } from '../../signatures/comfyui-node.js';
import { type Graph, type GraphNode, linkTo } from './comfyui-graph.js';
import { knownNode, roleOf } from './comfyui-known.js';

/** What stands between a graph's outputs and what it starts from, followed backwards through every link. */
export interface Way {
  /** Nodes that make pictures, video or sound anew; nothing behind them is followed. */
  makes: GraphNode[];
  edits: GraphNode[];
  scales: GraphNode[];
  /** Classes that we do not know. */
  unknown: string[];
  /** A link leads out of the graph. */
  open: boolean;
  /** Nodes that make pictures, but lead to none of the outputs that the file may come from. */
  elsewhere: string[];
}

/** How deep a value may nest lists in which links stand; ComfyUI's own do not nest. */
const NESTED_LINKS = 4;

export function wayToOutputs(graph: Graph): Way {
  const ends = endsOf(graph);
  const way = wayFrom(graph, outputsOf(graph, ends));
  // Where a node is missing on the way, any end may have led there.
  return way.open && way.makes.length === 0 ? { ...wayFrom(graph, [...graph.values()]), open: true } : way;
}

function wayFrom(graph: Graph, starts: readonly GraphNode[]): Way {
  const way: Way = { makes: [], edits: [], scales: [], unknown: [], open: false, elsewhere: [] };
  const seen = new Set<GraphNode>();
  const aside: GraphNode[] = [];
  follow(graph, starts, seen, way, (node, role) => {
    if (role === 'aside') aside.push(node);
    return noted(node, role, way);
  });
  // Behind a step that makes pictures only earlier ones of its kind are looked for: the first pass, and who else was asked.
  follow(graph, behind(graph, way.makes), new Set(seen), undefined, (node, role) => {
    if (role === 'makes') way.makes.push(node);
    return role !== 'aside';
  });
  // A text may be the address of a picture that was made: what gives texts and numbers must be known as well.
  follow(graph, behind(graph, aside), seen, way, (node, role) => {
    if (role === undefined) way.unknown.push(node.type);
    return role !== 'makes';
  });
  const counted = new Set(way.makes);
  const others = [...graph.values()].filter((node) => !counted.has(node) && roleOf(node) === 'makes');
  way.elsewhere = different(others.map(({ type }) => type));
  way.unknown = different(way.unknown);
  return way;
}

function behind(graph: Graph, nodes: readonly GraphNode[]): GraphNode[] {
  return nodes.flatMap(({ inputs }) => linksIn(inputs).flatMap((id) => graph.get(id) ?? []));
}

function follow(
  graph: Graph,
  starts: readonly GraphNode[],
  seen: Set<GraphNode>,
  way: Way | undefined,
  goesOn: (node: GraphNode, role: NodeRole | undefined) => boolean,
): void {
  const waiting = [...starts];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (!goesOn(node, roleOf(node))) continue;
    for (const id of linksIn(node.inputs)) {
      const next = graph.get(id);
      if (next !== undefined) waiting.push(next);
      else if (way) way.open = true;
    }
  }
}

/** Whether the way goes on behind this node. */
function noted(node: GraphNode, role: NodeRole | undefined, way: Way): boolean {
  if (role === undefined) way.unknown.push(node.type);
  if (role === 'makes') way.makes.push(node);
  if (role === 'edits') way.edits.push(node);
  if (role === 'scales') way.scales.push(node);
  return role !== 'makes' && role !== 'aside';
}

/** Nodes that nothing takes anything from. */
function endsOf(graph: Graph): GraphNode[] {
  const used = new Set([...graph.values()].flatMap(({ inputs }) => linksIn(inputs)));
  return [...graph].flatMap(([id, node]) => (used.has(id) ? [] : [node]));
}

/**
 * Where the file may come from: nodes that save one, and ends that we do not know. What is only shown in the editor
 * counts where nothing else does, and any end where the graph has no output at all; in a ring, every node.
 */
function outputsOf(graph: Graph, ends: readonly GraphNode[]): readonly GraphNode[] {
  const nodes = [...graph.values()];
  const saving = nodes.filter((node) => roleOf(node) === 'saves');
  const kept = [...saving, ...ends.filter((node) => roleOf(node) === undefined)];
  const shown = nodes.filter((node) => roleOf(node) === 'shows');
  return [kept, shown, ends].find(({ length }) => length > 0) ?? nodes;
}

/** No node has this id, so that the way counts as open: a link may stand deeper than is looked. */
const PAST_NESTING = '';

export function linksIn(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (depth > NESTED_LINKS) return [PAST_NESTING];
  const id = linkTo(value);
  if (id !== undefined) return [id];
  return Object.values(value).flatMap((inner) => linksIn(inner, depth + 1));
}

const different = (names: readonly string[]): string[] => [...new Set(names)];

/** Who runs the nodes that ask a service. */
export function servicesOf(nodes: readonly GraphNode[]): string[] {
  return different(nodes.flatMap(({ type }) => knownNode(type)?.service ?? []));
}
