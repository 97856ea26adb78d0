import { GENERATOR } from './families.js';
import type { SignalRow } from './row.js';

const SETTINGS = { ...GENERATOR, trace: 'settings' } as const;
const GRAPH = { ...SETTINGS, tool: 'ComfyUI' } as const;

/** Traces of generators and of tools that edit with AI. */
export const GENERATOR_SIGNALS = {
  'generator.a1111': { ...SETTINGS, tool: 'Stable Diffusion web UI', states: 'ai-generated' },
  'generator.comfyui': GRAPH,
  'generator.comfyui.sampler': { ...GRAPH, states: 'ai-generated' },
  'generator.comfyui.service': { ...GRAPH, states: 'ai-generated', trace: 'service' },
  'generator.comfyui.edit': { ...GRAPH, states: 'ai-edited' },
  'generator.comfyui.noStep': GRAPH,
  'generator.comfyui.unknownNode': GRAPH,
  'generator.comfyui.elsewhere': GRAPH,
  'generator.comfyui.notFollowed': GRAPH,
  'generator.comfyui.workflow': GRAPH,
  'generator.invokeai': GENERATOR,
  'generator.invokeai.graph': GENERATOR,
  'generator.novelai': { ...GENERATOR, tool: 'NovelAI' },
  'generator.fooocus': GENERATOR,
  'generator.ruinedFooocus': GENERATOR,
  'generator.swarmui': GENERATOR,
  'generator.easyDiffusion': GENERATOR,
  'generator.drawThings': GENERATOR,
  'generator.stabilityMatrix': GENERATOR,
  'generator.tensorArt': GENERATOR,
  'generator.hfSpace': GENERATOR,
  'generator.civitai': GENERATOR,
  'generator.civitai.request': GENERATOR,
  'generator.midjourney': GENERATOR,
  'generator.grok': GENERATOR,
  'generator.flux': GENERATOR,
  'generator.ideogram': GENERATOR,
  'generator.luma': GENERATOR,
  'generator.reve': GENERATOR,
  'generator.aphrodite': GENERATOR,
  'generator.dreamina': GENERATOR,
  'generator.byteDanceProduct': GENERATOR,
  'generator.tencentService': GENERATOR,
  'generator.samsungGalaxyAi': GENERATOR,
  'generator.hostingJob': GENERATOR,
  'generator.sourcePicture': {
    ...GENERATOR,
    contradicts: ['stated', 'source-picture'],
    trace: 'source-picture',
  },
  'generator.upscaled': GENERATOR,
} as const satisfies Record<string, SignalRow>;
