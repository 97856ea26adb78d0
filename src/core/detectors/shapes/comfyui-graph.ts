import { asArray, asRecord, type JsonRecord, member } from '../../json-shape.js';
import { limits } from '../../limits.js';

/** ComfyUI keeps a graph as its API takes it and as its editor draws it; both become this. */
export interface GraphNode {
  type: string;
  /** Values, and links as `[node id, output]`. */
  inputs: JsonRecord;
}
export type Graph = ReadonlyMap<string, GraphNode>;

/** API form: node id → {class_type, inputs}. The keyword `prompt` alone proves nothing: others store plain text there. */
export function apiGraph(record: JsonRecord): Graph {
  const graph = new Map<string, GraphNode>();
  for (const [id, value] of Object.entries(record).slice(0, limits.graphNodes)) {
    const node = asRecord(value) ?? {};
    const type = member(node, 'class_type');
    if (typeof type === 'string') graph.set(id, { type, inputs: asRecord(member(node, 'inputs')) ?? {} });
  }
  return graph;
}

/** Editor form: {last_node_id, nodes, links}, and the same again in each subgraph. */
export function editorGraph(record: JsonRecord): Graph {
  const graph = new Map<string, GraphNode>();
  if (member(record, 'last_node_id') === undefined) return graph;
  addNodes(graph, record, '');
  const definitions = asRecord(member(record, 'definitions')) ?? {};
  for (const [index, one] of asArray(member(definitions, 'subgraphs'), limits.graphNodes).entries()) {
    addNodes(graph, asRecord(one) ?? {}, `${index}:`);
  }
  return graph;
}

/** Nodes that the editor has muted or bypassed did nothing. */
const AT_REST: readonly unknown[] = [2, 4];

function addNodes(graph: Map<string, GraphNode>, record: JsonRecord, scope: string): void {
  const origins = linkOrigins(record);
  for (const one of asArray(member(record, 'nodes'), limits.graphNodes - graph.size)) {
    const node = asRecord(one) ?? {};
    const type = member(node, 'type');
    const id = member(node, 'id');
    if (typeof type !== 'string' || AT_REST.includes(member(node, 'mode'))) continue;
    const inputs = { ...widgets(type, member(node, 'widgets_values')), ...links(node, origins, scope) };
    graph.set(`${scope}${typeof id === 'string' ? id : Number(id)}`, { type, inputs });
  }
}

/** Link id → where it comes from; lists at the top, objects in subgraphs. */
function linkOrigins(record: JsonRecord): ReadonlyMap<unknown, readonly [unknown, unknown]> {
  const origins = new Map<unknown, readonly [unknown, unknown]>();
  for (const link of asArray(member(record, 'links'), limits.graphNodes * 4)) {
    if (Array.isArray(link)) origins.set(link[0], [link[1], link[2]]);
    const named = asRecord(link);
    if (named) origins.set(member(named, 'id'), [member(named, 'origin_id'), member(named, 'origin_slot')]);
  }
  return origins;
}

function links(
  node: JsonRecord,
  origins: ReturnType<typeof linkOrigins>,
  scope: string,
): Record<string, unknown> {
  const found = new Map<string, unknown>();
  for (const one of asArray(member(node, 'inputs'), limits.settingsPairs)) {
    const input = asRecord(one) ?? {};
    const name = member(input, 'name');
    const origin = origins.get(member(input, 'link'));
    if (typeof name === 'string' && origin) found.set(name, [`${scope}${String(origin[0])}`, origin[1]]);
  }
  return Object.fromEntries(found);
}

/** The editor keeps a node's values as a list without names; those of ComfyUI's own first nodes are known. */
const WIDGETS: Readonly<Record<string, readonly string[]>> = {
  KSampler: ['seed', '', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
  KSamplerAdvanced: ['', 'noise_seed', '', 'steps', 'cfg', 'sampler_name', 'scheduler', 'start_at_step'],
  CheckpointLoaderSimple: ['ckpt_name'],
  UNETLoader: ['unet_name'],
  LoraLoader: ['lora_name'],
  CLIPTextEncode: ['text'],
  EmptyLatentImage: ['width', 'height'],
};

function widgets(type: string, values: unknown): Record<string, unknown> {
  const names = Object.hasOwn(WIDGETS, type) ? (WIDGETS[type] ?? []) : [];
  const list = asArray(values, names.length);
  return Object.fromEntries(names.flatMap((name, at) => (name === '' ? [] : [[name, list[at]]])));
}

/** The node a value links to; undefined for plain values. */
export function linked(graph: Graph, value: unknown): GraphNode | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [id] = value as unknown[];
  return typeof id === 'string' || typeof id === 'number' ? graph.get(String(id)) : undefined;
}

const SAMPLER_NAME = /^(KSampler(?!Select)|SamplerCustom)/;
const SAMPLER_ENDING = /Sampler(Advanced|Custom)?$/;
const SAMPLER_INPUTS = ['latent_image', 'latent', 'samples', 'noise', 'sigmas', 'steps'];

/** A step that makes pictures or sound out of noise. Others call themselves samplers of colours or frames. */
export function isSampler({ type, inputs }: GraphNode): boolean {
  if (SAMPLER_NAME.test(type)) return true;
  return SAMPLER_ENDING.test(type) && SAMPLER_INPUTS.some((name) => Object.hasOwn(inputs, name));
}

export function isImageLoader({ type }: GraphNode): boolean {
  return /LoadImage|Load Image|ImageLoad/.test(type);
}
