import { X509Certificate } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalizedReport } from '../../../src/core/report/report.js';
import { message } from '../../../src/i18n/message.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import type { Inspector } from '../../../src/inspect/pool/inspector.js';
import { inEnglish } from '../../i18n/english.js';
import { told as asTold } from '../../support/localized.js';

/** Tests trust by purpose, from the folder of lists to the text of the Report, on the project's own fixtures and CA. */
const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const ca = (name: string) => join(FIXTURES, 'ca', name);
const AS_OF = '2026-11-26';

type Files = Record<string, string>;

const FOLDERS = {
  none: {},
  signers: { 'private/root.pem': ca('root.pem') },
  both: { 'private/root.pem': ca('root.pem'), 'private/tsa/tsa.pem': ca('tsa.pem') },
  authoritiesOnly: { 'private/tsa/root.pem': ca('root.pem'), 'private/tsa/tsa.pem': ca('tsa.pem') },
  others: { 'private/other.pem': ca('nobody-root.pem') },
  official: { 'C2PA-TRUST-LIST.pem': ca('root.pem') },
  rootAsAuthority: { 'private/other.pem': ca('nobody-root.pem'), 'C2PA-TSA-TRUST-LIST.pem': ca('root.pem') },
} as const satisfies Record<string, Files>;

let base = '';
const inspectors = new Map<string, Inspector>();

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'assay-trust-'));
  for (const [name, files] of Object.entries<Files>(FOLDERS)) {
    const folder = join(base, name);
    mkdirSync(join(folder, 'private/tsa'), { recursive: true });
    for (const [to, from] of Object.entries(files)) copyFileSync(from, join(folder, to));
    inspectors.set(name, createInspector({ jobs: 1, trustDir: folder }));
  }
});
afterAll(async () => {
  await Promise.all([...inspectors.values()].map((inspector) => inspector.close()));
  rmSync(base, { recursive: true, force: true });
});

async function inspect(folder: keyof typeof FOLDERS, file: string): Promise<LocalizedReport> {
  const path = join(FIXTURES, 'c2pa', file);
  const report = await inspectors.get(folder)?.inspect({ path, name: file, asOf: AS_OF, engine: 'auto' });
  if (!report) throw new Error('no inspector');
  return asTold(report);
}

