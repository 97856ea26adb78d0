import { describe, expect, it } from 'vitest';
import { limits } from '../../../../src/base/limits.js';
import { comfyWorkflow } from '../../../../src/core/detectors/shapes/comfyui.js';
import { editorGraph } from '../../../../src/core/detectors/shapes/comfyui-editor.js';
import { findPathToOutputs } from '../../../../src/core/detectors/shapes/comfyui-way.js';
import { message } from '../../../../src/i18n/message.js';
import { toldValue } from '../../../support/localized.js';

/** Workflows saved by ComfyUI's editor: subgraphs, groups, disabled nodes, and links that are not drawn. */

type Link = [id: number, from: number, output: number, to: number, input: number, type: string];

const input = (name: string, link: number | null, type = 'IMAGE') => ({ name, type, link });
const output = (type = 'IMAGE') => ({ name: type, type, links: [] });
const node = (id: number, type: string, more: object = {}) => ({ id, type, mode: 0, ...more });
const workflow = (nodes: object[], links: Link[], more: object = {}) => ({
  last_node_id: 99,
  nodes,
  links,
  ...more,
});

const way = (record: object) => {
  const { makes, unknown, elsewhere } = findPathToOutputs(editorGraph(record as Record<string, unknown>));
  return { makes: makes.map(({ type }) => type), unknown, elsewhere };
};
const NOTHING = { makes: [], unknown: [], elsewhere: [] };

const SAVE = node(9, 'SaveImage', { inputs: [input('images', 1)] });

describe('a workflow of the editor', () => {
  it('leads through reroutes, and past notes and values', () => {
    const reroute = node(8, 'Reroute', { inputs: [input('', 2, '*')] });
    const rest = [node(5, 'Note'), node(6, 'MarkdownNote'), node(7, 'PrimitiveNode')];
    expect(
      way(
        workflow(
          [SAVE, reroute, node(1, 'OpenAIDalle3'), ...rest],
          [
            [1, 8, 0, 9, 0, '*'],
            [2, 1, 0, 8, 0, '*'],
          ],
        ),
      ),
    ).toEqual({ ...NOTHING, makes: ['OpenAIDalle3'] });
  });

  it('leads from a GetNode to the SetNode of the same name', () => {
    const nodes = [
      SAVE,
      node(8, 'GetNode', { widgets_values: ['made'] }),
      node(7, 'SetNode', { widgets_values: ['other'], inputs: [input('IMAGE', 3)] }),
      node(6, 'SetNode', { widgets_values: ['made'], inputs: [input('IMAGE', 2)] }),
      node(1, 'OpenAIDalle3'),
      node(2, 'LoadImage'),
    ];
    const links: Link[] = [
      [1, 8, 0, 9, 0, 'IMAGE'],
      [2, 1, 0, 6, 0, 'IMAGE'],
      [3, 2, 0, 7, 0, 'IMAGE'],
    ];
    expect(way(workflow(nodes, links)).makes).toEqual(['OpenAIDalle3']);
  });

  it('leads through a bypassed node by the input of the same type', () => {
    const detailer = node(8, 'SomeNewModel', {
      mode: 4,
      inputs: [input('mask', 3, 'MASK'), input('image', 2)],
      outputs: [output()],
    });
    const nodes = [SAVE, detailer, node(1, 'LoadImage'), node(2, 'SomeOtherModel')];
    const links: Link[] = [
      [1, 8, 0, 9, 0, 'IMAGE'],
      [2, 1, 0, 8, 1, 'IMAGE'],
      [3, 2, 0, 8, 0, 'MASK'],
    ];
    // The node that only supplied the mask is now an end of the graph, and may be an output of its own.
    expect(way(workflow(nodes, links)).unknown).toEqual(['SomeOtherModel']);
    expect(way(workflow(nodes.slice(0, 3), links))).toEqual(NOTHING);
  });

  it('does not lead through a muted node', () => {
    const nodes = [SAVE, node(1, 'OpenAIDalle3', { mode: 2 })];
    expect(way(workflow(nodes, [[1, 1, 0, 9, 0, 'IMAGE']]))).toEqual(NOTHING);
  });
});

const INNER = 'b0e5ca93-2731-42b9-8e0a-d28ea851ff81';

