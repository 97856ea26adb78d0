import type { NodeRole } from '../../signatures/comfyui-node.js';
import { type Graph, type GraphNode, linkedId } from './comfyui-graph.js';
import { knownNode, roleOf } from './comfyui-known.js';

/** Nodes between a graph's outputs and its sources, followed backwards through every link. */
export interface GraphPath {
  /** Nodes that generate pictures, video or sound; their inputs are not followed. */
  makes: GraphNode[];
  edits: GraphNode[];
  scales: GraphNode[];
  /** Unknown node classes. */
  unknown: string[];
  /** True if a link leads out of the graph. */
  isOpen: boolean;
  /** Nodes that generate pictures but lead to no output that the file may come from. */
  elsewhere: string[];
}

/** Maximum depth of nested lists searched for links; ComfyUI's own lists do not nest. */
const MAX_LINK_DEPTH = 4;

export function findPathToOutputs(graph: Graph): GraphPath {
  const ends = findEnds(graph);
  const path = findPathFrom(graph, findOutputs(graph, ends));
  // If a node on the path is missing, any end node may have led to it.
  return path.isOpen && path.makes.length === 0
    ? { ...findPathFrom(graph, [...graph.values()]), isOpen: true }
    : path;
}

function findPathFrom(graph: Graph, starts: readonly GraphNode[]): GraphPath {
  const path: GraphPath = { makes: [], edits: [], scales: [], unknown: [], isOpen: false, elsewhere: [] };
  const seen = new Set<GraphNode>();
  const aside: GraphNode[] = [];
  follow(graph, starts, seen, path, (node, role) => {
    if (role === 'aside') aside.push(node);
    return recordNode(node, role, path);
  });
  // From a generating step, only earlier steps of its kind are searched for: the first pass and other services called.
  follow(graph, inputNodes(graph, path.makes), new Set(seen), undefined, (node, role) => {
    if (role === 'makes') path.makes.push(node);
    return role !== 'aside';
  });
  // A text may be the address of a generated picture, so nodes that provide texts and numbers must be known as well.
  follow(graph, inputNodes(graph, aside), seen, path, (node, role) => {
    if (role === undefined) path.unknown.push(node.type);
    return role !== 'makes';
  });
  const counted = new Set(path.makes);
  const others = [...graph.values()].filter((node) => !counted.has(node) && roleOf(node) === 'makes');
  path.elsewhere = distinctNames(others.map(({ type }) => type));
  path.unknown = distinctNames(path.unknown);
  return path;
}

function inputNodes(graph: Graph, nodes: readonly GraphNode[]): GraphNode[] {
  return nodes.flatMap(({ inputs }) => findLinks(inputs).flatMap((id) => graph.get(id) ?? []));
}

function follow(
  graph: Graph,
  starts: readonly GraphNode[],
  seen: Set<GraphNode>,
  path: GraphPath | undefined,
  goesOn: (node: GraphNode, role: NodeRole | undefined) => boolean,
): void {
  const waiting = [...starts];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (!goesOn(node, roleOf(node))) continue;
    for (const id of findLinks(node.inputs)) {
      const next = graph.get(id);
      if (next !== undefined) waiting.push(next);
      else if (path) path.isOpen = true;
    }
  }
}

/** Records the node by its role; returns whether its inputs are followed. */
function recordNode(node: GraphNode, role: NodeRole | undefined, path: GraphPath): boolean {
  if (role === undefined) path.unknown.push(node.type);
  if (role === 'makes') path.makes.push(node);
  if (role === 'edits') path.edits.push(node);
  if (role === 'scales') path.scales.push(node);
  return role !== 'makes' && role !== 'aside';
}

/** Returns the nodes whose outputs nothing uses. */
function findEnds(graph: Graph): GraphNode[] {
  const used = new Set([...graph.values()].flatMap(({ inputs }) => findLinks(inputs)));
  return [...graph].flatMap(([id, node]) => (used.has(id) ? [] : [node]));
}

/**
 * Returns the nodes the file may come from: those that save one, and unknown end nodes. Preview nodes count only if
 * there is nothing else, any end node if the graph has no output, and every node of a cycle.
 */
function findOutputs(graph: Graph, ends: readonly GraphNode[]): readonly GraphNode[] {
  const nodes = [...graph.values()];
  const saving = nodes.filter((node) => roleOf(node) === 'saves');
  const kept = [...saving, ...ends.filter((node) => roleOf(node) === undefined)];
  const shown = nodes.filter((node) => roleOf(node) === 'shows');
  return [kept, shown, ends].find(({ length }) => length > 0) ?? nodes;
}

/** Id that no node has, so that the path counts as open: a link may be nested deeper than the bound. */
const PAST_NESTING = '';

export function findLinks(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (depth > MAX_LINK_DEPTH) return [PAST_NESTING];
  const id = linkedId(value);
  if (id !== undefined) return [id];
  return Object.values(value).flatMap((inner) => findLinks(inner, depth + 1));
}

const distinctNames = (names: readonly string[]): string[] => [...new Set(names)];

/** Returns the operators of the services that these nodes call. */
export function listServices(nodes: readonly GraphNode[]): string[] {
  return distinctNames(nodes.flatMap(({ type }) => knownNode(type)?.service ?? []));
}