describe('who signed, on which list, and when', () => {
  it.each([
    ['none', 'jpeg-c2pa-trained.jpg', 'unlisted', 'inside', 'valid'],
    ['signers', 'jpeg-c2pa-trained.jpg', 'private', 'inside', 'trusted'],
    ['official', 'jpeg-c2pa-trained.jpg', 'official', 'inside', 'trusted'],
    ['others', 'jpeg-c2pa-trained.jpg', 'unlisted', 'inside', 'valid'],
    ['both', 'jpeg-c2pa-unlisted.jpg', 'unlisted', 'inside', 'valid'],
    ['signers', 'jpeg-c2pa-expired-without-timestamp.jpg', 'private', 'expired-without-timestamp', 'valid'],
    ['both', 'jpeg-c2pa-expired-timestamped.jpg', 'private', 'inside', 'trusted'],
    ['signers', 'jpeg-c2pa-altered-data.jpg', 'private', 'inside', 'invalid'],
  ] as const)(
    'with %s installed, %s is %s, %s, backed %s',
    async (folder, file, trust, validity, backing) => {
      const { contentCredentials: credentials, signals } = await inspect(folder, file);
      expect(credentials.signer?.trust).toBe(trust);
      expect(credentials.time?.validity).toBe(validity);
      expect(signals.find((s) => s.id === 'c2pa.present')?.backing).toBe(backing);
    },
  );

  it('never lets an anchor of timestamp authorities make a signer listed', async () => {
    const only = await inspect('authoritiesOnly', 'jpeg-c2pa-trained.jpg');
    expect(only.contentCredentials.signer?.trust).toBe('unlisted');
    const beside = await inspect('rootAsAuthority', 'jpeg-c2pa-trained.jpg');
    expect(beside.contentCredentials.signer?.trust).toBe('unlisted');
  });

  it('takes the time that an update manifest keeps for an earlier one, where the token is for its signature', async () => {
    const stated = async (folder: keyof typeof FOLDERS, file: string) => {
      const { contentCredentials, signals } = await inspect(folder, file);
      const [keeper, earlier] = contentCredentials.manifests ?? [];
      const backing = signals.find(({ id }) => id === 'c2pa.digitalSourceType.digitalCreation')?.backing;
      const kept = earlier?.provenIn !== undefined && earlier.provenIn === keeper?.label;
      return { integrity: earlier?.integrity, proven: earlier?.proven !== undefined, kept, backing };
    };
    const sound = { integrity: 'intact', proven: true, kept: true, backing: 'trusted' };
    const without = { integrity: 'intact', proven: false, kept: false, backing: 'valid' };
    expect(await stated('both', 'jpeg-c2pa-stamped-later.jpg')).toEqual(sound);
    expect(await stated('signers', 'jpeg-c2pa-stamped-later.jpg')).toEqual(without);
    expect(await stated('both', 'jpeg-c2pa-stamped-later-other-bytes.jpg')).toEqual(without);
  });

  it('finds the signer of a PDF on the list', async () => {
    for (const state of ['intact', 'packed', 'embedded-only']) {
      const { contentCredentials, signals } = await inspect('signers', `pdf-c2pa-${state}.pdf`);
      expect(contentCredentials).toMatchObject({ integrity: 'intact', signer: { trust: 'private' } });
      expect(signals.find(({ id }) => id === 'c2pa.present')?.backing).toBe('trusted');
    }
  });

  it('takes what a manifest keeps on revocation as if it were stapled', async () => {
    const stated = async (folder: keyof typeof FOLDERS, state: string) => {
      const { contentCredentials, signals } = await inspect(folder, `jpeg-c2pa-status-${state}.jpg`);
      const backing = signals.find(({ id }) => id === 'c2pa.present')?.backing;
      const raised = signals.some(({ id }) => id === 'c2pa.signer.revoked');
      return [contentCredentials.time?.revocation, raised, backing];
    };
    expect(await stated('signers', 'good')).toEqual(['not-revoked', false, 'trusted']);
    expect(await stated('signers', 'revoked')).toEqual(['revoked', true, 'valid']);
    expect(await stated('signers', 'bytes')).toEqual(['revoked', true, 'valid']);
    expect(await stated('signers', 'of-another')).toEqual(['not-checked', false, 'trusted']);
    // No signature includes the issuer and no list contains it, so its answer cannot be checked.
    expect(await stated('none', 'revoked')).toEqual(['not-checked', false, 'valid']);
  });

  it.each([
    ['that anyone may read', 0o755],
    ['that is closed to all others', 0o700],
  ])(
    'asks the lists of the moment: in a folder %s that is made, changed and replaced between two files',
    async (_, mode) => {
      const folder = join(base, `lists-${mode}`);
      const lists = (...names: string[]) => {
        const made = `${folder}.made`;
        mkdirSync(join(made, 'private'), { recursive: true });
        for (const name of names) copyFileSync(ca(name), join(made, 'private', name));
        chmodSync(made, mode);
        rmSync(folder, { recursive: true, force: true });
        renameSync(made, folder);
      };
      const inspector = createInspector({ jobs: 1, trustDir: folder });
      const file = 'jpeg-c2pa-trained.jpg';
      const path = join(FIXTURES, 'c2pa', file);
      const ask = async () =>
        (await inspector.inspect({ path, name: file, asOf: AS_OF, engine: 'native' })).contentCredentials
          .signer?.trust;
      try {
        expect(await ask()).toBe('unlisted');
        lists('nobody-root.pem');
        expect(await ask()).toBe('unlisted');
        copyFileSync(ca('root.pem'), join(folder, 'private/root.pem'));
        expect(await ask()).toBe('private');
        rmSync(join(folder, 'private/root.pem'));
        expect(await ask()).toBe('unlisted');
        lists('root.pem');
        expect(await ask()).toBe('private');
        rmSync(folder, { recursive: true });
        expect(await ask()).toBe('unlisted');
      } finally {
        await inspector.close();
      }
    },
  );

  it('takes a time for proven only where its authority is on a list of authorities', async () => {
    const proven = (await inspect('both', 'jpeg-c2pa-timestamped.jpg')).contentCredentials.time;
    expect(proven).toMatchObject({ authorityTrust: 'private', proven: proven?.timestamp });
    const attached = (await inspect('signers', 'jpeg-c2pa-timestamped.jpg')).contentCredentials.time;
    expect(attached?.timestamp).toBe(proven?.timestamp);
    expect(attached?.proven).toBeUndefined();
  });

  it('shows the certificates on the way to the anchor, and the signer’s own number and digest only when asked', async () => {
    const root = new X509Certificate(readFileSync(ca('root.pem')));
    const certificates = async (folder: keyof typeof FOLDERS, reveal?: ['serial']) => {
      const path = join(FIXTURES, 'c2pa', 'jpeg-c2pa-trained.jpg');
      const ask = {
        path,
        name: 'a.jpg',
        asOf: AS_OF,
        engine: 'auto',
        ...(reveal ? { reveal } : {}),
      } as const;
      return (await inspectors.get(folder)?.inspect(ask))?.contentCredentials.signer?.certificates;
    };
    const masked = { serial: '[serial number: masked]', sha256: '[serial number: masked]', source: 'file' };
    expect(await certificates('none')).toMatchObject([{ subject: 'Assay Test Signer', ...masked }]);
    const listed = await certificates('signers');
    expect(listed).toMatchObject([
      { issuer: 'Assay Test Root CA', ...masked },
      {
        subject: 'Assay Test Root CA',
        sha256: root.fingerprint256.replaceAll(':', '').toLowerCase(),
        serial: BigInt(`0x${root.serialNumber}`).toString(),
        source: 'list',
      },
    ]);
    const [own] = (await certificates('signers', ['serial'])) ?? [];
    expect(own?.serial).toMatch(/^\d+$/);
    expect(own?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says so in the sentence', async () => {
    const sentence = async (folder: keyof typeof FOLDERS, file: string) =>
      (await inspect(folder, file)).summary.sentence;
    expect(await sentence('others', 'jpeg-c2pa-trained.jpg')).toContain(
      inEnglish('sentence.doubt.unlisted', { names: 'one' }),
    );
    expect(await sentence('both', 'jpeg-c2pa-timestamped.jpg')).toMatch(
      /^Assay Test Studio signed this statement on \d+ \w{3} 2026, and/,
    );
    expect(await sentence('signers', 'jpeg-c2pa-expired-without-timestamp.jpg')).toContain(
      inEnglish('sentence.doubt.expiredOf', {
        name: message('text.asWritten', { text: 'Assay Test Studio' }),
        why: 'noTimestamp',
      }),
    );
  });

  it('does not say "on no list" where a list file could not be read', async () => {
    const folder = join(base, 'broken');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'C2PA-TRUST-LIST.pem'),
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    );
    const inspector = createInspector({ jobs: 1, trustDir: folder });
    const path = join(FIXTURES, 'c2pa/jpeg-c2pa-trained.jpg');
    const { contentCredentials } = await inspector.inspect({
      path,
      name: 'a.jpg',
      asOf: AS_OF,
      engine: 'auto',
    });
    await inspector.close();
    expect(contentCredentials.signer?.trust).toBe('not-checked');
    expect(contentCredentials.signer?.messages?.trustReason).toEqual({
      id: 'fault.trust.listBroken',
      params: { file: 'C2PA-TRUST-LIST.pem' },
    });
  });

  it('keeps validity to the day asked about, whatever today is', async () => {
    const path = join(FIXTURES, 'c2pa/jpeg-c2pa-intact.jpg');
    const at = async (asOf: string) =>
      (await inspectors.get('signers')?.inspect({ path, name: 'a.jpg', asOf, engine: 'auto' }))
        ?.contentCredentials.time?.validity;
    expect(await at('2020-01-01')).toBe('not-yet-valid');
    expect(await at('2070-01-01')).toBe('expired-without-timestamp');
  });
});

