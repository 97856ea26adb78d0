import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LocalizedReport } from '../src/core/report/report.js';
import { createInspector } from '../src/inspect/pool/create-inspector.js';
import { told } from './support/localized.js';

/** Pictures from real generators, if the operator has them: ASSAY_CORPUS_DIR. The variable is not registered elsewhere. */
const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';

const A1111 = 'generator.a1111';
const SD_NEXT = 'generator.sdNext';
const COMFYUI = 'generator.comfyui';
const MADE = 'generator.comfyui.sampler';
/** Pictures of ComfyUI's editor with its saved workflow. */
const DRAWN = 'generator.comfyui.workflow';
const SAMPLES = 'enslo-sd-metadata/samples';
const PARSERS = 'sd-parsers/tests/resources';
const WORKFLOWS = 'comfyui-prompt-reader-node/workflows';
const NOVELAI = 'novelai-python/playground/image_metadata';

/** Folder and name, the signals that name its tool, and other relevant facts. */
const NAMED: [file: string, signals: string[], fact?: [name: string, value: string]][] = [
  [
    `${SAMPLES}/jpg/civitai-upscale.jpg`,
    ['generator.civitai', 'generator.civitai.request', 'generator.upscaled', COMFYUI],
  ],
  [`${SAMPLES}/jpg/comfyui-comfy-image-saver.jpeg`, [COMFYUI]],
  [`${SAMPLES}/jpg/comfyui-saveimage-plus.jpg`, [COMFYUI, MADE]],
  [`${SAMPLES}/jpg/forge-classic.jpeg`, [A1111], ['tool', 'Forge Classic']],
  [`${SAMPLES}/jpg/reforge.jpeg`, [A1111], ['tool', 'Forge/reForge']],
  [`${SAMPLES}/jpg/sd-next.jpg`, [SD_NEXT], ['tool', 'SD.Next']],
  [
    'dec-2026/vladmandic+sdnext/models/Reference/CalamitousFelicitousness--Krea-2-Base-Diffusers.jpg',
    [SD_NEXT],
    ['tool', 'SD.Next'],
  ],
  ['dec-2026/vladmandic+sdnext/models/Reference/OmniGen2--OmniGen2.jpg', [SD_NEXT], ['model', 'OmniGen2']],
  [
    'dec-2026/leejet+stable-diffusion.cpp/assets/krea2/example.png',
    ['generator.stableDiffusionCpp'],
    ['seed', '42'],
  ],
  [
    'dec-2026/filipstrand+mflux/tests/resources/reference_qwen_lora.png',
    ['generator.mflux'],
    ['model', 'Qwen/Qwen-Image'],
  ],
  [
    'dec-2026/brycedrennan+imaginAIry/tests/data/black_square.jpg',
    ['generator.imaginairy'],
    ['prompt', 'pizza'],
  ],
  ['dec-2026/zhizinan1997+jimeng-free-api-all/doc/example-1.jpeg', ['generator.dreamina']],
  [
    'late-2026/fkleon+fooocus-metadata/fooocusplus/testdata/fooocusplus-meta.png',
    ['generator.fooocus'],
    ['version', 'FooocusPlus 1.0.0'],
  ],
  [`${SAMPLES}/jpg/swarmui.jpg`, ['generator.swarmui'], ['seed', '697543491']],
  [`${SAMPLES}/png/comfyui-comfy-image-saver.png`, [COMFYUI, MADE]],
  [`${SAMPLES}/png/comfyui-save-image-extended.png`, [COMFYUI, MADE]],
  [`${SAMPLES}/png/forge-classic-en.png`, [A1111], ['tool', 'Forge Classic']],
  [`${SAMPLES}/png/forge-neo-adetailer.png`, [A1111], ['tool', 'Forge Neo']],
  [`${SAMPLES}/png/invokeai-en.png`, ['generator.invokeai'], ['version', '6.10.0']],
  [`${SAMPLES}/png/krea2.png`, [COMFYUI, MADE]],
  [`${SAMPLES}/png/novelai-full-3char.png`, ['generator.novelai'], ['seed', '1702945580']],
  [`${SAMPLES}/png/novelai-ref.png`, ['generator.novelai']],
  [`${SAMPLES}/png/ruined-fooocus.png`, ['generator.ruinedFooocus']],
  [`${SAMPLES}/png/stability-matrix.png`, ['generator.stabilityMatrix', A1111, COMFYUI, MADE]],
  [`${SAMPLES}/png/swarmui.png`, ['generator.swarmui', COMFYUI, MADE]],
  [`${SAMPLES}/webp/comfyui-animated-webp.webp`, [COMFYUI, MADE]],
  [`${SAMPLES}/webp/comfyui-save-image-extended.webp`, [COMFYUI, MADE]],
  // That node writes only the web UI's form, so the file does not distinguish the two.
  [`${SAMPLES}/webp/comfyui-saveimagewithmetadata.webp`, [A1111]],
  [`${SAMPLES}/webp/forge-classic-hires.webp`, [A1111], ['tool', 'Forge Classic']],
  [`${SAMPLES}/webp/forge-neo.webp`, [A1111], ['tool', 'Forge Neo']],
  [`${SAMPLES}/webp/novelai-curated.webp`, ['generator.novelai']],
  [`${SAMPLES}/webp/reforge-hires.webp`, [A1111], ['tool', 'Forge/reForge']],
  [`${SAMPLES}/webp/sd-next.webp`, [SD_NEXT], ['tool', 'SD.Next']],
  [`${SAMPLES}/webp/swarmui.webp`, ['generator.swarmui']],
  [`${PARSERS}/bad_images/text_after_idat.png`, [A1111]],
  [`${PARSERS}/parsers/AUTOMATIC1111/automatic1111_cropped.jpg`, [A1111], ['prompt', 'photo of a duck']],
  [`${PARSERS}/parsers/AUTOMATIC1111/automatic1111_cropped.png`, [A1111], ['negativePrompt', 'monochrome']],
  [
    `${PARSERS}/parsers/ComfyUI/img2img_cropped.png`,
    [COMFYUI, MADE, 'generator.sourcePicture'],
    ['model', 'v1-5-pruned-emaonly.ckpt'],
  ],
  [`${PARSERS}/parsers/ComfyUI/night_evening_day_morning_cropped.png`, [COMFYUI, MADE]],
  [`${PARSERS}/parsers/ComfyUI/noisy_latents_3_subjects_cropped.png`, [COMFYUI, MADE]],
  [`${PARSERS}/parsers/ComfyUI/unclip_2pass_cropped.png`, [COMFYUI, MADE], ['seed', '1106257833005336']],
  [`${PARSERS}/parsers/Fooocus/fooocus1_cropped.png`, ['generator.fooocus'], ['seed', '6952411511246973023']],
  [`${PARSERS}/parsers/InvokeAI/invokeai_dream1.png`, ['generator.invokeai'], ['sampler', 'k_lms']],
  [`${PARSERS}/parsers/InvokeAI/invokeai_imeta1.png`, ['generator.invokeai'], ['model', 'juggernautXL']],
  [`${PARSERS}/parsers/InvokeAI/invokeai_sdmeta1.png`, ['generator.invokeai'], ['version', '2.3.0']],
  [`${PARSERS}/parsers/NovelAI/novelai1_cropped.png`, ['generator.novelai'], ['seed', '2253955223']],
  [`${WORKFLOWS}/lora_example.png`, [COMFYUI, DRAWN]],
  [`${WORKFLOWS}/sdxl_example.png`, [COMFYUI, DRAWN]],
  [`${WORKFLOWS}/simple_example.png`, [COMFYUI, DRAWN]],
  [`${NOVELAI}/sample-0316.png`, ['generator.novelai']],
  [
    `${NOVELAI}/sample-0317.png`,
    ['generator.novelai', 'generator.sourcePicture'],
    ['mode', 'Img2ImgRequest'],
  ],
];

