import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error: a script without types
import { readWithSdk } from '../../../fixtures/build/signing/native-sdk.js';
import { asRecord, ownMember } from '../../../src/base/json-shape.js';
import { Asset } from '../../../src/core/media/asset.js';
import { parseSignatures, readC2paCertificates } from '../../../src/core/readers/c2pa/c2pa-certificates.js';
import { readClaimFacts } from '../../../src/core/readers/c2pa/c2pa-claims.js';
import { toSdkFormat } from '../../../src/core/readers/c2pa/formats.js';
import { SDK_SETTINGS } from '../../../src/core/readers/c2pa/settings.js';
import { readManifestStore } from '../../../src/core/readers/manifest-store/index.js';
import { judgeSigner, type SignerJudgement } from '../../../src/core/trust/judge-signer.js';
import { loadTrustMaterial, type TrustMaterial } from '../../../src/core/trust/lists/material.js';

/** Real files and the real lists are not part of the project: these tests run only if both are available. */
const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';
const TRUST = process.env['ASSAY_TRUST_DIR'] ?? '';

/** Reference day: the credentials of the corpus expire one after the other. */
const AS_OF = '2026-11-25';

realFiles(CORPUS, TRUST);

function realFiles(corpus: string, trust: string): void {
  /** The native engine crashes on this file; it has no manifest store that can be read. */
  const DEADLY = 'id3v23_compression_underflow.mp3';
  const files = readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== DEADLY)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

  const judged = new Map<string, Map<string, SignerJudgement>>();
  let material: TrustMaterial;
  beforeAll(async () => {
    material = await loadTrustMaterial(trust);
    for (const file of files) judged.set(relative(corpus, file), await judgements(file, material));
  });

  const active = (file: string): SignerJudgement | undefined =>
    [...(judged.get(file)?.values() ?? [])].at(-1);

  describe('the lists as published', () => {
    it('load without fault, by purpose and with their dates', () => {
      expect(material.faults).toEqual([]);
      expect(material.lists.map((l) => [l.kind, l.purpose, l.anchors.length > 0, l.date])).toEqual([
        ['official', 'signer', true, '2026-08-05'],
        ['official', 'authority', true, '2026-08-05'],
        ['interim', 'signer', true, '2026-01-01'],
        ['interim', 'authority', true, '2026-01-01'],
      ]);
    });

    it('keep authorities that only stamp out of the signer lists', () => {
      const signers = material.lists.filter((l) => l.purpose === 'signer').flatMap((l) => l.anchors);
      expect(signers.filter((c) => c.profile?.extendedKeyUsage.includes('1.3.6.1.5.5.7.3.8'))).toEqual([]);
    });
  });

  describe('real signers', () => {
    const C = 'c2pa-public-testfiles';
    const M = 'ms-c2pa-extension-validator/test/media';
    it.each([
      [
        'enslo-sd-metadata/samples/c2pa/png/gemini_3.1pro.png',
        'Google LLC',
        'official',
        'inside',
        'official',
      ],
      [find('DALL-E'), 'OpenAI', 'interim', 'inside', 'interim'],
      [find('bing_creator'), 'Microsoft Corporation', 'interim', 'inside', 'interim'],
      [
        `${C}/nikon-20221019-building.jpeg`,
        'NIKON CORPORATION',
        'unlisted',
        'expired-without-timestamp',
        undefined,
      ],
      // Truepic's timestamps come from its own authority, which is on no list.
      [`${C}/truepic-20230212-camera.jpg`, 'Truepic', 'interim', 'expired-without-timestamp', 'unlisted'],
      [`${C}/truepic-20230212-landscape.jpg`, 'Truepic', 'interim', 'expired-without-timestamp', 'unlisted'],
      [`${C}/truepic-20230212-library.jpg`, 'Truepic', 'interim', 'expired-without-timestamp', 'unlisted'],
      [`${M}/cards_trusted.avif`, 'C2PA Extension Validator', 'unlisted', 'inside', 'interim'],
    ] as const)('%s', (file, organisation, listed, validity, authority) => {
      const judgement = active(file);
      expect(judgement?.certificate.subject.organisation).toBe(organisation);
      expect(judgement?.trust).toBe(listed);
      expect(judgement?.validity).toBe(validity);
      expect(judgement?.timestamp?.authorityTrust).toBe(authority);
    });

    it('are not listed because a timestamp authority’s list shares their root', async () => {
      const google = join(corpus, 'enslo-sd-metadata/samples/c2pa/png/gemini_3.1pro.png');
      const lists = material.lists.filter((l) => l.kind === 'interim' || l.purpose === 'authority');
      for (const judgement of (await judgements(google, { ...material, lists })).values()) {
        expect(judgement).toMatchObject({ trust: 'unlisted', timestamp: { authorityTrust: 'official' } });
      }
    });

    it('every timestamp that a listed authority made covers its own signature', () => {
      const stamps = [...judged.values()]
        .flatMap((one) => [...one.values()])
        .flatMap((j) => j.timestamp ?? []);
      expect(stamps.filter((s) => s.state === 'sound').length).toBeGreaterThan(50);
      expect(stamps.filter((s) => s.state === 'cannot-check')).toEqual([]);
    });
  });

  /** Returns the file of the corpus whose name begins with this prefix. */
  function find(prefix: string): string {
    const found = files.map((f) => relative(corpus, f)).find((f) => f.includes(`/${prefix}`));
    if (!found) throw new Error(`the corpus has no ${prefix} file`);
    return found;
  }

  describe('the native engine', () => {
    it('names the same signers, serial number by serial number', async () => {
      const differ: string[] = [];
      let compared = 0;
      for (const file of files) {
        const name = relative(corpus, file);
        const store = await engineStore(file);
        const ours = judged.get(name) ?? new Map<string, SignerJudgement>();
        for (const [label, signature] of store?.signatures ?? []) {
          compared += 1;
          const certificate = ours.get(label)?.certificate;
          const own = [
            certificate?.subject.organisation,
            certificate?.subject.commonName,
            certificate?.serial,
          ];
          const theirs = ['issuer', 'common_name', 'cert_serial_number'].map(
            (key) => signature && ownMember(signature, key),
          );
          if (own.join('|') !== theirs.join('|'))
            differ.push(`${name} ${label}: ${own.join('|')} / ${theirs.join('|')}`);
        }
        if (store && [...ours.keys()].at(-1) !== store.active)
          differ.push(`${name}: another active manifest`);
      }
      expect(differ).toEqual([]);
      expect(compared).toBeGreaterThan(100);
    });

    it.each([
      ['official', 'C2PA-TRUST-LIST.pem', undefined],
      ['interim', 'ITL-anchors.pem', 'ITL-allowed.pem'],
    ] as const)(
      'agrees on the %s list where that is the only one it has',
      async (kind, anchors, allowed) => {
        const settings = {
          ...SDK_SETTINGS,
          trust: {
            trust_anchors: readFileSync(join(trust, anchors), 'utf8'),
            ...(allowed ? { allowed_list: readFileSync(join(trust, allowed), 'utf8') } : {}),
          },
        };
        const only = { ...material, lists: material.lists.filter((l) => l.kind === kind) };
        let listed = 0;
        const differ: string[] = [];
        for (const file of files) {
          const store = await engineStore(file, settings);
          if (!store) continue;
          const own = [...(await judgements(file, only)).values()].at(-1);
          const theirs = store.codes.includes('signingCredential.trusted');
          if (theirs) listed += 1;
          // From 0.91 on, c2pa-rs does not look up a certificate that it rejects for its term or its purpose; Assay
          // reports both.
          const isRefused = store.codes.some((code) => /^signingCredential\.(expired|invalid)$/.test(code));
          if (isRefused && !theirs) continue;
          if ((own?.trust === kind) !== theirs)
            differ.push(
              `${relative(corpus, file)}: ${own?.trust} ${own?.validity} / ${store.codes.join(' ')}`,
            );
        }
        expect(differ).toEqual([]);
        expect(listed).toBeGreaterThan(0);
      },
      240_000,
    );
  });

  describe('a timestamp that an update manifest keeps', () => {
    it('as c2pa-rs wrote it in 2025, over the box of the signature, fits it', async () => {
      const file = files.find((one) => one.endsWith('update_manifest.jpg'));
      const asset = await Asset.open(file ?? '');
      const read = await readManifestStore(asset);
      await asset.close();
      const bytes = ('value' in read ? read.value?.bytes : undefined) ?? Buffer.alloc(0);
      const { timestamps } = readClaimFacts(bytes);
      const [earlier] = parseSignatures(bytes).signatures;
      const elsewhere = timestamps.forManifest(earlier?.label ?? '');
      if (!earlier?.signature || !elsewhere) throw new Error('the file keeps no timestamp');
      const answer = judgeSigner(earlier.signature, material, { asOf: AS_OF, elsewhere });
      expect('judgement' in answer && answer.judgement.timestamp).toMatchObject({
        state: 'sound',
        time: new Date('2025-05-28T13:50:03Z'),
      });
    });
  });
}