describe('whose statement it is, and of what', () => {
  const told = async (folder: keyof typeof FOLDERS, file: string) => {
    const { summary, contentCredentials } = await inspect(folder, file);
    return { ...summary, credentials: contentCredentials };
  };

  it.each(['signers', 'others', 'none'] as const)(
    'of a manifest without actions over one of the same signer, by certificates (%s)',
    async (folder) => {
      const { origin, declared } = await told(folder, 'jpeg-c2pa-same-signer-component.jpg');
      expect(origin).toBe('ai-generated');
      expect(declared).toMatchObject({ where: 'ancestor', signedBy: 'same', edited: false });
    },
  );

  it.each(['signers', 'others', 'none'] as const)(
    'of another’s it stays a composite (%s)',
    async (folder) => {
      const { origin, declared, headline } = await told(folder, 'jpeg-c2pa-other-signer-component.jpg');
      expect(origin).toBe('ai-edited');
      expect(declared).toMatchObject({ where: 'component', signedBy: 'another' });
      expect(headline?.id).toBe('headline.partGenerated');
    },
  );

  it('says the steps where none of them names a source', async () => {
    const { origin, sentence } = await told('signers', 'jpeg-c2pa-steps.jpg');
    expect(origin).toBe('none');
    expect(sentence).toContain('recorded: opened, cropped, resized, 2 items placed in');
  });

  it('takes Firefly’s own words of 2023', async () => {
    const { origin, backing, declared } = await told('signers', 'jpeg-c2pa-firefly-2023.jpg');
    expect({ origin, backing, statement: declared?.statement }).toEqual({
      origin: 'ai-generated',
      backing: 'trusted',
      statement: 'description: Adobe Firefly, version: 1.0.0',
    });
  });

  it('calls a file with an odd label intact, and tells the label', async () => {
    const { credentials, origin } = await told('signers', 'jpeg-c2pa-odd-label.jpg');
    expect(credentials).toMatchObject({ integrity: 'intact', formFaults: ['claim.malformed'] });
    expect(credentials.codes?.active.map(({ code }) => code)).toContain('claim.malformed');
    expect(origin).toBe('other');
  });

  it('names the earlier signer, and that its certificate has run out since', async () => {
    const { declared, sentence, credentials } = await told('signers', 'jpeg-c2pa-published-over-expired.jpg');
    expect(declared).toMatchObject({
      where: 'ancestor',
      signedBy: 'another',
      edited: false,
      backing: 'valid',
    });
    expect(credentials.manifests?.find(({ label }) => label === declared?.manifest)).toMatchObject({
      signer: 'Assay Test Studio',
      trust: 'private',
      validity: 'expired-without-timestamp',
    });
    expect(sentence).toContain(
      'Assay Test Studio signed that statement (certificate since expired); Assay Example Broadcaster signed the file',
    );
  });

  it('speaks of filming where the file is a video', async () => {
    const { sentence } = await told('signers', 'mp4-c2pa-published-over-captured.mp4');
    expect(sentence).toContain('Assay Test Studio signed that statement');
    expect(sentence).toContain('A camera also signs when it films a screen.');
  });
});
