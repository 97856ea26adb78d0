import { ownMember } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import { findLinkedNode, type Graph, type GraphNode, isImageLoader } from './comfyui-graph.js';
import { knownNode, roleOf } from './comfyui-known.js';

/** Inputs whose picture guides the sampler without being its starting point. */
const NOT_FOLLOWED: ReadonlySet<string> = new Set([
  'model',
  'clip',
  'vae',
  'positive',
  'negative',
  'conditioning',
  'control_net',
  'clip_vision_output',
]);

export interface ComfySource {
  found?: 'img2img' | 'inpaint';
  /** True if more steps lead to the pictures than the bound allows, so a source may have been missed. */
  isCut: boolean;
}

/** Finds a loaded picture that is encoded into a sampler's latent or sent to a service, which then works on it. */
export function findComfySource(graph: Graph, makers: readonly GraphNode[]): ComfySource {
  let found: 'img2img' | undefined;
  let cut = false;
  for (const maker of makers) {
    const trace = traceSource(graph, maker);
    if (trace.found === 'inpaint') return trace;
    if (trace.found && !startsFromNoise(graph, maker)) found = trace.found;
    cut ||= trace.isCut;
  }
  return { ...(found === undefined ? {} : { found }), isCut: cut };
}

interface Step {
  node: GraphNode;
  encoded: boolean;
  masked: boolean;
}

const makes = (node: GraphNode) => roleOf(node) === 'makes';

/** A sampler works on its latent; a service works on any picture it receives. */
function findStarts(graph: Graph, maker: GraphNode): Step[] {
  const atService = knownNode(maker.type)?.service !== undefined;
  const names = atService ? Object.keys(maker.inputs) : ['latent_image', 'latent', 'samples'];
  return names.flatMap((name) => {
    const node = findLinkedNode(graph, ownMember(maker.inputs, name));
    return node ? [{ node, encoded: atService, masked: /mask/.test(name) }] : [];
  });
}

function traceSource(graph: Graph, maker: GraphNode): ComfySource {
  const steps = findStarts(graph, maker);
  /** A loaded picture is often its own mask too, so a node counts once per input it is reached through. */
  const seen = new Map<GraphNode, string[]>();
  let result: 'img2img' | 'inpaint' | undefined;
  for (let hop = 0; steps.length > 0 && hop < limits.graphHops; hop += 1) {
    const step = steps.pop();
    const mask = `${step?.encoded} ${step?.masked}`;
    if (!step || seen.get(step.node)?.includes(mask) || makes(step.node)) continue;
    seen.set(step.node, [...(seen.get(step.node) ?? []), mask]);
    const encoded = step.encoded || /VAEEncode|InpaintModelConditioning/.test(step.node.type);
    const masked = step.masked || /Inpaint|NoiseMask/.test(step.node.type);
    if (encoded && isImageLoader(step.node)) result = masked || result === 'inpaint' ? 'inpaint' : 'img2img';
    for (const [name, value] of Object.entries(step.node.inputs)) {
      const next = NOT_FOLLOWED.has(name) ? undefined : findLinkedNode(graph, value);
      if (next) steps.push({ node: next, encoded, masked });
    }
  }
  return { ...(result === undefined ? {} : { found: result }), isCut: steps.length > 0 };
}

/** With denoise at 1 the sampler starts from noise alone and takes only the size of the picture. */
function startsFromNoise(graph: Graph, sampler: GraphNode): boolean {
  const scheduler = findLinkedNode(graph, ownMember(sampler.inputs, 'sigmas'));
  const denoise =
    ownMember(sampler.inputs, 'denoise') ?? (scheduler && ownMember(scheduler.inputs, 'denoise'));
  if (typeof denoise === 'number') return denoise >= 1;
  return ownMember(sampler.inputs, 'start_at_step') === 0;
}

/** Returns the sampler that no other sampler feeds; later ones only refine its output. */
export function findFirstPass(graph: Graph, samplers: readonly GraphNode[]): GraphNode | undefined {
  return samplers.find((sampler) => !isFedByAnother(graph, sampler)) ?? samplers[0];
}

function isFedByAnother(graph: Graph, sampler: GraphNode): boolean {
  const waiting = [sampler];
  const seen = new Set<GraphNode>();
  for (let hop = 0; waiting.length > 0 && hop < limits.graphHops; hop += 1) {
    const node = waiting.pop();
    if (!node || seen.has(node)) continue;
    if (node !== sampler && makes(node)) return true;
    seen.add(node);
    for (const [name, value] of Object.entries(node.inputs)) {
      const next = NOT_FOLLOWED.has(name) ? undefined : findLinkedNode(graph, value);
      if (next) waiting.push(next);
    }
  }
  return false;
}
