import type { Shapes } from '../match-rows.js';
import { a1111, parserForProgram } from './a1111.js';
import { comfyPrompt, comfyWorkflow, comfyWrapped } from './comfyui.js';
import { drawThings } from './drawthings.js';
import { easyDiffusion } from './easydiffusion.js';
import { fooocus, fooocusPlus, ruinedFooocus } from './fooocus.js';
import { invokeDenoising, invokeDream, invokeGraph, invokeMetadata, invokeSdMetadata } from './invokeai.js';
import { imaginAIry, mflux } from './json-tools.js';
import { byteDanceGeneration, byteDanceProduct, flux, samsungGenAi, tencentService } from './makers.js';
import { midjourney } from './midjourney.js';
import { novelaiComment, novelaiFields } from './novelai.js';
import {
  civitaiGraph,
  civitaiInfotext,
  civitaiRequest,
  huggingFaceSpace,
  tensorArt,
  tensorArtGraph,
} from './sites.js';
import { stabilityMatrix, stabilityMatrixProject, stabilityMatrixUpscale } from './stability-matrix.js';
import { swarmui } from './swarmui.js';

/** Parsers by the name that rows of signatures/generators*.ts refer to. */
export const GENERATOR_SHAPES = {
  'a1111-infotext': a1111,
  'comfyui-infotext': parserForProgram('ComfyUI'),
  'fooocus-infotext': parserForProgram('Fooocus'),
  'fooocus-plus-infotext': parserForProgram('FooocusPlus'),
  'sd-next-infotext': parserForProgram('SD.Next'),
  'sd-cpp-infotext': parserForProgram('stable-diffusion.cpp'),
  'other-infotext': parserForProgram('other'),
  'comfyui-prompt': comfyPrompt,
  'comfyui-workflow': comfyWorkflow,
  'comfyui-wrapped': comfyWrapped,
  'invokeai-dream': invokeDream,
  'invokeai-sd-metadata': invokeSdMetadata,
  'invokeai-metadata': invokeMetadata,
  'invokeai-graph': invokeGraph,
  'invokeai-denoising': invokeDenoising,
  'novelai-comment': novelaiComment,
  'novelai-fields': novelaiFields,
  fooocus,
  'fooocus-plus': fooocusPlus,
  'ruined-fooocus': ruinedFooocus,
  swarmui,
  'easy-diffusion': easyDiffusion,
  'draw-things': drawThings,
  'stability-matrix': stabilityMatrix,
  'stability-matrix-project': stabilityMatrixProject,
  'stability-matrix-upscale': stabilityMatrixUpscale,
  'tensor-art': tensorArt,
  'tensor-art-graph': tensorArtGraph,
  'hf-space': huggingFaceSpace,
  'civitai-infotext': civitaiInfotext,
  'civitai-graph': civitaiGraph,
  'civitai-request': civitaiRequest,
  midjourney,
  flux,
  mflux,
  imaginairy: imaginAIry,
  'bytedance-doubao': byteDanceProduct('doubao'),
  'bytedance-xinghui': byteDanceProduct('xinghui'),
  'bytedance-dreamina': byteDanceProduct('dreamina'),
  'bytedance-generation': byteDanceGeneration,
  'samsung-genai': samsungGenAi,
  'tencent-service': tencentService,
} as const satisfies Shapes;
