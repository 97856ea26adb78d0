import { asArray, asRecord, type JsonRecord, ownMember } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import { Graph } from './comfyui-graph.js';
import { widgets } from './comfyui-widgets.js';

/**
 * Converts a graph as ComfyUI's editor stores it (nodes and links in lists, including muted and bypassed ones;
 * subgraphs and node groups separately) to the form its API receives.
 */
export function editorGraph(record: JsonRecord): Graph {
  const graph = new Graph();
  if (ownMember(record, 'last_node_id') === undefined) return graph;
  const all: Workflow = { subgraphs: subgraphsOf(record), groups: groupsOf(record), scopes: new Map() };
  addScope(graph, openScope(record, '', all));
  return graph;
}

/** State shared by all scopes of one workflow. */
interface Workflow {
  subgraphs: ReadonlyMap<unknown, JsonRecord>;
  groups: JsonRecord;
  /** Scopes by prefix, so that each is opened once, however many links lead into it. */
  scopes: Map<string, Scope>;
}

/** Scope of the workflow itself, or of one instance of a subgraph. */
interface Scope {
  workflow: Workflow;
  /** Prefix of its node ids, as in the API form: `30:8`. */
  prefix: string;
  whole: boolean;
  nodes: ReadonlyMap<string, JsonRecord>;
  /** Maps a link id to its source node and output. */
  origins: ReadonlyMap<unknown, Origin>;
  /** Maps an output of the subgraph to its source node and output. */
  outputs: ReadonlyMap<unknown, Origin>;
  /** Maps a name to the id of the SetNode that stores a value under it. */
  setters: ReadonlyMap<unknown, string>;
  /** For a subgraph: the node that represents it, and the scope of that node. */
  outer?: { scope: Scope; node: JsonRecord };
}
type Origin = readonly [node: unknown, output: unknown];

/** Node ids that LiteGraph uses for the ends of a subgraph. */
const SUBGRAPH_INPUT = -10;
const SUBGRAPH_OUTPUT = -20;

const MUTED = 2;
const BYPASSED = 4;

const MAX_LINKS = limits.graphNodes * 4;

function openScope(record: JsonRecord, prefix: string, all: Workflow, outer?: Scope['outer']): Scope {
  const list = records(ownMember(record, 'nodes'), limits.graphNodes);
  const nodes = new Map(list.map((node) => [String(ownMember(node, 'id')), node]));
  const setters = [...nodes].filter(([, node]) => ownMember(node, 'type') === 'SetNode');
  return {
    workflow: all,
    prefix,
    whole: list.length < limits.graphNodes,
    nodes,
    ...readLinks(record),
    setters: new Map(setters.map(([id, node]) => [nameIn(node), id])),
    ...(outer === undefined ? {} : { outer }),
  };
}

/** Links are lists at the top level and objects in subgraphs. */
function readLinks(record: JsonRecord): Pick<Scope, 'origins' | 'outputs'> {
  const origins = new Map<unknown, Origin>();
  const outputs = new Map<unknown, Origin>();
  for (const link of asArray(ownMember(record, 'links'), MAX_LINKS)) {
    if (Array.isArray(link)) origins.set(link[0], [link[1], link[2]]);
    const named = asRecord(link);
    if (named === undefined) continue;
    const origin: Origin = [ownMember(named, 'origin_id'), ownMember(named, 'origin_slot')];
    origins.set(ownMember(named, 'id'), origin);
    if (ownMember(named, 'target_id') === SUBGRAPH_OUTPUT)
      outputs.set(ownMember(named, 'target_slot'), origin);
  }
  return { origins, outputs };
}

function addScope(graph: Graph, scope: Scope): void {
  if (!scope.whole) graph.whole = false;
  for (const [id, node] of scope.nodes) {
    const type = ownMember(node, 'type');
    const mode = ownMember(node, 'mode');
    if (typeof type !== 'string' || mode === MUTED || mode === BYPASSED) continue;
    if (graph.size >= limits.graphNodes || scope.workflow.scopes.size >= limits.graphNodes) {
      graph.whole = false;
      return;
    }
    const inner = openSubgraph(scope, node);
    if (inner !== undefined) addScope(graph, inner);
    else if (!addGroup(graph, scope, node)) {
      graph.set(`${scope.prefix}${id}`, { type, inputs: readInputs(scope, node, type) });
    }
  }
}

function readInputs(scope: Scope, node: JsonRecord, type: string): JsonRecord {
  const setter = type === 'GetNode' ? scope.setters.get(nameIn(node)) : undefined;
  return {
    ...widgets(type, ownMember(node, 'widgets_values')),
    ...resolveLinks(scope, node),
    // KJNodes' GetNode has no link: it takes the value of the SetNode with the same name.
    ...(setter === undefined ? {} : { value: [`${scope.prefix}${setter}`, 0] }),
  };
}

