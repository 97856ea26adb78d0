import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LocalizedReport } from '../src/core/report/report.js';
import { createInspector } from '../src/inspect/pool/create-inspector.js';
import { told } from './support/localized.js';

/** Real third-party files, if the operator has them: ASSAY_CORPUS_DIR. The variable is not registered elsewhere. */
const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';
const PUBLIC = join(CORPUS, 'c2pa-public-testfiles');

if (CORPUS !== '' && existsSync(CORPUS)) {
  const inspector = createInspector({ jobs: 2 });
  afterAll(() => inspector.close());
  const inspect = (path: string, engine: 'auto' | 'native' | 'wasm' = 'auto'): Promise<LocalizedReport> =>
    inspector
      .inspect({ path, name: path.slice(path.lastIndexOf('/') + 1), asOf: '2026-11-25', engine })
      .then((report) => told(report));

  /**
   * The letters encode how each file was built, newest step first: C claim, A parent, I ingredient, X hash mismatch,
   * `E-clm` missing claim, `E-dat` data hash mismatch, `E-sig` bad signature, `E-uri` tampered assertion. A fault
   * letter after another step belongs to that ingredient.
   */
  const truthOf = (name: string): { presence: string; integrity?: string; ingredient?: string } => {
    const letters = /^adobe-\d+-(.+)\.jpe?g$/.exec(name)?.[1];
    if (letters === undefined) return { presence: 'present', integrity: 'intact' };
    if (letters === 'A' || letters === 'I') return { presence: 'absent' };
    if (letters === 'E-uri-CIE-sig-CA')
      return { presence: 'present', integrity: 'intact', ingredient: 'altered' };
    if (/^(E-|X)/.test(letters)) return { presence: 'present', integrity: 'altered' };
    return {
      presence: 'present',
      integrity: 'intact',
      ...(/E-/.test(letters) ? { ingredient: 'altered' } : {}),
    };
  };

  describe('the C2PA public test files, by the letters of their names', () => {
    const names = readdirSync(PUBLIC).filter((name) => /\.jpe?g$/.test(name));
    it('are there', () => {
      expect(names.length).toBeGreaterThan(20);
    });
    it.each(names.map((name) => [name]))('%s', async (name) => {
      const { contentCredentials: credentials } = await inspect(join(PUBLIC, name));
      const truth = truthOf(name);
      expect(credentials.presence).toBe(truth.presence);
      expect(credentials.integrity).toBe(truth.integrity);
      if (truth.ingredient) expect(credentials.ingredientIntegrity).toBe(truth.ingredient);
    });
    it.each(
      ['truepic-20230212-camera.jpg', 'truepic-20230212-landscape.jpg', 'truepic-20230212-library.jpg'].map(
        (name) => [name],
      ),
    )('%s is called altered by neither engine', async (name) => {
      for (const engine of ['native', 'wasm'] as const) {
        expect((await inspect(join(PUBLIC, name), engine)).contentCredentials.integrity).not.toBe('altered');
      }
    });
  });

  describe('signed files that were misread', () => {
    const LATE = join(CORPUS, 'late-2026');
    it.each([
      [
        'jamez-bondos+awesome-gpt4o-images/gpt-image-1/examples/vinyl-input.png',
        { where: 'ancestor', signedBy: 'same', edited: false, tool: 'GPT-4o' },
      ],
      [
        'Comfy-Org+example_workflows/wan2.1_fun_inp/input/fashion_photography_end.png',
        { where: 'ancestor', signedBy: 'same', edited: false, tool: 'GPT-4o' },
      ],
      [
        'contentauth+c2pa-js-legacy/examples/minimal-ts-vite/examples/web-components/test.jpg',
        { where: 'this', statement: 'description: Adobe Firefly, version: 1.0.0' },
      ],
    ])('%s declares AI, and is intact', async (name, declared) => {
      const { summary, contentCredentials } = await inspect(join(LATE, name));
      expect(summary.origin).toBe('ai-generated');
      expect(summary.declared).toMatchObject(declared);
      expect(contentCredentials.integrity).toBe('intact');
      expect(summary.headline).toMatchObject({
        id: 'headline.generated',
        // No list is installed here, so no list confirms the signer.
        params: { what: 'this', by: 'unconfirmed' },
      });
    });
  });

  describe('ordinary files', () => {
    const walk = (folder: string): string[] =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
      );
    it('none of them is said to declare AI', async () => {
      const files = walk(join(CORPUS, 'negatives'));
      expect(files.length).toBeGreaterThan(50);
      const wrong: string[] = [];
      for (const file of files) {
        const { summary, signals } = await inspect(file);
        const says = summary.origin.startsWith('ai-') || signals.some(({ id }) => id === 'file.aiText');
        if (says) wrong.push(file);
      }
      expect(wrong).toEqual([]);
    });
  });

  describe('files that break engines', () => {
    it('gets a Report for an MP3 that panics native engines: no byte of it is a mark of a manifest, so none is asked', async () => {
      const report = await inspect(
        join(CORPUS, 'c2pa-rs/sdk/tests/fixtures/id3v23_compression_underflow.mp3'),
      );
      expect(report.asset.mediaType).toBe('audio/mpeg');
      expect(report.contentCredentials.presence).toBe('absent');
      expect(report.contentCredentials.engine).toBeUndefined();
    });
  });

  describe('origins that real generators declare', () => {
    it.each([
      ['enslo-sd-metadata/samples/c2pa/png/gemini_3.1pro.png', 'ai-generated'],
      ['ms-c2pa-extension-validator/test/media/DALL-E_cloud_surfing_puppy.webp', 'ai-generated'],
      ['sd-parsers/tests/resources/parsers/AUTOMATIC1111/automatic1111_cropped.png', 'ai-generated'],
      ['sd-parsers/tests/resources/parsers/AUTOMATIC1111/automatic1111_cropped.jpg', 'ai-generated'],
      // A picture of ComfyUI's editor with the workflow that it shows: the workflow did not make it.
      ['comfyui-prompt-reader-node/workflows/simple_example.png', 'none'],
      ['enslo-sd-metadata/samples/png/empty.png', 'none'],
      ['enslo-sd-metadata/samples/jpg/gimp.jpg', 'none'],
    ])('%s → %s', async (file, origin) => {
      expect((await inspect(join(CORPUS, file))).summary.origin).toBe(origin);
    });
  });
}
