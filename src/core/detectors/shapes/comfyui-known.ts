import { ownMember } from '../../../base/json-shape.js';
import type { ComfyNodes, NodeRole } from '../../signatures/comfyui-node.js';
import { COMFYUI_CORE_NODES } from '../../signatures/comfyui-nodes-core.js';
import { COMFYUI_HANDLING_NODES } from '../../signatures/comfyui-nodes-handling.js';
import { COMFYUI_PACK_NODES } from '../../signatures/comfyui-nodes-packs.js';
import { COMFYUI_SERVICE_NODES } from '../../signatures/comfyui-nodes-services.js';
import { type GraphNode, linkedId } from './comfyui-graph.js';

/** Node classes known by name. */

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

/** Returns a node's role; `undefined` if neither its class is known nor its inputs show it. */
export function roleOf(node: GraphNode): NodeRole | undefined {
  return KNOWN.get(node.type)?.role ?? (isSamplerByInputs(node) ? 'makes' : undefined);
}

/**
 * A node with a sampler's three settings is one (d3x-at/sd-parsers parsers/_comfyui.py SAMPLER_PARAMS). Nodes that save
 * pictures record the same three, so a model and a prompt must be linked into it as well.
 */
const SAMPLER_SETTINGS = ['sampler_name', 'steps', 'cfg'];
const SAMPLER_LINKS = ['model', 'positive'];

function isSamplerByInputs({ inputs }: GraphNode): boolean {
  return (
    SAMPLER_SETTINGS.every((name) => Object.hasOwn(inputs, name)) &&
    SAMPLER_LINKS.every((name) => linkedId(ownMember(inputs, name)) !== undefined)
  );
}