function nameIn(node: JsonRecord): unknown {
  return asArray(ownMember(node, 'widgets_values'), 1)[0];
}

function resolveLinks(scope: Scope, node: JsonRecord): JsonRecord {
  const found = new Map<string, unknown>();
  for (const input of records(ownMember(node, 'inputs'), limits.settingsPairs)) {
    const name = ownMember(input, 'name');
    const link = resolveOrigin(scope, scope.origins.get(ownMember(input, 'link')), 0);
    if (typeof name === 'string' && link) found.set(name, link);
  }
  return Object.fromEntries(found);
}

/** Follows a link to the node that provides the value: through bypassed nodes, into subgraphs and out of them. */
function resolveOrigin(
  scope: Scope,
  origin: Origin | undefined,
  depth: number,
): [string, number] | undefined {
  if (origin === undefined || depth > limits.settingsDepth) return undefined;
  const [id, output] = origin;
  const slot = Number(output);
  if (id === SUBGRAPH_INPUT) {
    const { outer } = scope;
    const input = outer && records(ownMember(outer.node, 'inputs'), limits.settingsPairs)[slot];
    return input && resolveOrigin(outer.scope, outer.scope.origins.get(ownMember(input, 'link')), depth + 1);
  }
  const node = scope.nodes.get(String(id));
  if (node === undefined || ownMember(node, 'mode') === MUTED) return undefined;
  if (ownMember(node, 'mode') === BYPASSED) {
    return resolveOrigin(scope, scope.origins.get(findForwardedLink(node, slot)), depth + 1);
  }
  const inner = openSubgraph(scope, node);
  return inner
    ? resolveOrigin(inner, inner.outputs.get(slot), depth + 1)
    : [`${scope.prefix}${String(id)}`, slot];
}

/** Returns the link that a bypassed node passes on: its first input of the requested type. */
function findForwardedLink(node: JsonRecord, slot: number): unknown {
  const wanted = records(ownMember(node, 'outputs'), limits.settingsPairs)[slot];
  const taken = records(ownMember(node, 'inputs'), limits.settingsPairs).find(
    (input) =>
      wanted && ownMember(input, 'type') === ownMember(wanted, 'type') && ownMember(input, 'link') !== null,
  );
  return taken && ownMember(taken, 'link');
}

/** Maximum nesting depth of subgraphs. */
const MAX_SUBGRAPH_DEPTH = 8;

/** Returns the subgraph that a node represents; the node's type is then the subgraph's id. */
function openSubgraph(scope: Scope, node: JsonRecord): Scope | undefined {
  const record = scope.workflow.subgraphs.get(ownMember(node, 'type'));
  const prefix = `${scope.prefix}${String(ownMember(node, 'id'))}:`;
  if (record === undefined || prefix.split(':').length > MAX_SUBGRAPH_DEPTH + 1) return undefined;
  const known = scope.workflow.scopes.get(prefix);
  if (known !== undefined) return known;
  const inner = openScope(record, prefix, scope.workflow, { scope, node });
  scope.workflow.scopes.set(prefix, inner);
  return inner;
}

function subgraphsOf(root: JsonRecord): ReadonlyMap<unknown, JsonRecord> {
  const definitions = asRecord(ownMember(root, 'definitions')) ?? {};
  const list = records(ownMember(definitions, 'subgraphs'), limits.graphNodes);
  return new Map(list.map((one) => [ownMember(one, 'id'), one]));
}

/** Groups of nodes preceded subgraphs: they are stored by name and drawn as one node `workflow>Name`. */
function groupsOf(root: JsonRecord): JsonRecord {
  return asRecord(ownMember(asRecord(ownMember(root, 'extra')) ?? {}, 'groupNodes')) ?? {};
}

/** The mapping of a group's outputs to its nodes is not resolved: all its nodes count as linked, so that none is missed. */
function addGroup(graph: Graph, scope: Scope, node: JsonRecord): boolean {
  const name = /^workflow[/>](.+)$/.exec(String(ownMember(node, 'type')))?.[1];
  const group = name === undefined ? undefined : asRecord(ownMember(scope.workflow.groups, name));
  if (group === undefined) return false;
  const id = `${scope.prefix}${String(ownMember(node, 'id'))}`;
  const inner = records(ownMember(group, 'nodes'), limits.graphNodes - graph.size);
  const ids = inner.map((_, at) => `${id}:${at}`);
  for (const [at, one] of inner.entries()) {
    const type = ownMember(one, 'type');
    if (typeof type === 'string')
      graph.set(`${id}:${at}`, { type, inputs: widgets(type, ownMember(one, 'widgets_values')) });
  }
  const within = Object.fromEntries(ids.map((one) => [one, [one, 0]]));
  graph.set(id, { type: 'Reroute', inputs: { ...resolveLinks(scope, node), ...within } });
  return true;
}

function records(value: unknown, most: number): JsonRecord[] {
  return asArray(value, most).map((one) => asRecord(one) ?? {});
}
