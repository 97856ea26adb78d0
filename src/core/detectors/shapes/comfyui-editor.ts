import { asArray, asRecord, type JsonRecord, member } from '../../ground/json-shape.js';
import { limits } from '../../ground/limits.js';
import { Graph } from './comfyui-graph.js';
import { widgets } from './comfyui-widgets.js';

/**
 * The graph as ComfyUI's editor keeps it: nodes and links in lists, muted and bypassed ones among them, subgraphs and
 * groups of nodes apart. It becomes what its API would be given.
 */
export function editorGraph(record: JsonRecord): Graph {
  const graph = new Graph();
  if (member(record, 'last_node_id') === undefined) return graph;
  const all: All = { subgraphs: subgraphsOf(record), groups: groupsOf(record), scopes: new Map() };
  addScope(graph, scopeOf(record, '', all));
  return graph;
}

/** What every scope of one workflow shares. */
interface All {
  subgraphs: ReadonlyMap<unknown, JsonRecord>;
  groups: JsonRecord;
  /** By prefix: each is opened once, however many links lead into it. */
  scopes: Map<string, Scope>;
}

/** The workflow itself, or one subgraph at one place in it. */
interface Scope {
  all: All;
  /** Before the ids of its nodes, as the API form has it: `30:8`. */
  prefix: string;
  whole: boolean;
  nodes: ReadonlyMap<string, JsonRecord>;
  /** Link id → node and output it comes from. */
  origins: ReadonlyMap<unknown, Origin>;
  /** Output of the subgraph → node and output it comes from. */
  outputs: ReadonlyMap<unknown, Origin>;
  /** Name → id of the SetNode that is given a value under it. */
  setters: ReadonlyMap<unknown, string>;
  /** For a subgraph: the node that stands for it, and where that stands. */
  outer?: { scope: Scope; node: JsonRecord };
}
type Origin = readonly [node: unknown, output: unknown];

/** The ends of a subgraph, as LiteGraph numbers them. */
const SUBGRAPH_INPUT = -10;
const SUBGRAPH_OUTPUT = -20;

const MUTED = 2;
const BYPASSED = 4;

const MOST_LINKS = limits.graphNodes * 4;

function scopeOf(record: JsonRecord, prefix: string, all: All, outer?: Scope['outer']): Scope {
  const list = records(member(record, 'nodes'), limits.graphNodes);
  const nodes = new Map(list.map((node) => [String(member(node, 'id')), node]));
  const setters = [...nodes].filter(([, node]) => member(node, 'type') === 'SetNode');
  return {
    all,
    prefix,
    whole: list.length < limits.graphNodes,
    nodes,
    ...linksOf(record),
    setters: new Map(setters.map(([id, node]) => [nameIn(node), id])),
    ...(outer === undefined ? {} : { outer }),
  };
}

/** Lists at the top, objects in subgraphs. */
function linksOf(record: JsonRecord): Pick<Scope, 'origins' | 'outputs'> {
  const origins = new Map<unknown, Origin>();
  const outputs = new Map<unknown, Origin>();
  for (const link of asArray(member(record, 'links'), MOST_LINKS)) {
    if (Array.isArray(link)) origins.set(link[0], [link[1], link[2]]);
    const named = asRecord(link);
    if (named === undefined) continue;
    const origin: Origin = [member(named, 'origin_id'), member(named, 'origin_slot')];
    origins.set(member(named, 'id'), origin);
    if (member(named, 'target_id') === SUBGRAPH_OUTPUT) outputs.set(member(named, 'target_slot'), origin);
  }
  return { origins, outputs };
}

function addScope(graph: Graph, scope: Scope): void {
  if (!scope.whole) graph.whole = false;
  for (const [id, node] of scope.nodes) {
    const type = member(node, 'type');
    const mode = member(node, 'mode');
    if (typeof type !== 'string' || mode === MUTED || mode === BYPASSED) continue;
    if (graph.size >= limits.graphNodes || scope.all.scopes.size >= limits.graphNodes) {
      graph.whole = false;
      return;
    }
    const inner = subgraphOf(scope, node);
    if (inner !== undefined) addScope(graph, inner);
    else if (!addGroup(graph, scope, node)) {
      graph.set(`${scope.prefix}${id}`, { type, inputs: inputsOf(scope, node, type) });
    }
  }
}

function inputsOf(scope: Scope, node: JsonRecord, type: string): JsonRecord {
  const setter = type === 'GetNode' ? scope.setters.get(nameIn(node)) : undefined;
  return {
    ...widgets(type, member(node, 'widgets_values')),
    ...links(scope, node),
    // KJNodes' GetNode has no link: it takes what the SetNode of the same name is given.
    ...(setter === undefined ? {} : { value: [`${scope.prefix}${setter}`, 0] }),
  };
}

