import { asArray, asRecord, cut, member } from '../json-shape.js';
import { limits } from '../limits.js';
import type { GeneratorSignature } from '../signatures/generators.js';

/** What a matched text says of the tool; undefined where it only looked like it from afar. */
export interface Shape {
  /** Model, sampler, size: short, in the file's words. */
  summary: string;
  /** A node or step that makes pictures, as against one that only handles them. */
  generates: boolean;
}

export const SHAPES: Record<GeneratorSignature['shape'], (text: string) => Shape | undefined> = {
  'a1111-parameters': a1111,
  'comfyui-prompt': comfyPrompt,
  'comfyui-workflow': comfyWorkflow,
};

const SETTINGS_LINE = /(?:^|\n)\s*(Steps: \d{1,5}, [^\n]*)/;

/** The last line of infotext: `Steps: 20, Sampler: Euler a, …, CFG scale: 7, Seed: 1, Size: 512x512, …`. */
function a1111(text: string): Shape | undefined {
  const line = SETTINGS_LINE.exec(text)?.[1];
  if (!line || !/\bSampler: [^,]/.test(line)) return undefined;
  if (!/\bSeed: \d/.test(line) || !/\bSize: \d+x\d+/.test(line)) return undefined;
  const of = (name: string) => new RegExp(`\\b${name}: ([^,]{1,120})`).exec(line)?.[1];
  const parts = (['Model', 'Sampler', 'Seed', 'Size', 'Version'] as const).flatMap((name) => {
    const value = of(name);
    return value ? [`${name}: ${value}`] : [];
  });
  return { summary: cut(parts.join(', '), limits.shownValueCharacters), generates: true };
}

const SAMPLER = /^(KSampler|SamplerCustom)|Sampler(Advanced|Custom)?$/;

/** API graph: node id → {class_type, inputs}. The keyword alone proves nothing: others store plain text under it. */
function comfyPrompt(text: string): Shape | undefined {
  const graph = parse(text);
  if (!graph) return undefined;
  const classes = Object.values(graph)
    .map((node) => member(asRecord(node) ?? {}, 'class_type'))
    .filter((name): name is string => typeof name === 'string');
  return classes.length === 0 ? undefined : ofClasses(classes);
}

/** UI graph: {last_node_id, nodes: [{type}]}. */
function comfyWorkflow(text: string): Shape | undefined {
  const graph = parse(text);
  if (!graph || member(graph, 'last_node_id') === undefined) return undefined;
  const types = asArray(member(graph, 'nodes'), limits.tagsPerCarrier)
    .map((node) => member(asRecord(node) ?? {}, 'type'))
    .filter((name): name is string => typeof name === 'string');
  return types.length === 0 ? undefined : ofClasses(types);
}

function ofClasses(classes: string[]): Shape {
  const samplers = [...new Set(classes.filter((name) => SAMPLER.test(name)))];
  const words = samplers.length > 0 ? `sampler nodes: ${samplers.join(', ')}` : 'no sampler node';
  return {
    summary: cut(`${classes.length} nodes, ${words}`, limits.shownValueCharacters),
    generates: samplers.length > 0,
  };
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    // Python writers put NaN into JSON, which JSON has no word for.
    return asRecord(JSON.parse(text.replace(/\bNaN\b/g, 'null')));
  } catch {
    return undefined;
  }
}
