import { type Said, said } from '../../../say/said.js';
import { fault, type ReadFault } from '../../ground/fault.js';

import { asRecord, cut, type JsonRecord, member } from '../../ground/json-shape.js';
import { readObject } from '../../ground/json-text.js';
import { limits } from '../../ground/limits.js';
import type { Shape } from '../match-rows.js';
import { editorGraph } from './comfyui-editor.js';
import { apiGraph, type Graph } from './comfyui-graph.js';
import { knownNode } from './comfyui-known.js';
import { comfySettings } from './comfyui-settings.js';
import { comfySource } from './comfyui-source.js';
import { servicesOf, type Way, wayToOutputs } from './comfyui-way.js';
import { SETTINGS_BOUNDS, shapeOf } from './settings.js';

type Raises = NonNullable<Shape['raises']>;

/** The graph that ComfyUI ran (`prompt`). */
export function comfyPrompt(text: string): Shape | undefined {
  if (!text.includes('"class_type"')) return undefined;
  const record = readObject(text, SETTINGS_BOUNDS);
  return record === undefined || record === 'past bound'
    ? inPart(text, record === 'past bound')
    : ran(apiGraph(record));
}

/** The graph as its editor shows it (`workflow`): not what was run, and as often a picture of the editor itself. */
export function comfyWorkflow(text: string): Shape | undefined {
  if (!text.includes('"last_node_id"')) return undefined;
  const record = readObject(text, SETTINGS_BOUNDS);
  if (record === 'past bound' || (record === undefined && wasCut(text))) {
    return { value: said('fact.graph.part'), raises: [{ id: 'generator.comfyui.workflow' }] };
  }
  return record && drawn(editorGraph(record));
}

/** Both in one object, as values or as JSON text: `{"prompt": …, "workflow": …}`. */
export function comfyWrapped(text: string): Shape | undefined {
  if (!text.includes('class_type') && !text.includes('last_node_id')) return undefined;
  const record = readObject(text, SETTINGS_BOUNDS);
  if (record === undefined || record === 'past bound') return inPart(text, record === 'past bound');
  return ofPart(member(record, 'prompt'), comfyPrompt, apiGraph, ran) ?? drawnIn(record);
}

const drawnIn = (record: JsonRecord) => ofPart(member(record, 'workflow'), comfyWorkflow, editorGraph, drawn);

function ofPart(
  value: unknown,
  ofText: (text: string) => Shape | undefined,
  toGraph: (record: JsonRecord) => Graph,
  toShape: (graph: Graph) => Shape | undefined,
): Shape | undefined {
  if (typeof value === 'string') return ofText(value);
  const record = asRecord(value);
  return record && toShape(toGraph(record));
}

/** What a graph that was run says of the file; what was only drawn says nothing of it. */
function ran(graph: Graph): Shape | undefined {
  if (graph.size === 0) return undefined;
  const way = wayToOutputs(graph);
  const source = comfySource(graph, way.makes);
  const notFollowed = reasonsFor(graph, way, source.cut);
  const raises: Raises = [...madeOn(way), ...lackingOn(way, notFollowed)];
  if (source.found) raises.push({ id: 'generator.sourcePicture', value: source.found });
  const shape = shaped(graph, way, raises, notFollowed);
  return source.cut ? { ...shape, stopped: NOT_FOLLOWED } : shape;
}

function drawn(graph: Graph): Shape | undefined {
  if (graph.size === 0) return undefined;
  return shaped(graph, wayToOutputs(graph), [{ id: 'generator.comfyui.workflow' }], reasonsFor(graph));
}

function shaped(graph: Graph, way: Way, raises: Raises, notFollowed: readonly Said[]): Shape {
  return {
    ...shapeOf(comfySettings(graph, way.makes), raises),
    value: notFollowed.reduce(
      (text, why) => said('fact.graph.notFollowed', { graph: text, why }),
      inShort(graph.size, way),
    ),
    ...(graph.whole ? {} : { stopped: NOT_FOLLOWED }),
  };
}

/** Past one of our bounds; what a file leaves open itself is its own matter. */
const NOT_FOLLOWED: ReadFault = fault('bound.graph', { most: limits.graphNodes, hops: limits.graphHops });