function nameIn(node: JsonRecord): unknown {
  return asArray(member(node, 'widgets_values'), 1)[0];
}

function links(scope: Scope, node: JsonRecord): JsonRecord {
  const found = new Map<string, unknown>();
  for (const input of records(member(node, 'inputs'), limits.settingsPairs)) {
    const name = member(input, 'name');
    const link = resolved(scope, scope.origins.get(member(input, 'link')), 0);
    if (typeof name === 'string' && link) found.set(name, link);
  }
  return Object.fromEntries(found);
}

/** From a link to the node that really gives the value: through bypassed nodes, into subgraphs and out of them. */
function resolved(scope: Scope, origin: Origin | undefined, depth: number): [string, number] | undefined {
  if (origin === undefined || depth > limits.settingsDepth) return undefined;
  const [id, output] = origin;
  const slot = Number(output);
  if (id === SUBGRAPH_INPUT) {
    const { outer } = scope;
    const input = outer && records(member(outer.node, 'inputs'), limits.settingsPairs)[slot];
    return input && resolved(outer.scope, outer.scope.origins.get(member(input, 'link')), depth + 1);
  }
  const node = scope.nodes.get(String(id));
  if (node === undefined || member(node, 'mode') === MUTED) return undefined;
  if (member(node, 'mode') === BYPASSED) {
    return resolved(scope, scope.origins.get(handedOn(node, slot)), depth + 1);
  }
  const inner = subgraphOf(scope, node);
  return inner ? resolved(inner, inner.outputs.get(slot), depth + 1) : [`${scope.prefix}${String(id)}`, slot];
}

/** A bypassed node hands on its first input of the type that is asked for: the link of that. */
function handedOn(node: JsonRecord, slot: number): unknown {
  const wanted = records(member(node, 'outputs'), limits.settingsPairs)[slot];
  const taken = records(member(node, 'inputs'), limits.settingsPairs).find(
    (input) => wanted && member(input, 'type') === member(wanted, 'type') && member(input, 'link') !== null,
  );
  return taken && member(taken, 'link');
}

/** How deep subgraphs may stand in each other. */
const NESTED_SUBGRAPHS = 8;

/** The subgraph that a node stands for; its type is then the subgraph's id. */
function subgraphOf(scope: Scope, node: JsonRecord): Scope | undefined {
  const record = scope.all.subgraphs.get(member(node, 'type'));
  const prefix = `${scope.prefix}${String(member(node, 'id'))}:`;
  if (record === undefined || prefix.split(':').length > NESTED_SUBGRAPHS + 1) return undefined;
  const known = scope.all.scopes.get(prefix);
  if (known !== undefined) return known;
  const inner = scopeOf(record, prefix, scope.all, { scope, node });
  scope.all.scopes.set(prefix, inner);
  return inner;
}

function subgraphsOf(root: JsonRecord): ReadonlyMap<unknown, JsonRecord> {
  const definitions = asRecord(member(root, 'definitions')) ?? {};
  const list = records(member(definitions, 'subgraphs'), limits.graphNodes);
  return new Map(list.map((one) => [member(one, 'id'), one]));
}

/** Groups of nodes, which came before subgraphs: kept by name, and drawn as one node `workflow>Name`. */
function groupsOf(root: JsonRecord): JsonRecord {
  return asRecord(member(asRecord(member(root, 'extra')) ?? {}, 'groupNodes')) ?? {};
}

/**
 * Which of a group's nodes gives which of its outputs is not worked out: all of them count as linked to it, so that
 * none is passed over.
 */
function addGroup(graph: Graph, scope: Scope, node: JsonRecord): boolean {
  const name = /^workflow[/>](.+)$/.exec(String(member(node, 'type')))?.[1];
  const group = name === undefined ? undefined : asRecord(member(scope.all.groups, name));
  if (group === undefined) return false;
  const id = `${scope.prefix}${String(member(node, 'id'))}`;
  const inner = records(member(group, 'nodes'), limits.graphNodes - graph.size);
  const ids = inner.map((_, at) => `${id}:${at}`);
  for (const [at, one] of inner.entries()) {
    const type = member(one, 'type');
    if (typeof type === 'string')
      graph.set(`${id}:${at}`, { type, inputs: widgets(type, member(one, 'widgets_values')) });
  }
  const within = Object.fromEntries(ids.map((one) => [one, [one, 0]]));
  graph.set(id, { type: 'Reroute', inputs: { ...links(scope, node), ...within } });
  return true;
}

function records(value: unknown, most: number): JsonRecord[] {
  return asArray(value, most).map((one) => asRecord(one) ?? {});
}
