import { type JsonRecord, member } from '../../ground/json-shape.js';
import { limits } from '../../ground/limits.js';
import { type Graph, type GraphNode, linked } from './comfyui-graph.js';
import { knownNode } from './comfyui-known.js';
import { firstPass } from './comfyui-source.js';
import { type Settings, sizeOf } from './settings.js';

/** What the sampler of the first pass was given, followed through the links. */
export function comfySettings(graph: Graph, samplers: readonly GraphNode[]): Settings {
  const nodes = [...graph.values()];
  const sampler = firstPass(graph, samplers);
  const models = valuesOf(nodes, ['ckpt_name', 'unet_name']);
  const shared: Settings = {
    model: sampler && models.length === 0 ? ofService(sampler, ['model', 'model_name']) : models,
    loras: valuesOf(nodes, ['lora_name']),
    nodes: graph.size,
    samplers: different(samplers.filter(({ type }) => knownNode(type)?.service === undefined)),
  };
  if (!sampler) return shared;
  const given = [sampler, ...partsOf(graph, sampler)];
  const value = (...names: string[]) => plainValue(graph, given, names);
  const latent = linked(graph, member(sampler.inputs, 'latent_image'));
  return {
    ...shared,
    prompt: promptOf(graph, given, 'positive') ?? ofService(sampler, ['prompt', 'prompt_text']),
    negativePrompt: promptOf(graph, given, 'negative'),
    seed: value('seed', 'noise_seed'),
    sampler: value('sampler_name'),
    scheduler: value('scheduler'),
    steps: value('steps'),
    cfgScale: value('cfg', 'guidance'),
    denoise: value('denoise'),
    size: latent && sizeOf(latent.inputs),
  };
}

const different = (nodes: readonly GraphNode[]) => [...new Set(nodes.map(({ type }) => type))];

/** A node that asks a service has what it asks in inputs of its own. */
function ofService({ type, inputs }: GraphNode, names: readonly string[]): unknown {
  if (knownNode(type)?.service === undefined) return undefined;
  return names.map((name) => member(inputs, name)).find((value) => typeof value === 'string');
}

const MOST_NAMES = 8;

function valuesOf(nodes: readonly GraphNode[], names: readonly string[]): string[] {
  const found = nodes.flatMap(({ inputs }) =>
    names.flatMap((name) => {
      const value = member(inputs, name);
      return typeof value === 'string' && value !== 'None' ? [value] : [];
    }),
  );
  return [...new Set(found)].slice(0, MOST_NAMES);
}

/** SamplerCustomAdvanced has its settings in nodes of their own. */
function partsOf(graph: Graph, { inputs }: GraphNode): GraphNode[] {
  return ['noise', 'sampler', 'sigmas', 'guider'].flatMap(
    (name) => linked(graph, member(inputs, name)) ?? [],
  );
}

function plainValue(graph: Graph, given: readonly GraphNode[], names: readonly string[]): unknown {
  for (const { inputs } of given) {
    for (const name of names) {
      const value = member(inputs, name);
      if (typeof value === 'string' || typeof value === 'number') return value;
      const source = linked(graph, value)?.inputs;
      const behind = source && ['value', 'int', 'float', 'number', name].map((n) => member(source, n));
      const found = behind?.find((v) => typeof v === 'string' || typeof v === 'number');
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** `positive` and `negative` by way of conditioning nodes to the text that was encoded. */
function promptOf(
  graph: Graph,
  given: readonly GraphNode[],
  side: 'positive' | 'negative',
): string | undefined {
  const names = side === 'positive' ? ['positive', 'conditioning'] : ['negative'];
  const starts = given.flatMap(({ inputs }) => names.map((name) => linked(graph, member(inputs, name))));
  for (const start of starts) {
    const text = start && textBehind(graph, start, side);
    if (text !== undefined) return text;
  }
  return undefined;
}

const TEXT_NAMES = ['text', 'prompt', 'string', 'value', 'text_g', 'text_l', 'wildcard_text', 't5xxl'];

function textBehind(graph: Graph, start: GraphNode, side: 'positive' | 'negative'): string | undefined {
  const waiting = [start];
  const seen = new Set<GraphNode>();
  for (let hop = 0; waiting.length > 0 && hop < limits.graphHops; hop += 1) {
    const node = waiting.shift();
    if (!node || seen.has(node)) continue;
    seen.add(node);
    const text = TEXT_NAMES.map((name) => member(node.inputs, name)).find(
      (value): value is string => typeof value === 'string' && value.trim() !== '',
    );
    if (text !== undefined) return text;
    waiting.push(...followed(graph, node.inputs, side));
  }
  return undefined;
}

function followed(graph: Graph, inputs: JsonRecord, side: 'positive' | 'negative'): GraphNode[] {
  const onward = new RegExp(`^(${side}|conditioning|cond\\b|${TEXT_NAMES.join('|')})`);
  return Object.entries(inputs).flatMap(([name, value]) =>
    onward.test(name) ? (linked(graph, value) ?? []) : [],
  );
}
