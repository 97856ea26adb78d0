import { readFileSync } from 'node:fs';
import { beforeIdat, tEXt } from '../../fixtures/build/bound-makers.js';
import { limits } from '../../src/base/limits.js';
import { type Past, times } from './past.js';

/** Graphs that are too long to be followed to their end. */

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
    // From the step that makes the picture back to the one that loads another, one node after the other.
    make: () =>
      graph({
        '0': node('SaveImage', { images: ['1', 0] }),
        '1': node('KSampler', { latent_image: ['2', 0], seed: 1 }),
        ...Object.fromEntries(
          times(limits.graphHops + 1, (at) => [
            `${at + 2}`,
            node('LatentUpscale', { samples: [`${at + 3}`, 0] }),
          ]),
        ),
        [`${limits.graphHops + 3}`]: node('VAEEncode', { pixels: [`${limits.graphHops + 4}`, 0] }),
        [`${limits.graphHops + 4}`]: node('LoadImage', { image: 'a.png' }),
      }),
    origin: 'ai-generated',
    carrier: 'pngText',
    code: 'bound.graph',
  },
];
