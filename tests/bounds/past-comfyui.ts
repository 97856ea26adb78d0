import { readFileSync } from 'node:fs';
import { beforeIdat, tEXt } from '../../fixtures/build/bound-makers.js';
import { limits } from '../../src/core/limits.js';
import { type Past, times } from './past.js';

/**
 * Graphs that are not followed to their end. Run with the others (past-files.ts) as soon as the shapes of ComfyUI tell it
 * by `stopped`.
 */

const png = () => readFileSync(new URL('../../fixtures/plain/plain.png', import.meta.url));
const graph = (nodes: object) => beforeIdat(png(), tEXt('prompt', JSON.stringify(nodes)));
const node = (type: string, inputs: object = {}) => ({ class_type: type, inputs });

export const PAST_COMFYUI: readonly Past[] = [
  {
    bound: 'graphNodes',
    name: 'a.png',
    make: () =>
      graph(Object.fromEntries(times(limits.graphNodes + 1, (at) => [`${at + 1}`, node('LoadImage')]))),
    carrier: 'pngText',
    code: 'bound.graph',
  },
  {
    bound: 'graphHops',
    name: 'a.png',
    // From what saves the picture back to what loads it, by one node after the other.
    make: () =>
      graph({
        '0': node('SaveImage', { images: ['1', 0] }),
        ...Object.fromEntries(
          times(limits.graphHops + 1, (at) => [
            `${at + 1}`,
            node('ImageScaleBy', { image: [`${at + 2}`, 0] }),
          ]),
        ),
        [`${limits.graphHops + 2}`]: node('LoadImage'),
      }),
    carrier: 'pngText',
    code: 'bound.graph',
  },
  {
    bound: 'settingsPairs',
    where: 'inputs of one node of an editor’s graph',
    name: 'a.png',
    make: () => {
      const inputs = times(limits.settingsPairs + 1, (at) => ({ name: `a${at}`, link: null }));
      const nodes = [{ id: 1, type: 'SaveImage', inputs }];
      return beforeIdat(png(), tEXt('workflow', JSON.stringify({ last_node_id: 1, nodes, links: [] })));
    },
    carrier: 'pngText',
    code: 'bound.graph',
  },
];
