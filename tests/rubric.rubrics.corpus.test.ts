import { closeSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import init, { WasmReader } from '@contentauth/c2pa-wasm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { asArray, asRecord, ownMember } from '../src/base/json-shape.js';
import { WASM_INFO } from '../src/core/c2pa/engines.js';
import type { StoreEvidence } from '../src/core/c2pa/manifest-store.js';
import { evaluateRubric } from '../src/core/detectors/rubric.js';
import { rubricSignals } from '../src/core/detectors/rubric-signals.js';
import { Asset } from '../src/core/media/asset.js';
import { readClaimFacts } from '../src/core/readers/c2pa/c2pa-claims.js';
import { FileBlob, installFileReaderSync } from '../src/core/readers/c2pa/file-blob.js';
import { toSdkFormat } from '../src/core/readers/c2pa/formats.js';
import { SDK_SETTINGS } from '../src/core/readers/c2pa/settings.js';
import { parseStoreJson } from '../src/core/readers/c2pa/store-json.js';
import { readManifestStore } from '../src/core/readers/manifest-store/index.js';
import { RUBRIC_SIGNAL_IDS } from '../src/core/signals/rubric.js';
import { DIGITAL_SOURCE_TYPES } from '../src/core/signals/source-types.js';
import { evidence, facts } from './support/literals.js';
import { OfficialRubric } from './support/official-rubric.js';

/** The official rubric is not part of the project, so these tests run only if the operator has it. */
const RUBRICS = process.env['ASSAY_RUBRICS_DIR'];
const CORPUS = process.env['ASSAY_CORPUS_DIR'];
const FIXTURES = resolve(import.meta.dirname, '../fixtures/c2pa');

/** These files crash engines; none has a manifest store that can be read. */
const DEADLY = /underflow/;

/**
 * Known differences: the rubric checks every manifest in the store, Assay checks those that the active one leads to. No
 * ingredient names the first, whose label was tampered with; the reference to the second does not parse.
 */
const NOTHING_LEADS_TO: ReadonlySet<string> = new Set([
  'c2pa-public-testfiles/adobe-20220124-E-clm-CAICAI.jpg contentauth:urn:uuid:8bb8ad50-ef2f-4f75-b709-a0e302d58019',
  'c2pa-rs/sdk/src/identity/tests/fixtures/validation_method/malformed_cbor.jpg contentauth:urn:uuid:c2677d4b-0a93-4444-876f-ed2f2d40b8cf',
]);

/** The engine's crJSON is of the oldest store of a PDF; Assay reads the newest. */
const HAS_TWO_STORES: ReadonlySet<string> = new Set(['pdf-c2pa-two-stores.pdf']);

interface Read {
  crJson: unknown;
  store: StoreEvidence;
}

async function engineAnswer(path: string): Promise<Read | undefined> {
  const asset = await Asset.open(path);
  try {
    const format = toSdkFormat(asset.mediaType.mime);
    if (!format) return undefined;
    const answer = await openWith(format, path);
    const raw = await readManifestStore(asset);
    if (!answer || !('value' in raw) || !raw.value) return answer;
    return { ...answer, store: { ...answer.store, claims: readClaimFacts(raw.value.bytes).claims } };
  } finally {
    await asset.close();
  }
}

/** Returns undefined if the engine finds no readable store; a trap fails the test. */
async function openWith(format: string, path: string): Promise<Read | undefined> {
  const file = openSync(path, 'r');
  try {
    const blob = new FileBlob(file, 0, statSync(path).size) as unknown as Blob;
    const reader = await WasmReader.fromBlob(format, blob, JSON.stringify(SDK_SETTINGS));
    try {
      return {
        crJson: JSON.parse(reader.crJson()),
        store: parseStoreJson(JSON.parse(reader.json()), WASM_INFO),
      };
    } finally {
      reader.free();
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'RuntimeError') throw error;
    return undefined;
  } finally {
    closeSync(file);
  }
}

function ours(store: StoreEvidence, label: string): string[] {
  const at = `self#jumbf=/c2pa/${label}`;
  return rubricSignals
    .detect(evidence({ c2pa: store }), facts())
    .filter(({ basis }) => basis.some(({ locator }) => locator === at || locator.startsWith(`${at}/`)))
    .map(({ id }) => id);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !DEADLY.test(entry.name) && !entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const TYPES = DIGITAL_SOURCE_TYPES.flatMap((term) =>
  ['http://cv.iptc.org/newscodes', 'https://cv.iptc.org/newscodes', 'http://c2pa.org'].map(
    (root) => `${root}/digitalsourcetype/${term}`,
  ),
);
const ACTIONS = [
  'created opened edited placed drawing unknown converted published repackaged transcoded resized',
  'resized.proportional enhanced edited.metadata watermarked watermarked.bound watermarked.unbound redacted',
].flatMap((line) => line.split(' ').map((name) => `c2pa.${name}`));

const anAction = fc.record(
  {
    action: fc.constantFrom(
      ...ACTIONS,
      ...ACTIONS.slice(0, 2),
      ...ACTIONS.slice(0, 2),
      'com.example.swirled',
      'c2pa',
      '',
    ),
    digitalSourceType: fc.constantFrom(...TYPES, ''),
  },
  { requiredKeys: [] },
);
const LABELS = ['c2pa.actions', 'c2pa.actions.v2', 'c2pa.actions.v2__1', 'c2pa.hash.data'];
const aClaim = fc.record({
  actions: fc.uniqueArray(
    fc.record(
      {
        label: fc.constantFrom('c2pa.actions.v2', 'c2pa.actions.v2', 'c2pa.actions'),
        allActionsIncluded: fc.boolean(),
        actions: fc.array(anAction, { maxLength: 8, size: 'max' }),
      },
      { requiredKeys: ['label', 'actions'] },
    ),
    { selector: (a) => a.label, maxLength: 2 },
  ),
  ingredientsV3: fc.uniqueArray(
    fc.record({
      label: fc.constantFrom('c2pa.ingredient.v3', 'c2pa.ingredient.v3__1'),
      hasManifest: fc.boolean(),
    }),
    { selector: (i) => i.label, maxLength: 2 },
  ),
  gathered: fc.array(fc.constantFrom(...LABELS), { maxLength: 2 }),
});

if (RUBRICS) {
  const rubric = new OfficialRubric(join(RUBRICS, 'asset-rubric-signals-local.yml'));

  describe('the C2PA Asset Signals Rubric as published', () => {
    beforeAll(async () => {
      const wasm = createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm');
      await init({ module_or_path: readFileSync(wasm) });
      installFileReaderSync();
    });

    it('is the version whose ids Assay has', () => {
      expect(rubric.version).toBe('1.0');
      expect([...rubric.ids].sort()).toEqual([...RUBRIC_SIGNAL_IDS].sort());
    });

    it('says the same of claims that no file at hand makes', () => {
      const raised = new Set<string>();
      fc.assert(
        fc.property(aClaim, ({ actions, ingredientsV3, gathered }) => {
          const official = rubric.signalsOf({
            assertions: Object.fromEntries([
              ...actions.map(({ label, ...data }) => [label, data]),
              ...ingredientsV3.map(({ label, hasManifest }) => [
                label,
                hasManifest ? { activeManifest: { url: 'self#jumbf=/c2pa/m2' } } : {},
              ]),
            ]),
            'claim.v2': {
              gathered_assertions: gathered.map((label) => ({ url: `self#jumbf=c2pa.assertions/${label}` })),
            },
          });
          const own = evaluateRubric({
            version: 2,
            redacted: [],
            created: [],
            update: false,
            hardBindings: [],
            unread: [],
            actions,
            ingredientsV3,
            gathered,
          }).map(({ id }) => id);
          expect(own.sort()).toEqual(official.sort());
          for (const id of official) raised.add(id);
        }),
        { numRuns: 5_000, seed: 11 },
      );
      expect([...raised].sort()).toEqual([...RUBRIC_SIGNAL_IDS].sort());
    });

    it.each([
      ['the fixtures', FIXTURES, 40],
      ...(CORPUS ? ([['the corpus', CORPUS, 100]] as const) : []),
    ] as const)(
      'says the same of every manifest in %s',
      async (_name, folder, atLeast) => {
        const differ: string[] = [];
        let compared = 0;
        for (const file of filesIn(folder)) {
          if (HAS_TWO_STORES.has(relative(folder, file))) continue;
          const read = await engineAnswer(file);
          if (!read) continue;
          const root = asRecord(read.crJson);
          for (const manifest of asArray(root && ownMember(root, 'manifests'), 1_024).map(asRecord)) {
            const label = manifest && ownMember(manifest, 'label');
            if (typeof label !== 'string') continue;
            compared += 1;
            const [own, official] = [ours(read.store, label).sort(), rubric.signalsOf(manifest).sort()];
            const name = `${relative(folder, file)} ${label}`;
            if (NOTHING_LEADS_TO.has(name)) expect(own).toEqual([]);
            else if (own.join() !== official.join())
              differ.push(`${name}: ${own.join()} / ${official.join()}`);
          }
        }
        expect(differ).toEqual([]);
        expect(compared).toBeGreaterThan(atLeast);
      },
      240_000,
    );
  });
}