async function judgements(file: string, material: TrustMaterial): Promise<Map<string, SignerJudgement>> {
  const asset = await Asset.open(file);
  try {
    const read = await readC2paCertificates(asset);
    const signatures = ('value' in read ? read.value : undefined) ?? [];
    return new Map(
      signatures.flatMap(({ label, signature }) => {
        const answer = signature && judgeSigner(signature, material, { asOf: AS_OF });
        return answer && 'judgement' in answer ? [[label, answer.judgement] as const] : [];
      }),
    );
  } finally {
    await asset.close();
  }
}

interface EngineStore {
  active: unknown;
  signatures: Map<string, ReturnType<typeof asRecord>>;
  codes: string[];
}

async function engineStore(path: string, settings: object = SDK_SETTINGS): Promise<EngineStore | undefined> {
  const asset = await Asset.open(path);
  await asset.close();
  const mimeType = toSdkFormat(asset.mediaType.mime);
  if (!mimeType) return undefined;
  const json = asRecord(await readWithSdk({ path, mimeType }, settings).catch(() => null));
  if (!json) return undefined;
  const manifests = asRecord(ownMember(json, 'manifests')) ?? {};
  const results =
    asRecord(ownMember(asRecord(ownMember(json, 'validation_results')) ?? {}, 'activeManifest')) ?? {};
  const codes = ['success', 'informational', 'failure'].flatMap((kind) => {
    const list = ownMember(results, kind);
    return Array.isArray(list) ? list.map((one) => String(asRecord(one)?.['code'])) : [];
  });
  return {
    active: ownMember(json, 'active_manifest'),
    signatures: new Map(
      Object.entries(manifests).map(([label, m]) => [
        label,
        asRecord(ownMember(asRecord(m) ?? {}, 'signature_info')),
      ]),
    ),
    codes: codes.filter((code) => /^(signingCredential|timeStamp|claimSignature)\./.test(code)),
  };
}
