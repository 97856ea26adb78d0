import { member } from '../../ground/json-shape.js';
import { limits } from '../../ground/limits.js';
import { type Graph, type GraphNode, isImageLoader, linked } from './comfyui-graph.js';
import { knownNode, roleOf } from './comfyui-known.js';

/** Inputs through which a picture guides, but is not what the sampler starts from. */
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
  /** More steps lead to the pictures than are followed: there may be a source that was not reached. */
  cut: boolean;
}

/** A loaded picture that is encoded and linked into a sampler's latent, or sent to a service: what these work upon. */
export function comfySource(graph: Graph, makers: readonly GraphNode[]): ComfySource {
  let found: 'img2img' | undefined;
  let cut = false;
  for (const maker of makers) {
    const trace = traced(graph, maker);
    if (trace.found === 'inpaint') return trace;
    if (trace.found && !startsFromNoise(graph, maker)) found = trace.found;
    cut ||= trace.cut;
  }
  return { ...(found === undefined ? {} : { found }), cut };
}

interface Step {
  node: GraphNode;
  encoded: boolean;
  masked: boolean;
}

const makes = (node: GraphNode) => roleOf(node) === 'makes';

/** A sampler works upon its latent; a service upon whatever picture it is sent. */
function startsOf(graph: Graph, maker: GraphNode): Step[] {
  const atService = knownNode(maker.type)?.service !== undefined;
  const names = atService ? Object.keys(maker.inputs) : ['latent_image', 'latent', 'samples'];
  return names.flatMap((name) => {
    const node = linked(graph, member(maker.inputs, name));
    return node ? [{ node, encoded: atService, masked: /mask/.test(name) }] : [];
  });
}

function traced(graph: Graph, maker: GraphNode): ComfySource {
  const steps = startsOf(graph, maker);
  /** A loaded picture is often its own mask as well: a node counts once each way it is reached. */
  const seen = new Map<GraphNode, string[]>();
  let result: 'img2img' | 'inpaint' | undefined;
  for (let hop = 0; steps.length > 0 && hop < limits.graphHops; hop += 1) {
    const step = steps.pop();
    const way = `${step?.encoded} ${step?.masked}`;
    if (!step || seen.get(step.node)?.includes(way) || makes(step.node)) continue;
    seen.set(step.node, [...(seen.get(step.node) ?? []), way]);
    const encoded = step.encoded || /VAEEncode|InpaintModelConditioning/.test(step.node.type);
    const masked = step.masked || /Inpaint|NoiseMask/.test(step.node.type);
    if (encoded && isImageLoader(step.node)) result = masked || result === 'inpaint' ? 'inpaint' : 'img2img';
    for (const [name, value] of Object.entries(step.node.inputs)) {
      const next = NOT_FOLLOWED.has(name) ? undefined : linked(graph, value);
      if (next) steps.push({ node: next, encoded, masked });
    }
  }
  return { ...(result === undefined ? {} : { found: result }), cut: steps.length > 0 };
}

/** With its denoise at 1 the sampler starts from noise alone, and the picture lends it no more than its size. */
function startsFromNoise(graph: Graph, sampler: GraphNode): boolean {
  const scheduler = linked(graph, member(sampler.inputs, 'sigmas'));
  const denoise = member(sampler.inputs, 'denoise') ?? (scheduler && member(scheduler.inputs, 'denoise'));
  if (typeof denoise === 'number') return denoise >= 1;
  return member(sampler.inputs, 'start_at_step') === 0;
}

/** The sampler that no other sampler feeds: a later one only works over what an earlier one made. */
export function firstPass(graph: Graph, samplers: readonly GraphNode[]): GraphNode | undefined {
  return samplers.find((sampler) => !fedByAnother(graph, sampler)) ?? samplers[0];
}

function fedByAnother(graph: Graph, sampler: GraphNode): boolean {
  const waiting = [sampler];
  const seen = new Set<GraphNode>();
  for (let hop = 0; waiting.length > 0 && hop < limits.graphHops; hop += 1) {
    const node = waiting.pop();
    if (!node || seen.has(node)) continue;
    if (node !== sampler && makes(node)) return true;
    seen.add(node);
    for (const [name, value] of Object.entries(node.inputs)) {
      const next = NOT_FOLLOWED.has(name) ? undefined : linked(graph, value);
      if (next) waiting.push(next);
    }
  }
  return false;
}