/** Statements: steps that make, edit or scale up stand on the way to an output. */
function madeOn(way: Way): Raises {
  const services = servicesOf(way.makes);
  const raises: Raises = [];
  if (way.makes.some(({ type }) => knownNode(type)?.service === undefined)) {
    raises.push({ id: 'generator.comfyui.sampler' });
  }
  if (services.length > 0) raises.push({ id: 'generator.comfyui.service', value: shown(services) });
  if (way.makes.length === 0 && way.edits.length > 0) {
    raises.push({ id: 'generator.comfyui.edit', value: shown(way.edits.map(({ type }) => type)) });
  }
  if (raises.length === 0 && way.scales.length > 0) raises.push({ id: 'generator.upscaled' });
  return raises;
}

/** Where nothing on the way makes anything: why that is no answer, or that every step was known. */
function lackingOn(way: Way, notFollowed: readonly Said[]): Raises {
  const raises: Raises = notFollowed.map((value) => ({ id: 'generator.comfyui.notFollowed', value }));
  if (way.makes.length > 0 || way.edits.length > 0) return raises;
  if (way.unknown.length > 0) {
    raises.push({ id: 'generator.comfyui.unknownNode', value: shown(way.unknown) });
  }
  if (way.elsewhere.length > 0) {
    raises.push({ id: 'generator.comfyui.elsewhere', value: shown(way.elsewhere) });
  }
  if (raises.length === 0 && way.scales.length === 0) raises.push({ id: 'generator.comfyui.noStep' });
  return raises;
}

function reasonsFor(graph: Graph, way?: Way, sourceCut = false): Said[] {
  return [
    ...(graph.whole ? [] : [said('fact.notFollowed.nodes', { most: limits.graphNodes })]),
    ...(way?.open && way.makes.length === 0 ? [said('fact.notFollowed.link')] : []),
    ...(sourceCut ? [said('fact.notFollowed.links', { most: limits.graphHops })] : []),
  ];
}

const MOST_NAMES = 8;
const NAME_CHARACTERS = 80;

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].slice(0, MOST_NAMES).map((name) => cut(name, NAME_CHARACTERS));
}

const shown = (names: readonly string[]): string => distinct(names).join(', ');

function inShort(count: number, { makes }: Pick<Way, 'makes'>): Said {
  const asked = makes.filter(({ type }) => knownNode(type)?.service !== undefined);
  const samplers = distinct(makes.filter((node) => !asked.includes(node)).map(({ type }) => type));
  const services = distinct(asked.map(({ type }) => type));
  if (samplers.length > 0 && services.length > 0)
    return said('fact.graph.both', { count, samplers, services });
  if (samplers.length > 0) return said('fact.graph.samplers', { count, samplers });
  return services.length > 0
    ? said('fact.graph.services', { count, services })
    : said('fact.graph.noSampler', { count });
}

/**
 * A graph that a reader has cut at its bound, that is past ours, or that is broken: its links are not read. Of one that
 * was cut, the nodes are named that stand in what is left; what is broken may be anything.
 */
function inPart(text: string, pastBound: boolean): Shape | undefined {
  if (!/^\s{0,64}\{/.test(text)) return undefined;
  const types = [...text.matchAll(/"class_type"\s{0,8}:\s{0,8}"([^"\\]{1,120})"/g)].flatMap(
    ([, type]) => type ?? [],
  );
  if (types.length === 0) return undefined;
  const nodes = types.slice(0, limits.graphNodes).map((type) => ({ type, inputs: {} }));
  const makes =
    pastBound || wasCut(text) ? nodes.filter(({ type }) => knownNode(type)?.does === 'makes') : [];
  const way: Way = { makes, edits: [], scales: [], unknown: [], open: false, elsewhere: [] };
  return {
    value: said('fact.graph.inPart', { graph: inShort(types.length, way) }),
    ...(pastBound || wasCut(text) ? { stopped: NOT_FOLLOWED } : {}),
    raises: [...madeOn(way), { id: 'generator.comfyui.notFollowed', value: said('fact.notFollowed.part') }],
  };
}

/** By its reader, at the reader's bound. */
function wasCut(text: string): boolean {
  return text.length >= limits.textValueCharacters && !/\}\s{0,8}$/.test(text.slice(-16));
}
