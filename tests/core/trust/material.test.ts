import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPemCertificates } from '../../../src/core/trust/formats/pem.js';
import { readInterimFacts } from '../../../src/core/trust/lists/interim-facts.js';
import { loadTrustMaterial, type TrustList } from '../../../src/core/trust/lists/material.js';
import { trustLimits } from '../../../src/core/trust/lists/trust-limits.js';
import { EMAIL, type Issued, issue, pem, STAMPING } from './ca.js';

let signers: Issued;
let stamps: Issued;
let leaf: Issued;
let folder = '';

beforeAll(async () => {
  signers = await issue({ name: 'Signers', ca: true });
  stamps = await issue({ name: 'Stampers', ca: true, purposes: [STAMPING] });
  leaf = await issue({ name: 'Leaf', issuer: signers, purposes: [EMAIL] });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-trust-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: string | Buffer) => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
};
const describeList = (l: TrustList) =>
  `${l.kind} ${l.purpose} ${l.anchors.length}+${l.allowed.size}${l.date ? ` ${l.date}` : ''}`;
/** Leaves out the lists that come with Assay. */
const load = async () => {
  const { lists, faults } = await loadTrustMaterial(folder);
  const shipped = (await loadTrustMaterial(join(folder, 'nowhere'))).lists.map(describeList);
  return {
    lists: lists.map(describeList).filter((one) => !shipped.includes(one)),
    faults: faults.map((f) => `${f.file} ${f.code}`),
  };
};

describe('a trust folder', () => {
  it.each(['', 'nowhere'])(
    '%s holds the lists that come with Assay where none is installed',
    async (name) => {
      const { lists, faults } = await loadTrustMaterial(join(folder, name));
      expect(lists.map(describeList)).toEqual([
        'official signer 30+0 2026-08-05',
        'official authority 22+0 2026-08-05',
        'interim signer 20+117 2026-01-01',
        'interim authority 6+0 2026-01-01',
      ]);
      expect(faults).toEqual([]);
    },
  );

  it('takes an installed list in place of the one that comes with Assay, also a broken one', async () => {
    put('C2PA-TRUST-LIST.pem', pem(signers));
    put('ITL-allowed.pem', pem(leaf));
    const { lists } = await loadTrustMaterial(folder);
    expect(lists.map(describeList)).toEqual([
      'official signer 1+0',
      'official authority 22+0 2026-08-05',
      'interim signer 0+1',
    ]);
    put('C2PA-TRUST-LIST.pem', 'broken');
    const broken = await loadTrustMaterial(folder);
    expect(broken.lists.map(({ kind, purpose }) => `${kind} ${purpose}`)).not.toContain('official signer');
    expect(broken.faults).toMatchObject([{ file: 'C2PA-TRUST-LIST.pem', code: 'trust.empty' }]);
  });

  it('keeps signers and timestamp authorities apart, the interim list by what its issuers name', async () => {
    put('C2PA-TRUST-LIST.pem', `Subject\tsome text\n${pem(signers)}\nmore text\n`);
    put('C2PA-TSA-TRUST-LIST.pem', pem(stamps, signers));
    put('ITL-anchors.pem', `## frozen\r\n${pem(signers, stamps).replaceAll('\n', '\r\n')}`);
    put('ITL-allowed.pem', pem(leaf));
    put('private/b.pem', pem(signers));
    put('private/a.pem', pem(leaf));
    put('private/notes.txt', 'not read');
    put('private/tsa/own.pem', pem(stamps));
    expect(await load()).toEqual({
      lists: [
        'official signer 1+0',
        'official authority 2+0',
        'interim signer 1+1',
        'interim authority 1+0',
        'private signer 1+1',
        'private authority 1+0',
      ],
      faults: [],
    });
  });

  it('dates a list only where sources.json speaks of that very file', async () => {
    const content = pem(signers);
    const source = (sha256: string, issueDate = '2026-08-05T00:11:39Z') =>
      JSON.stringify({
        'C2PA-TRUST-LIST.pem': {
          issueDate,
          fetchedAt: '2026-08-21T00:00:00Z',
          sha256,
        },
      });
    put('C2PA-TRUST-LIST.pem', content);
    put('sources.json', source(createHash('sha256').update(content).digest('hex')));
    expect(await load()).toMatchObject({ lists: ['official signer 1+0 2026-08-05'], faults: [] });
    // A day or time that does not exist in the calendar is no valid date.
    for (const never of ['2026-02-30', '9999-99-99', '2026-08-05T99:99:99Z']) {
      put('sources.json', source(createHash('sha256').update(content).digest('hex'), never));
      expect((await load()).lists, never).toEqual(['official signer 1+0']);
    }
    put('sources.json', source('0'.repeat(64)));
    expect(await load()).toMatchObject({
      lists: ['official signer 1+0'],
      faults: ['C2PA-TRUST-LIST.pem trust.sourceMismatch'],
    });
    put('sources.json', '[1');
    expect(await load()).toMatchObject({
      lists: ['official signer 1+0'],
      faults: ['sources.json trust.json'],
    });
  });

  it('names a broken file and loads the rest', async () => {
    put('C2PA-TRUST-LIST.pem', pem(signers).slice(0, 200));
    put('C2PA-TSA-TRUST-LIST.pem', pem(stamps));
    put('ITL-anchors.pem', Buffer.alloc(trustLimits.trustFileBytes + 1));
    put('ITL-allowed.pem', pem(leaf));
    mkdirSync(join(folder, 'private/folder.pem'), { recursive: true });
    expect(await load()).toMatchObject({
      lists: ['official authority 1+0', 'interim signer 0+1'],
      faults: [
        'C2PA-TRUST-LIST.pem trust.truncated',
        'ITL-anchors.pem bound.trustFile',
        'private/folder.pem trust.unreadable',
      ],
    });
  });

  it('is read again where a file changed, and not where none did', async () => {
    put('C2PA-TRUST-LIST.pem', pem(signers));
    const [first] = (await loadTrustMaterial(folder)).lists;
    expect((await loadTrustMaterial(folder)).lists[0]?.anchors[0]).toBe(first?.anchors[0]);
    put('C2PA-TRUST-LIST.pem', pem(signers, stamps));
    utimesSync(join(folder, 'C2PA-TRUST-LIST.pem'), 1, 1);
    expect((await load()).lists).toEqual(['official signer 2+0']);
  });
});

