import { asRecord, type JsonRecord, ownMember } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';

/** Node of a ComfyUI graph, in the form common to its API and its editor (comfyui-editor.ts). */
export interface GraphNode {
  type: string;
  /** Plain values, and links as `[node id, output]`. */
  inputs: JsonRecord;
}

/** Nodes by id. `whole` is false if the graph had more nodes than the bound. */
export class Graph extends Map<string, GraphNode> {
  whole = true;
}

/**
 * Reads the API form: node id → {class_type, inputs}. The keyword `prompt` alone proves nothing, since other programs
 * store plain text there.
 */
export function apiGraph(record: JsonRecord): Graph {
  const graph = new Graph();
  for (const [id, value] of Object.entries(record)) {
    const node = asRecord(value) ?? {};
    const type = ownMember(node, 'class_type');
    if (typeof type !== 'string') continue;
    if (graph.size >= limits.graphNodes) graph.whole = false;
    if (!graph.whole) break;
    graph.set(id, { type, inputs: asRecord(ownMember(node, 'inputs')) ?? {} });
  }
  return graph;
}

/** Returns the node a value links to; `undefined` for plain values. */
export function findLinkedNode(graph: Graph, value: unknown): GraphNode | undefined {
  const id = linkedId(value);
  return id === undefined ? undefined : graph.get(id);
}

/**
 * Returns the node id of a link. A link is a text and a number, the test ComfyUI itself uses
 * (comfy_execution/graph_utils.py).
 */
export function linkedId(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [id, output] = value as unknown[];
  return typeof id === 'string' && typeof output === 'number' ? id : undefined;
}

export function isImageLoader({ type }: GraphNode): boolean {
  return /LoadImage|Load Image|ImageLoad|Image Load/.test(type);
}
