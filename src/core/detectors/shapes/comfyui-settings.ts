import { type JsonRecord, ownMember } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import { findLinkedNode, type Graph, type GraphNode } from './comfyui-graph.js';
import { knownNode } from './comfyui-known.js';
import { findFirstPass } from './comfyui-source.js';
import { type Settings, sizeOf } from './settings.js';

/** Returns the inputs of the first-pass sampler, followed through the links. */
export function readComfySettings(graph: Graph, samplers: readonly GraphNode[]): Settings {
  const nodes = [...graph.values()];
  const sampler = findFirstPass(graph, samplers);
  const models = collectValues(nodes, ['ckpt_name', 'unet_name']);
  const shared: Settings = {
    model: sampler && models.length === 0 ? serviceInput(sampler, ['model', 'model_name']) : models,
    loras: collectValues(nodes, ['lora_name']),
    nodes: graph.size,
    samplers: findDistinctNodes(samplers.filter(({ type }) => knownNode(type)?.service === undefined)),
  };
  if (!sampler) return shared;
  const given = [sampler, ...samplerParts(graph, sampler)];
  const value = (...names: string[]) => plainValue(graph, given, names);
  const latent = findLinkedNode(graph, ownMember(sampler.inputs, 'latent_image'));
  return {
    ...shared,
    prompt: findPrompt(graph, given, 'positive') ?? serviceInput(sampler, ['prompt', 'prompt_text']),
    negativePrompt: findPrompt(graph, given, 'negative'),
    seed: value('seed', 'noise_seed'),
    sampler: value('sampler_name'),
    scheduler: value('scheduler'),
    steps: value('steps'),
    cfgScale: value('cfg', 'guidance'),
    denoise: value('denoise'),
    size: latent && sizeOf(latent.inputs),
  };
}

const findDistinctNodes = (nodes: readonly GraphNode[]) => [...new Set(nodes.map(({ type }) => type))];

/** A node that calls a service holds its request in its own inputs. */
function serviceInput({ type, inputs }: GraphNode, names: readonly string[]): unknown {
  if (knownNode(type)?.service === undefined) return undefined;
  return names.map((name) => ownMember(inputs, name)).find((value) => typeof value === 'string');
}

const MAX_NAMES = 8;

function collectValues(nodes: readonly GraphNode[], names: readonly string[]): string[] {
  const found = nodes.flatMap(({ inputs }) =>
    names.flatMap((name) => {
      const value = ownMember(inputs, name);
      return typeof value === 'string' && value !== 'None' ? [value] : [];
    }),
  );
  return [...new Set(found)].slice(0, MAX_NAMES);
}

/** SamplerCustomAdvanced takes its settings from separate nodes. */
function samplerParts(graph: Graph, { inputs }: GraphNode): GraphNode[] {
  return ['noise', 'sampler', 'sigmas', 'guider'].flatMap(
    (name) => findLinkedNode(graph, ownMember(inputs, name)) ?? [],
  );
}

function plainValue(graph: Graph, given: readonly GraphNode[], names: readonly string[]): unknown {
  for (const { inputs } of given) {
    for (const name of names) {
      const value = ownMember(inputs, name);
      if (typeof value === 'string' || typeof value === 'number') return value;
      const source = findLinkedNode(graph, value)?.inputs;
      const behind = source && ['value', 'int', 'float', 'number', name].map((n) => ownMember(source, n));
      const found = behind?.find((v) => typeof v === 'string' || typeof v === 'number');
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Follows `positive` or `negative` through conditioning nodes to the text that was encoded. */
function findPrompt(
  graph: Graph,
  given: readonly GraphNode[],
  side: 'positive' | 'negative',
): string | undefined {
  const names = side === 'positive' ? ['positive', 'conditioning'] : ['negative'];
  const starts = given.flatMap(({ inputs }) =>
    names.map((name) => findLinkedNode(graph, ownMember(inputs, name))),
  );
  for (const start of starts) {
    const text = start && findTextBehind(graph, start, side);
    if (text !== undefined) return text;
  }
  return undefined;
}

const TEXT_NAMES = ['text', 'prompt', 'string', 'value', 'text_g', 'text_l', 'wildcard_text', 't5xxl'];

function findTextBehind(graph: Graph, start: GraphNode, side: 'positive' | 'negative'): string | undefined {
  const waiting = [start];
  const seen = new Set<GraphNode>();
  for (let hop = 0; waiting.length > 0 && hop < limits.graphHops; hop += 1) {
    const node = waiting.shift();
    if (!node || seen.has(node)) continue;
    seen.add(node);
    const text = TEXT_NAMES.map((name) => ownMember(node.inputs, name)).find(
      (value): value is string => typeof value === 'string' && value.trim() !== '',
    );
    if (text !== undefined) return text;
    waiting.push(...followedInputs(graph, node.inputs, side));
  }
  return undefined;
}

function followedInputs(graph: Graph, inputs: JsonRecord, side: 'positive' | 'negative'): GraphNode[] {
  const onward = new RegExp(`^(${side}|conditioning|cond\\b|${TEXT_NAMES.join('|')})`);
  return Object.entries(inputs).flatMap(([name, value]) =>
    onward.test(name) ? (findLinkedNode(graph, value) ?? []) : [],
  );
}
