import { member } from '../../ground/json-shape.js';
import type { ComfyNodes, NodeRole } from '../../signatures/comfyui-node.js';
import { COMFYUI_CORE_NODES } from '../../signatures/comfyui-nodes-core.js';
import { COMFYUI_HANDLING_NODES } from '../../signatures/comfyui-nodes-handling.js';
import { COMFYUI_PACK_NODES } from '../../signatures/comfyui-nodes-packs.js';
import { COMFYUI_SERVICE_NODES } from '../../signatures/comfyui-nodes-services.js';
import { type GraphNode, linkTo } from './comfyui-graph.js';

/** Which classes of nodes we know, by name. */

export const COMFYUI_NODES: readonly ComfyNodes[] = [
  ...COMFYUI_CORE_NODES,
  ...COMFYUI_SERVICE_NODES,
  ...COMFYUI_PACK_NODES,
  ...COMFYUI_HANDLING_NODES,
];

export const namesOf = ({ names }: ComfyNodes): string[] => names.split(';').map((name) => name.trim());

const KNOWN: ReadonlyMap<string, ComfyNodes> = new Map(
  COMFYUI_NODES.flatMap((row) => namesOf(row).map((name) => [name, row] as const)),
);

export function knownNode(type: string): ComfyNodes | undefined {
  return KNOWN.get(type);
}

/** What a node does; undefined where neither its class is known nor its inputs say it. */
export function roleOf(node: GraphNode): NodeRole | undefined {
  return KNOWN.get(node.type)?.does ?? (samplesByItsInputs(node) ? 'makes' : undefined);
}

/**
 * A node that takes a sampler's three settings is one (d3x-at/sd-parsers parsers/_comfyui.py SAMPLER_PARAMS). Nodes
 * that save pictures write the same three down, so a model and a prompt must be linked into it as well.
 */
const SAMPLER_SETTINGS = ['sampler_name', 'steps', 'cfg'];
const SAMPLER_LINKS = ['model', 'positive'];

function samplesByItsInputs({ inputs }: GraphNode): boolean {
  return (
    SAMPLER_SETTINGS.every((name) => Object.hasOwn(inputs, name)) &&
    SAMPLER_LINKS.every((name) => linkTo(member(inputs, name)) !== undefined)
  );
}
