import { fault, type ReadFault } from '../../../base/fault.js';
import { asRecord, type JsonRecord, ownMember, truncate } from '../../../base/json-shape.js';
import { parseBoundedObject } from '../../../base/json-text.js';
import { limits } from '../../../base/limits.js';
import { type Message, message } from '../../../i18n/message.js';
import type { Shape } from '../match-rows.js';
import { editorGraph } from './comfyui-editor.js';
import { apiGraph, type Graph } from './comfyui-graph.js';
import { knownNode } from './comfyui-known.js';
import { readComfySettings } from './comfyui-settings.js';
import { findComfySource } from './comfyui-source.js';
import { findPathToOutputs, type GraphPath, listServices } from './comfyui-way.js';
import { SETTINGS_BOUNDS, shapeOf } from './settings.js';

type Raises = NonNullable<Shape['raises']>;

/** Parses the graph that ComfyUI ran (`prompt`). */
export function comfyPrompt(text: string): Shape | undefined {
  if (!text.includes('"class_type"')) return undefined;
  const record = parseBoundedObject(text, SETTINGS_BOUNDS);
  return record === undefined || record === 'past bound'
    ? parsePartially(text, record === 'past bound')
    : shapeOfRun(apiGraph(record));
}

/**
 * Parses the graph that the editor displayed (`workflow`). It need not be the graph that was run, and the picture is
 * often a screenshot of the editor itself.
 */
export function comfyWorkflow(text: string): Shape | undefined {
  if (!text.includes('"last_node_id"')) return undefined;
  const record = parseBoundedObject(text, SETTINGS_BOUNDS);
  if (record === 'past bound' || (record === undefined && isTruncated(text))) {
    return { value: message('fact.graph.part'), raises: [{ id: 'generator.comfyui.workflow' }] };
  }
  return record && shapeOfDrawing(editorGraph(record));
}

/** Parses both graphs in one object, as values or as JSON text: `{"prompt": …, "workflow": …}`. */
export function comfyWrapped(text: string): Shape | undefined {
  if (!text.includes('class_type') && !text.includes('last_node_id')) return undefined;
  const record = parseBoundedObject(text, SETTINGS_BOUNDS);
  if (record === undefined || record === 'past bound') return parsePartially(text, record === 'past bound');
  return parsePart(ownMember(record, 'prompt'), comfyPrompt, apiGraph, shapeOfRun) ?? parseDrawnGraph(record);
}

const parseDrawnGraph = (record: JsonRecord) =>
  parsePart(ownMember(record, 'workflow'), comfyWorkflow, editorGraph, shapeOfDrawing);

function parsePart(
  value: unknown,
  ofText: (text: string) => Shape | undefined,
  toGraph: (record: JsonRecord) => Graph,
  toShape: (graph: Graph) => Shape | undefined,
): Shape | undefined {
  if (typeof value === 'string') return ofText(value);
  const record = asRecord(value);
  return record && toShape(toGraph(record));
}

/** Returns what a graph that was run says about the file; a graph that was only drawn says nothing about it. */
function shapeOfRun(graph: Graph): Shape | undefined {
  if (graph.size === 0) return undefined;
  const path = findPathToOutputs(graph);
  const source = findComfySource(graph, path.makes);
  const notFollowed = notFollowedReasons(graph, path, source.isCut);
  const raises: Raises = [...raiseSteps(path), ...raiseGaps(path, notFollowed)];
  if (source.found) raises.push({ id: 'generator.sourcePicture', value: source.found });
  const shape = toShape(graph, path, raises, notFollowed);
  return source.isCut ? { ...shape, stopped: PAST_GRAPH_BOUND } : shape;
}

function shapeOfDrawing(graph: Graph): Shape | undefined {
  if (graph.size === 0) return undefined;
  return toShape(
    graph,
    findPathToOutputs(graph),
    [{ id: 'generator.comfyui.workflow' }],
    notFollowedReasons(graph),
  );
}

function toShape(graph: Graph, way: GraphPath, raises: Raises, notFollowed: readonly Message[]): Shape {
  return {
    ...shapeOf(readComfySettings(graph, way.makes), raises),
    value: notFollowed.reduce(
      (text, why) => message('fact.graph.notFollowed', { graph: text, why }),
      summarizeGraph(graph.size, way),
    ),
    ...(graph.whole ? {} : { stopped: PAST_GRAPH_BOUND }),
  };
}

/** Fault for graphs past our bounds. Links that the file itself leaves open are no fault. */
const PAST_GRAPH_BOUND: ReadFault = fault('bound.graph', { most: limits.graphNodes, hops: limits.graphHops });

