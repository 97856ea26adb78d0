import { asRecord, member } from '../../json-shape.js';
import { parseObject, readObject } from '../../json-text.js';
import { limits } from '../../limits.js';
import type { Shape } from '../match-rows.js';
import { apiGraph, editorGraph, type Graph, isImageLoader, isSampler } from './comfyui-graph.js';
import { comfySettings } from './comfyui-settings.js';
import { comfySource } from './comfyui-source.js';
import { SETTINGS_BOUNDS, shapeOf } from './settings.js';

/** The graph that ComfyUI ran (`prompt`). */
export function comfyPrompt(text: string): Shape | undefined {
  if (!text.includes('"class_type"')) return undefined;
  const record = readObject(text, SETTINGS_BOUNDS);
  if (record === undefined || record === 'past bound') return inPart(text, record === 'past bound');
  return ofGraph(apiGraph(record));
}

/** The graph as its editor shows it (`workflow`). */
export function comfyWorkflow(text: string): Shape | undefined {
  if (!text.includes('"last_node_id"')) return undefined;
  const record = parseObject(text, SETTINGS_BOUNDS);
  return record && ofGraph(editorGraph(record));
}

/** Both in one object, as values or as JSON text: `{"prompt": …, "workflow": …}`. */
export function comfyWrapped(text: string): Shape | undefined {
  if (!text.includes('class_type') && !text.includes('last_node_id')) return undefined;
  const record = readObject(text, SETTINGS_BOUNDS);
  if (record === undefined || record === 'past bound') return inPart(text, record === 'past bound');
  const inner = (key: string) => {
    const value = member(record, key);
    return typeof value === 'string' ? parseObject(value, SETTINGS_BOUNDS) : asRecord(value);
  };
  const [prompt, workflow] = [inner('prompt'), inner('workflow')];
  return (prompt && ofGraph(apiGraph(prompt))) ?? (workflow && ofGraph(editorGraph(workflow)));
}

function ofGraph(graph: Graph): Shape | undefined {
  if (graph.size === 0) return undefined;
  const nodes = [...graph.values()];
  const samplers = nodes.filter(isSampler);
  const source = comfySource(graph, samplers);
  const scaled = nodes.some(({ type }) => /^(ImageUpscaleWithModel|UpscaleModelLoader)$/.test(type));
  const raises: NonNullable<Shape['raises']> = [];
  if (samplers.length > 0) raises.push({ id: 'generator.comfyui.sampler' });
  else if (scaled && nodes.some(isImageLoader)) raises.push({ id: 'generator.upscaled' });
  if (source) raises.push({ id: 'generator.sourcePicture', value: source });
  return { ...shapeOf(comfySettings(graph, samplers), raises), value: inShort(graph.size, samplers) };
}

function inShort(size: number, samplers: readonly { type: string }[]): string {
  const names = [...new Set(samplers.map(({ type }) => type))].slice(0, 8).join(', ');
  const words = samplers.length > 0 ? `sampler nodes: ${names}` : 'no sampler node';
  return `${size} ${size === 1 ? 'node' : 'nodes'}, ${words}`.slice(0, limits.shownValueCharacters);
}

/** A graph that a reader has cut at its bound, or that is past ours: its nodes are named, its links are not read. */
function inPart(text: string, pastBound: boolean): Shape | undefined {
  const wasCut = text.length >= limits.textValueCharacters && !/\}\s{0,8}$/.test(text.slice(-16));
  if (!/^\s{0,64}\{/.test(text) || !(pastBound || wasCut)) return undefined;
  const head = text.slice(0, limits.patternCharacters);
  const types = [...head.matchAll(/"class_type"\s{0,8}:\s{0,8}"([^"\\]{1,120})"/g)].map(
    ([, type]) => type ?? '',
  );
  if (types.length === 0) return undefined;
  const samplers = [...new Set(types.filter((type) => isSampler({ type, inputs: {} })))];
  return {
    value: `read in part: ${inShort(
      types.length,
      samplers.map((type) => ({ type })),
    )}`,
    raises: samplers.length > 0 ? [{ id: 'generator.comfyui.sampler' }] : [],
  };
}