/** Returns a subgraph that passes its first input to `middle`, and returns its result. */
const subgraph = (id: string, middle: string) => ({
  id,
  nodes: [node(3, middle, { inputs: [input('image', 11)] })],
  links: [
    { id: 11, origin_id: -10, origin_slot: 0, target_id: 3, target_slot: 0, type: 'IMAGE' },
    { id: 12, origin_id: 3, origin_slot: 0, target_id: -20, target_slot: 0, type: 'IMAGE' },
  ],
});

describe('a subgraph', () => {
  const around = (definitions: object[]) =>
    workflow(
      [SAVE, node(8, INNER, { inputs: [input('image', 2)] }), node(1, 'LoadImage')],
      [
        [1, 8, 0, 9, 0, 'IMAGE'],
        [2, 1, 0, 8, 0, 'IMAGE'],
      ],
      { definitions: { subgraphs: definitions } },
    );

  it('leads to the node inside that gives its output', () => {
    expect(way(around([subgraph(INNER, 'FluxKontextProImageNode')])).makes).toEqual([
      'FluxKontextProImageNode',
    ]);
  });

  it('leads out again to what is linked into it', () => {
    expect(way(around([subgraph(INNER, 'ImageScale')]))).toEqual(NOTHING);
    const graph = editorGraph(around([subgraph(INNER, 'ImageScale')]));
    expect(graph.get('8:3')).toEqual({ type: 'ImageScale', inputs: { image: ['1', 0] } });
  });

  it('may stand in another', () => {
    const other = 'ffffffff-2731-42b9-8e0a-d28ea851ff81';
    expect(way(around([subgraph(INNER, other), subgraph(other, 'OpenAIDalle2')])).makes).toEqual([
      'OpenAIDalle2',
    ]);
  });

  it('that stands in itself ends', () => {
    expect(way(around([subgraph(INNER, INNER)])).makes).toEqual([]);
  });

  it('without a definition is a node that is not known', () => {
    expect(way(around([])).unknown).toEqual([INNER]);
  });
});

describe('a group of nodes, which came before subgraphs', () => {
  it('counts as linked to every node in it', () => {
    const groupNodes = { Made: { nodes: [{ type: 'OpenAIDalle3', index: 0 }], links: [], external: [] } };
    const nodes = [SAVE, node(8, 'workflow>Made')];
    expect(way(workflow(nodes, [[1, 8, 0, 9, 0, 'IMAGE']], { extra: { groupNodes } })).makes).toEqual([
      'OpenAIDalle3',
    ]);
    expect(way(workflow(nodes, [[1, 8, 0, 9, 0, 'IMAGE']])).unknown).toEqual(['workflow>Made']);
  });
});

describe('a workflow past a bound', () => {
  it('says so in its value, and states nothing', () => {
    const nodes = Array.from({ length: limits.graphNodes + 1 }, (_, id) => node(id, 'LoadImage'));
    const shape = comfyWorkflow(JSON.stringify(workflow(nodes, [])));
    expect(toldValue(shape?.value)).toContain(
      `not followed to its end: more than ${limits.graphNodes} nodes`,
    );
    expect(shape?.raises).toEqual([{ id: 'generator.comfyui.workflow' }]);
  });

  it('of length is read in part, and still states nothing', () => {
    const long = JSON.stringify(
      workflow([node(1, 'Note', { text: 'x'.repeat(limits.settingsCharacters) })], []),
    );
    expect(comfyWorkflow(long)).toEqual({
      value: message('fact.graph.part'),
      raises: [{ id: 'generator.comfyui.workflow' }],
    });
    expect(comfyWorkflow(`{"last_node_id": 1, ${'"a": 1, '.repeat(9)}`)).toBeUndefined();
  });

  it('of subgraphs in subgraphs ends soon', () => {
    const ids = Array.from({ length: 9 }, (_, at) => `id-${at}`);
    const definitions = ids.map((id, at) => ({
      id,
      nodes: Array.from({ length: 50 }, (_, n) => node(n, ids[at + 1] ?? 'LoadImage')),
      links: [],
    }));
    const graph = editorGraph(workflow([node(1, 'id-0')], [], { definitions: { subgraphs: definitions } }));
    expect(graph.whole).toBe(false);
  });
});