/** Returns statements for steps on the path to an output that generate, edit or scale up. */
function raiseSteps(path: GraphPath): Raises {
  const services = listServices(path.makes);
  const raises: Raises = [];
  if (path.makes.some(({ type }) => knownNode(type)?.service === undefined)) {
    raises.push({ id: 'generator.comfyui.sampler' });
  }
  if (services.length > 0) raises.push({ id: 'generator.comfyui.service', value: joinNames(services) });
  if (path.makes.length === 0 && path.edits.length > 0) {
    raises.push({ id: 'generator.comfyui.edit', value: joinNames(path.edits.map(({ type }) => type)) });
  }
  if (raises.length === 0 && path.scales.length > 0) raises.push({ id: 'generator.upscaled' });
  return raises;
}

/** If no step on the path generates anything: returns why that is no answer, or that every step was known. */
function raiseGaps(path: GraphPath, notFollowed: readonly Message[]): Raises {
  const raises: Raises = notFollowed.map((value) => ({ id: 'generator.comfyui.notFollowed', value }));
  if (path.makes.length > 0 || path.edits.length > 0) return raises;
  if (path.unknown.length > 0) {
    raises.push({ id: 'generator.comfyui.unknownNode', value: joinNames(path.unknown) });
  }
  if (path.elsewhere.length > 0) {
    raises.push({ id: 'generator.comfyui.elsewhere', value: joinNames(path.elsewhere) });
  }
  if (raises.length === 0 && path.scales.length === 0) raises.push({ id: 'generator.comfyui.noStep' });
  return raises;
}

function notFollowedReasons(graph: Graph, way?: GraphPath, sourceCut = false): Message[] {
  return [
    ...(graph.whole ? [] : [message('fact.notFollowed.nodes', { most: limits.graphNodes })]),
    ...(way?.isOpen && way.makes.length === 0 ? [message('fact.notFollowed.link')] : []),
    ...(sourceCut ? [message('fact.notFollowed.links', { most: limits.graphHops })] : []),
  ];
}

const MAX_NAMES = 8;
const NAME_CHARACTERS = 80;

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].slice(0, MAX_NAMES).map((name) => truncate(name, NAME_CHARACTERS));
}

const joinNames = (names: readonly string[]): string => distinct(names).join(', ');

function summarizeGraph(count: number, { makes }: Pick<GraphPath, 'makes'>): Message {
  const asked = makes.filter(({ type }) => knownNode(type)?.service !== undefined);
  const samplers = distinct(makes.filter((node) => !asked.includes(node)).map(({ type }) => type));
  const services = distinct(asked.map(({ type }) => type));
  if (samplers.length > 0 && services.length > 0)
    return message('fact.graph.both', { count, samplers, services });
  if (samplers.length > 0) return message('fact.graph.samplers', { count, samplers });
  return services.length > 0
    ? message('fact.graph.services', { count, services })
    : message('fact.graph.noSampler', { count });
}

/**
 * Handles a graph that a reader cut at its bound, that exceeds ours, or that is broken: its links are not read. For a
 * cut graph, the remaining nodes are named; a broken one may be anything.
 */
function parsePartially(text: string, pastBound: boolean): Shape | undefined {
  if (!/^\s{0,64}\{/.test(text)) return undefined;
  const types = [...text.matchAll(/"class_type"\s{0,8}:\s{0,8}"([^"\\]{1,120})"/g)].flatMap(
    ([, type]) => type ?? [],
  );
  if (types.length === 0) return undefined;
  const nodes = types.slice(0, limits.graphNodes).map((type) => ({ type, inputs: {} }));
  const makes =
    pastBound || isTruncated(text) ? nodes.filter(({ type }) => knownNode(type)?.role === 'makes') : [];
  const way: GraphPath = { makes, edits: [], scales: [], unknown: [], isOpen: false, elsewhere: [] };
  return {
    value: message('fact.graph.inPart', { graph: summarizeGraph(types.length, way) }),
    ...(pastBound || isTruncated(text) ? { stopped: PAST_GRAPH_BOUND } : {}),
    raises: [
      ...raiseSteps(way),
      { id: 'generator.comfyui.notFollowed', value: message('fact.notFollowed.part') },
    ],
  };
}

/** True if a reader cut the text at its bound. */
function isTruncated(text: string): boolean {
  return text.length >= limits.textValueCharacters && !/\}\s{0,8}$/.test(text.slice(-16));
}