describe('a PEM file', () => {
  const code = (text: string) => {
    const answer = readPemCertificates(Buffer.from(text, 'latin1'));
    return 'fault' in answer ? answer.fault.code : answer.certificates.length;
  };
  const body = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;

  it.each([
    ['holds nothing', '', 'trust.empty'],
    ['is something else', '<html>not found</html>', 'trust.empty'],
    [
      'has a certificate of other bytes',
      body(Buffer.from('3003020101', 'hex').toString('base64')),
      'trust.certificate',
    ],
    ['has letters that are no base64', body('MII*'), 'trust.certificate'],
    // A pattern that allows blanks anywhere would take until the next day on these.
    ['has blanks without end', body(`${' '.repeat(200_000)}*`), 'trust.certificate'],
    ['has more blanks than a certificate', body(`${' '.repeat(4_000_000)}*`), 'trust.certificate'],
    ['has an empty certificate', body(''), 'trust.certificate'],
    ['ends inside a certificate', '-----BEGIN CERTIFICATE-----\nMIIB', 'trust.truncated'],
  ])('that %s is refused', (_name, text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it('with one broken certificate among good ones is refused whole', () => {
    const good = pem(signers);
    expect(code(good)).toBe(1);
    expect(code(good + body('MAMCAQE=') + good)).toBe('trust.certificate');
    const trailing = Buffer.concat([signers.der, Buffer.alloc(3)]).toString('base64');
    expect(code(body(trailing))).toBe('trust.certificate');
  });
});

describe('facts of the interim list', () => {
  const single = { holds: 'single', sha256: 'a'.repeat(64) };
  const read = (certificates: unknown) => readInterimFacts(Buffer.from(JSON.stringify({ certificates })));
  const anchor = () => ({
    ...{ holds: 'anchor', purpose: 'timestamp', sha256: 'b'.repeat(64), subject: 'O=Some\\, Inc.\nCN=Root' },
    publicKey: signers.certificate.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    ...{ validFrom: '2023-01-01T00:00:00Z', validUntil: '2043-01-01T00:00:00Z' },
  });

  it('keep anchors by purpose, with the parts of their names, and single signers apart', () => {
    const answer = read([anchor(), single]);
    if ('fault' in answer) throw new Error(answer.fault.code);
    const { anchors, allowed } = answer.facts;
    expect(anchors.signer).toEqual([]);
    expect(anchors.authority[0]?.profile?.subject).toEqual({
      commonName: 'Root',
      organisation: 'Some, Inc.',
    });
    expect([...allowed]).toEqual([single.sha256]);
  });

  it.each<[string, () => unknown, string]>([
    ['no list', () => ({}), 'trust.json'],
    ['a row without a key', () => [{ ...anchor(), publicKey: undefined }], 'trust.certificate'],
    ['a row without a date', () => [{ ...anchor(), validUntil: 'never' }], 'trust.certificate'],
    ['a row of another kind', () => [{ ...single, holds: 'other' }], 'trust.certificate'],
    [
      'a row too many',
      () => Array.from({ length: trustLimits.certificatesPerTrustFile + 1 }, () => single),
      'bound.entries',
    ],
  ])('are refused whole with %s', (_words, certificates, code) => {
    expect(read(certificates())).toMatchObject({ fault: { code } });
  });
});
