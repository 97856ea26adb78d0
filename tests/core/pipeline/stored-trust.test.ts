import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ManifestRecord, StoreEvidence } from '../../../src/core/c2pa/manifest-store.js';
import { toStoredStore } from '../../../src/core/credentials/stored-manifests.js';
import { createReportMask } from '../../../src/core/masking/masking.js';
import { findPersonalLiterals } from '../../../src/core/masking/personal-c2pa.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';

/**
 * Data stored of a signed file for a later recheck without it: sufficient, and nothing that identifies a person or a
 * device.
 */

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const SIGNED = readdirSync(join(FIXTURES, 'c2pa')).filter((name) =>
  /\.(jpg|png|mp4|webp|tif|wav)$/.test(name),
);
const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

async function kept(
  name: string,
  reveal?: ['serial'],
): Promise<{ presence: string; kept: string | undefined }> {
  const path = join(FIXTURES, 'c2pa', name);
  let said: string | undefined;
  const ask = {
    path,
    name,
    asOf: '2026-11-26',
    engine: 'auto',
    rulebooks: [],
    ...(reveal ? { reveal } : {}),
  } as const;
  const { contentCredentials } = await inspector.inspect(
    { ...ask, rulebooks: [] },
    {
      onStoredTrust: (text) => {
        said = text;
      },
    },
  );
  return { presence: contentCredentials.presence, kept: said };
}

describe('what is kept of a signed file', () => {
  it('is there for every fixture with a manifest store whose timestamps stand in the signature, and for no other', {
    timeout: 120_000,
  }, async () => {
    expect(SIGNED.length).toBeGreaterThan(20);
    for (const name of SIGNED) {
      const answer = await kept(name);
      const may = answer.presence === 'present' && !name.includes('stamped-later');
      expect([name, answer.kept !== undefined]).toEqual([name, may]);
    }
  });

  it('holds neither the number nor the bytes, key and digest of the signer’s certificate', async () => {
    const pem = readFileSync(join(FIXTURES, 'ca/signer.pem'), 'utf8');
    const certificate = new X509Certificate(pem);
    const serial = BigInt(`0x${certificate.serialNumber}`).toString();
    const { kept: text = '' } = await kept('jpeg-c2pa-trained.jpg');
    expect(text).toContain('Assay Test Signer');
    const forms = (bytes: Buffer) => [
      bytes.toString('base64').slice(4, -8),
      bytes.toString('hex'),
      bytes.toString('latin1'),
    ];
    const key = certificate.publicKey.export({ type: 'spki', format: 'der' });
    for (const one of [
      serial,
      certificate.serialNumber,
      certificate.serialNumber.toLowerCase(),
      certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      ...forms(certificate.raw),
      ...forms(key.subarray(-64)),
      ...forms(Buffer.from(certificate.serialNumber, 'hex')),
    ]) {
      expect(text).not.toContain(one);
    }
    // Values that the request asked to reveal may be stored.
    expect((await kept('jpeg-c2pa-trained.jpg', ['serial'])).kept).toContain(serial);
  });

  it('holds no certificate and no key, of the timestamp authority neither', async () => {
    const { kept: text = '' } = await kept('jpeg-c2pa-timestamped.jpg');
    expect(text).toContain('Assay Test TSA');
    for (const name of ['signer.pem', 'tsa.pem', 'root.pem']) {
      const { raw, publicKey } = new X509Certificate(readFileSync(join(FIXTURES, 'ca', name)));
      const key = publicKey.export({ type: 'spki', format: 'der' });
      for (const bytes of [raw.subarray(3, -3), raw.subarray(30, 60), key.subarray(-63)]) {
        expect(text).not.toContain(bytes.toString('base64'));
        expect(text).not.toContain(bytes.toString('hex'));
      }
    }
    // A long ASN.1 element in Base64.
    expect(text).not.toMatch(/MII[A-Za-z0-9+/]{60}/);
  });

  it('holds of assertions what detectors read, masked, and of all else nothing', () => {
    const manifest: ManifestRecord = {
      ...{
        label: 'urn:uuid:1',
        title: 'By Zoralinde Quandtmeyer',
        claimGenerator: 'Tool',
        hasThumbnail: false,
      },
      signature: { organisation: 'Studio', serial: '77412290218' },
      actions: [
        { action: 'c2pa.edited', description: 'Zoralinde Quandtmeyer, zora@planted.example', locator: 'a' },
      ],
      ingredients: [{ relationship: 'parentOf', title: '/home/zquandt/a.png', recorded: [] }],
      assertions: [
        { label: 'stds.exif', data: { latitude: 48.137154, note: 'secret words' } },
        { label: 'stds.schema-org.CreativeWork', data: { author: [{ name: 'Zoralinde Quandtmeyer' }] } },
        {
          label: 'cawg.identity__1',
          data: {
            verifiedIdentities: [{ type: 'x', username: 'zo', provider: { name: 'Site', id: 'secret' } }],
          },
        },
        {
          label: 'c2pa.soft-binding',
          data: { alg: 'a', pad: 'secret', blocks: [{ scope: 'secret', value: 'v' }] },
        },
        {
          label: 'cawg.training-mining',
          data: { entries: { 'cawg.ai_training': { use: 'notAllowed', why: 'secret' } } },
        },
        {
          label: 'c2pa.ai_generated_content',
          data: { ai_generated: true, model: { secret: 1 }, prompt: 'secret' },
        },
      ],
      claimGenerators: [],
    };
    const store: StoreEvidence = {
      kind: 'store',
      engine: { name: 'native', version: '0', sdk: '0' },
      activeManifest: 'urn:uuid:1',
      manifests: [manifest],
      codes: { active: [{ code: 'x', kind: 'failure', explanation: 'of 77412290218' }], ingredients: [] },
    };
    const { text, product } = createReportMask([], { literals: findPersonalLiterals(store) });
    const result = toStoredStore(store, { text, product, showsSerials: false });
    expect(JSON.stringify(result)).not.toMatch(
      /Zoralinde|planted|zquandt|48\.137|secret|username|77412290218/,
    );
    expect(result.manifests[0]?.assertions.map(({ data }) => data)).toEqual([
      null,
      null,
      { verifiedIdentities: [{ type: 'x', provider: { name: 'Site' } }] },
      { alg: 'a', blocks: [{ value: 'v' }] },
      { entries: { 'cawg.ai_training': { use: 'notAllowed' } } },
      { ai_generated: true, model: {} },
    ]);
  });

  it('is not made where nobody asks for it', async () => {
    const path = join(FIXTURES, 'c2pa/jpeg-c2pa-trained.jpg');
    const report = await inspector.inspect({
      path,
      name: 'a',
      asOf: '2026-11-26',
      engine: 'auto',
      rulebooks: [],
    });
    expect(report).not.toHaveProperty('kept');
  });
});