if (CORPUS !== '' && existsSync(CORPUS)) {
  const inspector = createInspector({ jobs: 2 });
  afterAll(() => inspector.close());
  const inspect = async (path: string): Promise<LocalizedReport> =>
    told(
      await inspector.inspect({
        path,
        name: path.slice(path.lastIndexOf('/') + 1),
        asOf: '2026-11-25',
        engine: 'auto',
      }),
    );
  const generators = ({ signals }: LocalizedReport) =>
    signals.filter(({ id }) => id.startsWith('generator.'));
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
    );

  describe('files of real generators are named with their tool', () => {
    it.each(NAMED)('%s', async (file, expected, fact) => {
      const found = generators(await inspect(join(CORPUS, file)));
      expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(expected));
      if (fact) {
        const facts = found.flatMap((signal) => signal.facts ?? []).map(({ name, value }) => [name, value]);
        expect(facts).toContainEqual(fact);
      }
    });

    it('all of the three collections are in the table, but for those without any trace', () => {
      const all = ['enslo-sd-metadata', 'sd-parsers', 'comfyui-prompt-reader-node'].flatMap((folder) =>
        walk(join(CORPUS, folder)),
      );
      const named = new Set(NAMED.map(([file]) => join(CORPUS, file)));
      const rest = all
        .filter((file) => !named.has(file))
        .map((file) => file.slice(file.lastIndexOf('/') + 1));
      expect(rest.toSorted()).toEqual(
        [
          // Stripped, re-saved or empty files.
          ...['empty.jpg', 'empty.png', 'gimp.jpg', 'gimp.png'],
          ...['empty_file.png', 'empty_image.jpg', 'empty_image.png'],
          // Content Credentials and hidden text are the subject of other readers.
          ...['gemini_3.1pro.png', 'automatic1111_stealth.png'],
        ].toSorted(),
      );
    });
  });

  const LATE = 'late-2026';
  const API = `${LATE}/Comfy-Org+example_workflows/api_nodes`;
  const WYRDE = `${LATE}/wyrde+wyrde-comfyui-workflows`;
  const EDITOR = 'A ComfyUI workflow is in the file, without the record of a run';

  describe('graphs of ComfyUI', () => {
    it.each([
      [`${API}/openai-dall-e-3/text2image.png`, 'ai-generated', 'has OpenAI make pictures with AI.'],
      [
        `${API}/bfl/flux_1_kontext_max_image.png`,
        'ai-generated',
        'has Black Forest Labs make pictures with AI from a source picture.',
      ],
      [
        `${API}/runway/gen4_turbo_image_to_video/runway_gen4_turo_image_to_video.mp4`,
        'ai-generated',
        'has Runway make videos with AI from a source picture.',
      ],
      [
        `${API}/stability_ai/stable_image_ultra_t2i.png`,
        'ai-generated',
        'has Stability AI make pictures with AI.',
      ],
      [
        `${LATE}/ClownsharkBatwing+RES4LYF/example_workflows/hidream style transfer.png`,
        'ai-generated',
        'that ComfyUI writes into pictures it makes',
      ],
      [`${WYRDE}/basics/building-up/pix/basic-workflow-v03.png`, 'none', EDITOR],
      [`${WYRDE}/hr-fix-upscale/checkpoint-testing/checkpoint-testintg-v0.5.png`, 'none', EDITOR],
      [`${WORKFLOWS}/simple_example.png`, 'none', EDITOR],
    ])('%s: %s', async (file, origin, words) => {
      const { summary } = await inspect(join(CORPUS, file));
      expect(summary.origin).toBe(origin);
      expect(summary.sentence).toContain(words);
    });
  });

  describe('files without a trace of a generator', () => {
    it.each([
      [`${SAMPLES}/png/empty.png`],
      [`${SAMPLES}/jpg/empty.jpg`],
      [`${SAMPLES}/png/gimp.png`],
      [`${SAMPLES}/jpg/gimp.jpg`],
      [`${PARSERS}/bad_images/empty_image.png`],
    ])('%s', async (file) => {
      expect(generators(await inspect(join(CORPUS, file)))).toEqual([]);
    });

    it('ordinary files of cameras, editors and musicians', async () => {
      const wrong: string[] = [];
      for (const file of walk(join(CORPUS, 'negatives'))) {
        const found = generators(await inspect(file));
        if (found.length > 0) wrong.push(`${file}: ${found.map(({ id }) => id).join(', ')}`);
      }
      expect(wrong).toEqual([]);
    });
  });
}
