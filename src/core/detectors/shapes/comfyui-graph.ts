import { asRecord, type JsonRecord, member } from '../../ground/json-shape.js';
import { limits } from '../../ground/limits.js';

/** ComfyUI keeps a graph as its API takes it and as its editor draws it (comfyui-editor.ts); both become this. */
export interface GraphNode {
  type: string;
  /** Values, and links as `[node id, output]`. */
  inputs: JsonRecord;
}

/** Nodes by id. `whole` is false where more nodes stood there than are looked at. */
export class Graph extends Map<string, GraphNode> {
  whole = true;
}

/** API form: node id → {class_type, inputs}. The keyword `prompt` alone proves nothing: others store plain text there. */
export function apiGraph(record: JsonRecord): Graph {
  const graph = new Graph();
  for (const [id, value] of Object.entries(record)) {
    const node = asRecord(value) ?? {};
    const type = member(node, 'class_type');
    if (typeof type !== 'string') continue;
    if (graph.size >= limits.graphNodes) graph.whole = false;
    if (!graph.whole) break;
    graph.set(id, { type, inputs: asRecord(member(node, 'inputs')) ?? {} });
  }
  return graph;
}

/** The node a value links to; undefined for plain values. */
export function linked(graph: Graph, value: unknown): GraphNode | undefined {
  const id = linkTo(value);
  return id === undefined ? undefined : graph.get(id);
}

/** The id in a link: a text and a number, as ComfyUI itself tells links from lists (comfy_execution/graph_utils.py). */
export function linkTo(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [id, output] = value as unknown[];
  return typeof id === 'string' && typeof output === 'number' ? id : undefined;
}

export function isImageLoader({ type }: GraphNode): boolean {
  return /LoadImage|Load Image|ImageLoad|Image Load/.test(type);
}
