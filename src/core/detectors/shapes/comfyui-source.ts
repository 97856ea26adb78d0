import { member } from '../../json-shape.js';
import { limits } from '../../limits.js';
import { type Graph, type GraphNode, isImageLoader, isSampler, linked } from './comfyui-graph.js';

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

/** A loaded picture that is encoded and linked into a sampler's latent: what the sampler works upon. */
export function comfySource(graph: Graph, samplers: readonly GraphNode[]): 'img2img' | 'inpaint' | undefined {
  let found: 'img2img' | undefined;
  for (const sampler of samplers) {
    const trace = traced(graph, sampler);
    if (trace === 'inpaint') return trace;
    if (trace && !startsFromNoise(graph, sampler)) found = trace;
  }
  return found;
}

interface Step {
  node: GraphNode;
  encoded: boolean;
  masked: boolean;
}

function traced(graph: Graph, sampler: GraphNode): 'img2img' | 'inpaint' | undefined {
  const first = ['latent_image', 'latent', 'samples'].map((name) =>
    linked(graph, member(sampler.inputs, name)),
  );
  const steps: Step[] = first.flatMap((node) => (node ? [{ node, encoded: false, masked: false }] : []));
  /** A loaded picture is often its own mask as well: a node counts once each way it is reached. */
  const seen = new Map<GraphNode, string[]>();
  let result: 'img2img' | 'inpaint' | undefined;
  for (let hop = 0; steps.length > 0 && hop < limits.graphHops; hop += 1) {
    const step = steps.pop();
    const way = `${step?.encoded} ${step?.masked}`;
    if (!step || seen.get(step.node)?.includes(way) || isSampler(step.node)) continue;
    seen.set(step.node, [...(seen.get(step.node) ?? []), way]);
    const encoded = step.encoded || /VAEEncode|InpaintModelConditioning/.test(step.node.type);
    const masked = step.masked || /Inpaint|NoiseMask/.test(step.node.type);
    if (encoded && isImageLoader(step.node)) result = masked || result === 'inpaint' ? 'inpaint' : 'img2img';
    for (const [name, value] of Object.entries(step.node.inputs)) {
      const next = NOT_FOLLOWED.has(name) ? undefined : linked(graph, value);
      if (next) steps.push({ node: next, encoded, masked });
    }
  }
  return result;
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
  return samplers.find((sampler) => !fedBySampler(graph, sampler)) ?? samplers[0];
}

function fedBySampler(graph: Graph, sampler: GraphNode): boolean {
  const waiting = [sampler];
  const seen = new Set<GraphNode>();
  for (let hop = 0; waiting.length > 0 && hop < limits.graphHops; hop += 1) {
    const node = waiting.pop();
    if (!node || seen.has(node)) continue;
    if (node !== sampler && isSampler(node)) return true;
    seen.add(node);
    for (const [name, value] of Object.entries(node.inputs)) {
      const next = NOT_FOLLOWED.has(name) ? undefined : linked(graph, value);
      if (next) waiting.push(next);
    }
  }
  return false;
}
