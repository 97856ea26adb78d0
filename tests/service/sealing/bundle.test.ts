import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { formatVerifierKey, signHead } from '../../../src/core/transparency-log/checkpoint.js';
import { createLeaf, formatLeaf, hashLeafText } from '../../../src/core/transparency-log/leaf.js';
import { inclusionProof, rootOf } from '../../../src/core/transparency-log/tree.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { formatDigestLines, sha256, toBagFile } from '../../../src/service/sealing/bag.js';
import { toReceivedBagFile } from '../../../src/service/sealing/contents.js';
import { buildLogFiles, type LogExtract } from '../../../src/service/sealing/log-tags.js';
import { type SealedBag, seal } from '../../../src/service/sealing/seal.js';
import { parseSigner } from '../../../src/service/sealing/signing.js';
import { type BundleProblemCode, parsePublicKey, verifyBag } from '../../../src/service/sealing/verify.js';
import { writeFolder, writeZip } from '../../../src/service/sealing/write.js';
import { standIn } from '../../support/program.js';
import { describeWith } from '../../support/system-parts.js';
import { share } from '../../support/whole.js';
import { type Authority, authority } from './authority.js';

const FILE = Buffer.from('any bytes, as they were received\r\n');
/** Certificates created now are valid by then. */
const AT = new Date(Math.ceil(Date.now() / 1000 + 60) * 1000);

let folder: string;
let tsa: Authority;
const at = (name: string) => join(folder, name);
const pem = (name: string) => readFileSync(at(name));

describeWith('openssl', 'a sealed bundle', (openssl) => {
  const run = (...args: string[]) => execFileSync(openssl, args, { stdio: 'pipe' });
  const newPair = (name: string, ...more: string[]) =>
    run(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '400'],
      ...['-subj', `/CN=${name} desk`, '-addext', 'extendedKeyUsage=emailProtection'],
      ...['-keyout', at(`${name}.key`), '-out', at(`${name}.pem`), ...more],
    );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assay-seal-'));
    writeFileSync(at('photo.JPG'), FILE);
    newPair('own');
    newPair('other');
    run('genpkey', '-algorithm', 'ed25519', '-out', at('ed.key'));
    run('pkey', '-in', at('ed.key'), '-pubout', '-out', at('ed.pub'));
    run('req', '-x509', '-key', at('ed.key'), '-days', '400', '-subj', '/CN=ed', '-out', at('ed.pem'));
    run('genrsa', '-out', at('rsa.key'), '2048');
    run('req', '-x509', '-key', at('rsa.key'), '-days', '400', '-subj', '/CN=rsa', '-out', at('rsa.pem'));
    tsa = await authority();
  });
  afterAll(async () => {
    await tsa.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const hash = sha256(FILE);
  const payload = (name = 'photo.JPG', digest = hash) => [
    toBagFile('data/report.json', `${JSON.stringify({ asset: { sha256: digest } })}\n`),
    toBagFile('data/finding.html', '<!doctype html>\n'),
    toReceivedBagFile(at('photo.JPG'), { bytes: FILE.length, sha256: hash, name }),
  ];
  const sealed = (key = 'own', more: { authority?: string; at?: Date } = {}): Promise<SealedBag> =>
    seal(
      { kind: 'full', identifier: `sha256:${hash}`, payload: payload() },
      {
        signer: parseSigner(pem(`${key}.key`), key === 'ed' ? undefined : pem(`${key}.pem`), more.at ?? AT),
        at: AT,
        speech: translatorFor('en'),
        ...more,
      },
    );

  /** Runs each command of its page unchanged. */
  const byTools = (bag: string): number[] =>
    readFileSync(join(bag, 'VERIFY.txt'), 'utf8')
      .split('\n')
      .filter((line) => /^(sha256sum|openssl|test|!) /.test(line))
      .map((line) => spawnSync('sh', ['-c', line], { cwd: bag, stdio: 'pipe' }).status ?? -1);

  describe.each([
    ['own', 'a certificate of P-256'],
    ['rsa', 'one of RSA'],
    ['ed', 'a key of Ed25519'],
  ])('by %s', (key) => {
    it('is found whole by the tools alone and by us, stamped or not, as a ZIP and as a folder', async () => {
      for (const authority of [undefined, tsa.address]) {
        const name = `${key}-${authority === undefined ? 'bare' : 'stamped'}`;
        const { files, stamp } = await sealed(key, authority === undefined ? {} : { authority });
        await writeFolder(files, at(name));
        await writeZip(files, 'bag', at(`${name}.zip`));
        const commands = byTools(at(name));
        expect(commands).toEqual(Array(authority === undefined ? 7 : 9).fill(0));
        for (const path of [at(name), at(`${name}.zip`)]) {
          const result = await verifyBag(path, {
            key: parsePublicKey(pem(key === 'ed' ? 'ed.pub' : `${key}.pem`)),
          });
          expect(result).toMatchObject({
            problems: [],
            kind: 'full',
            sealedAt: AT,
            payload: 3,
            sha256: hash,
          });
          expect(result.stamp?.at).toEqual(stamp?.at);
        }
      }
    });
  });

  it('is the same bytes each time but for what tells when', async () => {
    const [one, two] = [await sealed(), await sealed()];
    const same = ({ files }: SealedBag) =>
      files.filter(({ path }) => path.startsWith('data/') || path === 'manifest-sha256.txt');
    expect(same(one)).toEqual(same(two));
    await writeZip(one.files, 'bag', at('twice-1.zip'));
    await writeZip(one.files, 'bag', at('twice-2.zip'));
    expect(pem('twice-1.zip').equals(pem('twice-2.zip'))).toBe(true);
    expect(one.files.map(({ path }) => path)).toContain('data/file.jpg');
  });

  it('is not made of what does not go together, and leaves nothing', async () => {
    const made =
      (key: string, certificate: string | undefined, when = AT) =>
      () =>
        parseSigner(pem(key), certificate === undefined ? undefined : pem(certificate), when);
    const code = (code: string) => expect.objectContaining({ name: 'SealError', code });
    expect(made('own.key', 'other.pem')).toThrow(code('key'));
    expect(made('own.key', undefined)).toThrow(code('key'));
    expect(made('own.pem', 'own.pem')).toThrow(code('key'));
    expect(made('own.key', 'own.key')).toThrow(code('key'));
    expect(made('own.key', 'own.pem', new Date('2099-01-01'))).toThrow(code('expired'));
    const { files } = await sealed();
    writeFileSync(at('photo.JPG'), 'other bytes of another length');
    await expect(writeZip(files, 'bag', at('changed.zip'))).rejects.toEqual(code('file'));
    await expect(writeFolder(files, at('changed'))).rejects.toEqual(code('file'));
    expect([existsSync(at('changed.zip')), existsSync(at('changed'))]).toEqual([false, false]);
    // No partial file of the bundle remains either.
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
    writeFileSync(at('photo.JPG'), FILE);
    writeFileSync(at('there.zip'), 'mine');
    await expect(writeZip(files, 'bag', at('there.zip'))).rejects.toEqual(code('out'));
    await expect(writeFolder(files, at('there.zip'))).rejects.toEqual(code('out'));
    await expect(writeZip(files, 'bag', at('nowhere/a.zip'))).rejects.toEqual(code('out'));
    expect(readFileSync(at('there.zip'), 'utf8')).toBe('mine');
    for (const how of ['nonsense', 'another'] as const) {
      tsa.answers(how);
      await expect(sealed('own', { authority: tsa.address })).rejects.toEqual(code('authority'));
    }
    tsa.answers('well');
    await expect(sealed('own', { authority: 'http://127.0.0.1:1/' })).rejects.toEqual(code('authority'));
    await expect(sealed('own', { authority: 'file:///etc/passwd' })).rejects.toEqual(code('authority'));
  });

  it.each([
    ['a ZIP', 'slow.zip', writeZipAs],
    ['a folder', 'late', writeFolder],
  ] as const)('has its name as %s only when all of it is there', async (_what, name, write) => {
    // A file on a slow disk: a kill while it is read leaves the state at that time.
    const slow = new PassThrough();
    const handle = { createReadStream: () => slow } as unknown as FileHandle;
    const content = { from: at('photo.JPG'), handle };
    const file = { path: 'data/file.jpg', bytes: FILE.length, sha256: hash, content };
    const writing = write([toBagFile('bagit.txt', 'x'), file], at(name));
    const there = () => readdirSync(folder).filter((one) => one.includes(name));
    await expect.poll(there, { timeout: 60_000 }).toEqual([expect.stringMatching(/^\..*\.partial$/)]);
    slow.end(FILE);
    await writing;
    expect(there()).toEqual([name]);
  });

  /** Manipulations of a folder, the first message that each causes, and whether the commands on its page notice it. */
  const MANIPULATIONS: readonly [
    what: string,
    code: BundleProblemCode,
    byTools: boolean,
    how: (bag: string) => void,
  ][] = [
    ['a byte of the file', 'changed', true, (bag) => write(bag, 'data/file.jpg', (b) => b.with(3, 0x58))],
    ['the file cut', 'changed', true, (bag) => write(bag, 'data/file.jpg', (b) => b.subarray(0, 5))],
    ['the file longer', 'changed', true, (bag) => write(bag, 'data/file.jpg', (b) => Buffer.concat([b, b]))],
    [
      'line ends',
      'changed',
      true,
      (bag) => write(bag, 'data/file.jpg', (b) => b.filter((byte) => byte !== 13)),
    ],
    ['the Report', 'changed', true, (bag) => write(bag, 'data/report.json', (b) => b.with(2, 0x41))],
    ['the page', 'changed', true, (bag) => writeFileSync(join(bag, 'data/finding.html'), '')],
    ['the file gone', 'missing', true, (bag) => rmSync(join(bag, 'data/file.jpg'))],
    ['all of data/ gone', 'missing', true, (bag) => rmSync(join(bag, 'data'), { recursive: true })],
    ['one more file', 'added', true, (bag) => writeFileSync(join(bag, 'data/note.txt'), 'x')],
    ['one more deep', 'added', true, (bag) => deep(bag)],
    ['an empty one', 'added', true, (bag) => writeFileSync(join(bag, 'data/.hidden'), '')],
    ['an empty folder', 'added', true, (bag) => mkdirSync(join(bag, 'data/empty'))],
    ['an empty folder beside', 'added', true, (bag) => mkdirSync(join(bag, 'a/b'), { recursive: true })],
    ['one more beside', 'added', true, (bag) => writeFileSync(join(bag, 'README.txt'), 'x')],
    [
      'another name',
      'renamed',
      true,
      (bag) => renameSync(join(bag, 'data/file.jpg'), join(bag, 'data/file.png')),
    ],
    ['two names for each other', 'changed', true, (bag) => swap(bag)],
    ['a link to it', 'linked', true, (bag) => linked(bag, 'data/file.jpg')],
    ['a link out', 'linked', true, (bag) => symlinkSync('/etc/hostname', join(bag, 'data/host'))],
    ['a link in place of the list', 'linked', true, (bag) => linked(bag, 'manifest-sha256.txt')],
    ['the list of digests, fitting', 'changed', true, (bag) => relisted(bag)],
    ['both lists, fitting', 'signature', true, (bag) => relisted(bag, true)],
    [
      'a line of the list twice',
      'unreadable',
      true,
      (bag) => write(bag, 'manifest-sha256.txt', (b) => Buffer.concat([b, b])),
    ],
    ['a line less, and its file', 'changed', true, (bag) => unlisted(bag)],
    ['no list', 'missing', true, (bag) => rmSync(join(bag, 'manifest-sha256.txt'))],
    ['no list of the list', 'unsigned', true, (bag) => rmSync(join(bag, 'tagmanifest-sha256.txt'))],
    [
      'what it says of itself',
      'changed',
      true,
      (bag) => write(bag, 'bag-info.txt', (b) => Buffer.from(b.toString().replace('full', 'shareable'))),
    ],
    [
      'its page on how to check',
      'changed',
      true,
      (bag) => write(bag, 'VERIFY.txt', (b) => Buffer.concat([b, Buffer.from('\n')])),
    ],
    ['no signature', 'unsigned', true, (bag) => rmSync(join(bag, 'signature.p7s'))],
    [
      'the signature of another bundle',
      'signature',
      true,
      (bag) => cpSync(join(at('elsewhere'), 'signature.p7s'), join(bag, 'signature.p7s')),
    ],
    [
      'a byte of the signature',
      'signature',
      true,
      (bag) => write(bag, 'signature.p7s', (b) => b.with(b.length - 3, 1)),
    ],
    [
      'two signatures',
      'signature',
      true,
      (bag) => writeFileSync(join(bag, 'signature.sig'), Buffer.alloc(64)),
    ],
    [
      'sealed anew by somebody else',
      'otherKey',
      false,
      (bag) => cpSync(at('stranger'), bag, { recursive: true, force: true }),
    ],
    [
      'the timestamp of another bundle',
      'timestamp',
      true,
      (bag) => cpSync(join(at('elsewhere'), 'timestamp.tsr'), join(bag, 'timestamp.tsr')),
    ],
    ['no timestamp', 'missing', true, (bag) => rmSync(join(bag, 'timestamp.tsr'))],
    ['nonsense for a timestamp', 'timestamp', true, (bag) => writeFileSync(join(bag, 'timestamp.tsr'), 'x')],
    [
      'certificates that are not the authority’s',
      'changed',
      true,
      (bag) => cpSync(at('other.pem'), join(bag, 'timestamp-certificates.pem')),
    ],
    [
      'no certificates of the authority',
      'missing',
      true,
      (bag) => rmSync(join(bag, 'timestamp-certificates.pem')),
    ],
    [
      'a certificate in place of its own',
      'changed',
      true,
      (bag) => cpSync(at('other.pem'), join(bag, 'certificates.pem')),
    ],
  ];

  it(`shows each of ${MANIPULATIONS.length} manipulations, by the tools alone where they can`, async () => {
    const [bag, elsewhere] = [
      await sealed('own', { authority: tsa.address }),
      await sealed('own', { authority: tsa.address, at: new Date(AT.getTime() + 1000) }),
    ];
    const stranger = await sealed('other', { authority: tsa.address });
    await writeFolder(bag.files, at('good'));
    await writeFolder(elsewhere.files, at('elsewhere'));
    await writeFolder(stranger.files, at('stranger'));
    const key = parsePublicKey(pem('own.pem'));
    const shown: unknown[] = [];
    // Each runs seven programs, so only a share is tested per run.
    const byHand = share(
      MANIPULATIONS.map(([what]) => what),
      3,
    );
    for (const [at2, [what, , tools, how]] of MANIPULATIONS.entries()) {
      const copy = at(`manipulated-${at2}`);
      cpSync(at('good'), copy, { recursive: true });
      how(copy);
      const { problems } = await verifyBag(copy, { key });
      const noticed = byHand.includes(what) ? byTools(copy).some((code) => code !== 0) : tools;
      shown.push([what, problems[0]?.code, noticed]);
    }
    expect(shown).toEqual(MANIPULATIONS.map(([what, code, tools]) => [what, code, tools]));
  });

  it('has each link and empty folder named by the commands of its own page', async () => {
    await writeFolder((await sealed()).files, at('with-links'));
    linked(at('with-links'), 'data/file.jpg');
    mkdirSync(join(at('with-links'), 'data/empty'));
    const lines = readFileSync(join(at('with-links'), 'VERIFY.txt'), 'utf8').split('\n');
    const named = lines
      .filter((line) => line.startsWith('! find'))
      .map((line) => spawnSync('sh', ['-c', line], { cwd: at('with-links'), encoding: 'utf8' }))
      .map(({ status, stdout }) => [status, stdout]);
    expect(named).toEqual([
      [1, './data/file.jpg\n'],
      [1, './data/empty\n'],
    ]);
    // Its digests match the target of the link, so they alone reveal nothing.
    const digests = spawnSync('sh', ['-c', 'sha256sum -c manifest-sha256.txt'], { cwd: at('with-links') });
    expect(digests.status).toBe(0);
  });

  describe('as a ZIP', () => {
    const zipOf = async (name: string, entries: Record<string, Buffer | { link: string }>) => {
      const zip = new ZipFile();
      for (const [path, content] of Object.entries(entries))
        if (Buffer.isBuffer(content)) zip.addBuffer(content, path);
        else zip.addBuffer(Buffer.from(content.link), path, { mode: 0o120777 });
      zip.end();
      const pieces: Buffer[] = [];
      for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
      return { path: at(name), bytes: Buffer.concat(pieces) };
    };
    const entriesOf = ({ files }: SealedBag) =>
      Object.fromEntries(
        files.map(({ path, content }) => [`bag/${path}`, Buffer.isBuffer(content) ? content : FILE]),
      );

    it.each([
      ['a name that leads out', 'slipped', 'bag/aa/evil.txt', '../../evil.txt!'.slice(0, 15)],
      ['an absolute name', 'slipped', 'bag/aa/evil.txt', '/tmp/aa/evil.tx'],
      ['a name of another system', 'slipped', 'bag/aa/evil.txt', 'C:\\aaaa\\evil.tx'],
      ['what stands beside the bag', 'slipped', 'bag/aa/evil.txt', 'gab/aa/evil.txt'],
    ])('%s', async (_what, code, plain, name) => {
      const { path, bytes } = await zipOf('slipped.zip', {
        ...entriesOf(await sealed()),
        [plain]: Buffer.from('x'),
      });
      // A ZIP library refuses to write such a name, so it is patched in afterwards.
      writeFileSync(path, Buffer.from(bytes.toString('latin1').replaceAll(plain, name), 'latin1'));
      expect((await verifyBag(path)).problems[0]).toEqual({ code, path: name });
    });

    it('a name twice, and a link', async () => {
      const entries = entriesOf(await sealed());
      const twice = await zipOf('twice.zip', { ...entries, 'bag/bagix.txt': Buffer.from('x') });
      writeFileSync(
        twice.path,
        Buffer.from(twice.bytes.toString('latin1').replaceAll('bagix', 'bagit'), 'latin1'),
      );
      expect((await verifyBag(twice.path)).problems[0]?.code).toBe('slipped');
      const { path, bytes } = await zipOf('link.zip', {
        ...entries,
        'bag/data/link': { link: '/etc/passwd' },
      });
      writeFileSync(path, bytes);
      expect((await verifyBag(path)).problems[0]).toEqual({ code: 'linked', path: 'data/link' });
    });

    it.each([
      ['a comment', (zip: Buffer) => commented(zip, 'not signed'), 10],
      ['bytes in front', (zip: Buffer) => moved(zip, 0, 'in front'), 8],
      ['bytes between', (zip: Buffer) => moved(zip, zip.indexOf('PK\x03\x04', 4), 'between'), 7],
      ['bytes before its directory', (zip: Buffer) => moved(zip, zip.indexOf('PK\x01\x02'), 'before it'), 9],
    ])('says that it holds %s over which nothing is signed', async (_what, how, bytes) => {
      await writeZip((await sealed()).files, 'bag', at(`spare-${bytes}.zip`));
      const zip = readFileSync(at(`spare-${bytes}.zip`));
      expect((await verifyBag(at(`spare-${bytes}.zip`))).problems).toEqual([]);
      writeFileSync(at('spare.zip'), how(zip));
      expect((await verifyBag(at('spare.zip'))).problems).toEqual([{ code: 'spare', bytes }]);
    });

    it('says which folder was added in which there is no file, and nothing of those that hold one', async () => {
      const entries = entriesOf(await sealed());
      const withFolders = async (...folders: string[]) => {
        const zip = new ZipFile();
        for (const folder of folders) zip.addEmptyDirectory(folder);
        for (const [path, content] of Object.entries(entries)) zip.addBuffer(content, path);
        zip.end();
        const pieces: Buffer[] = [];
        for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
        writeFileSync(at('folders.zip'), Buffer.concat(pieces));
        return (await verifyBag(at('folders.zip'))).problems;
      };
      // Repacks the folder as another program would.
      expect(await withFolders('bag', 'bag/data')).toEqual([]);
      expect(await withFolders('bag', 'bag/data/empty')).toEqual([{ code: 'added', path: 'data/empty/' }]);
      expect(await withFolders('elsewhere')).toEqual([{ code: 'slipped', path: 'elsewhere/' }]);
    });

    it('says that a file has another name for programs that read it as it comes', async () => {
      await writeZip((await sealed()).files, 'bag', at('named.zip'));
      const zip = readFileSync(at('named.zip'));
      const name = 'bag/data/finding.html';
      // Changes only the local header, not the directory.
      zip.write('../../../evil.html!!!'.slice(0, name.length), zip.indexOf(name));
      writeFileSync(at('named.zip'), zip);
      expect((await verifyBag(at('named.zip'))).problems).toEqual([
        { code: 'slipped', path: '../../../evil.html!!!'.slice(0, name.length) },
      ]);
    });

    it('is refused where a few bytes of it stand for many files', async () => {
      const more = Object.fromEntries(
        Array.from({ length: 9 }, (_, n) => [`bag/data/${n}`, Buffer.alloc(0)]),
      );
      const { path, bytes } = await zipOf('bomb.zip', { ...entriesOf(await sealed()), ...more });
      const first = bytes.indexOf('PK\x01\x02');
      for (let entry = first; entry !== -1; entry = bytes.indexOf('PK\x01\x02', entry + 4))
        // Compressed size in the entry of the central directory.
        if (bytes.readUInt32LE(entry + 20) < 3) bytes.writeUInt32LE(bytes.length >> 2, entry + 20);
      writeFileSync(path, bytes);
      const refused = { name: 'SealError', code: 'bundle', cause: undefined };
      await expect(verifyBag(path)).rejects.toMatchObject(refused);
    });

    it('is refused where it is none', async () => {
      writeFileSync(at('none.zip'), 'PK');
      const { path, bytes } = await zipOf('plain.zip', { 'a.txt': FILE });
      writeFileSync(path, bytes);
      for (const none of [at('none.zip'), path, folder])
        await expect(verifyBag(none)).rejects.toMatchObject({ name: 'SealError', code: 'bundle' });
      await expect(verifyBag(at('nothing'))).rejects.toMatchObject({ name: 'SealError', code: 'notRead' });
    });
  });

  it('says where the signer was not valid when it was sealed', async () => {
    const bag = await seal(
      { kind: 'full', identifier: `sha256:${hash}`, payload: payload() },
      {
        signer: parseSigner(pem('own.key'), pem('own.pem'), AT),
        at: new Date('2098-01-01'),
        speech: translatorFor('en'),
      },
    );
    await writeFolder(bag.files, at('not-valid'));
    expect((await verifyBag(at('not-valid'))).problems).toEqual([{ code: 'expired' }]);
    expect(byTools(at('not-valid')).some((code) => code !== 0)).toBe(true);
  });

  it('says what it says of itself and does not hold, and what is there and cannot be read', async () => {
    const signer = parseSigner(pem('own.key'), pem('own.pem'), AT);
    const how = { signer, at: AT, speech: translatorFor('en') };
    const [report, page] = payload();
    const bare = await seal(
      {
        kind: 'full',
        identifier: `sha256:${hash}`,
        payload: [report, page].filter((one) => one !== undefined),
      },
      how,
    );
    await writeFolder(bare.files, at('no-file'));
    expect((await verifyBag(at('no-file'))).problems).toEqual([{ code: 'missing', path: 'data/file' }]);
    const none = await seal(
      { kind: 'shareable', identifier: `sha256:${hash}`, payload: [page].filter((one) => one !== undefined) },
      how,
    );
    await writeFolder(none.files, at('no-report'));
    expect((await verifyBag(at('no-report'))).problems).toEqual([
      { code: 'missing', path: 'data/report.json' },
    ]);
    await writeFolder((await sealed()).files, at('long'));
    writeFileSync(at('long/signature.p7s'), Buffer.alloc(5 * 1024 ** 2));
    expect((await verifyBag(at('long'))).problems.map(({ code, path }) => [code, path])).toEqual([
      ['unreadable', 'signature.p7s'],
      ['unsigned', undefined],
    ]);
  });

  describe('with an extract of a log', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const name = 'assay.example.org/local';
    const extract = (): LogExtract => {
      const events = ['inspection.received', 'inspection.viewed', 'inspection.viewed'].map(
        (action, index) => {
          const person = { who: 'Ada Example', keyId: 'key-1', salt: 'c2FsdA==' };
          return {
            leaf: createLeaf({ tenant: 'local', at: AT.toISOString(), action, subject: 'id' }, index, person),
            person,
          };
        },
      );
      const hashes = events.map(({ leaf }) => hashLeafText(formatLeaf(leaf)));
      const head = { origin: name, size: hashes.length, root: rootOf(hashes) };
      return {
        schema: 'assay.log/1',
        origin: name,
        verifierKey: formatVerifierKey(name, publicKey),
        checkpoint: signHead(head, name, privateKey, publicKey),
        leaves: events.slice(0, 2).map(({ leaf, person }, index) => ({
          ...{ index, leaf, person },
          proof: inclusionProof(hashes, index).map((one) => one.toString('base64')),
        })),
      };
    };
    const withLog = (persons: boolean) =>
      seal(
        {
          kind: 'full',
          identifier: `sha256:${hash}`,
          payload: payload(),
          tags: buildLogFiles(extract(), { persons }),
        },
        { signer: parseSigner(pem('own.key'), pem('own.pem'), AT), at: AT, speech: translatorFor('en') },
      );

    it('is checked by OpenSSL as its page says, and entry by entry by us', async () => {
      const { files } = await withLog(true);
      await writeFolder(files, at('log'));
      expect(byTools(at('log'))).toEqual(Array(8).fill(0));
      const found = await verifyBag(at('log'));
      expect(found).toMatchObject({ problems: [], log: { origin: name, size: 3, leaves: 2 } });
      expect(readFileSync(at('log/log.json'), 'utf8')).toContain('Ada Example');
      const bare = await withLog(false);
      const text = bare.files.map(({ content }) =>
        Buffer.isBuffer(content) ? content.toString('latin1') : '',
      );
      expect(text.join('')).not.toMatch(/Ada Example|key-1|c2FsdA==/);
      await writeFolder(bare.files, at('log-bare'));
      expect((await verifyBag(at('log-bare'))).problems).toEqual([]);
    });

    it.each([
      ['an entry that says something else', 'log.json', (text: string) => text.replace('viewed', 'deleted')],
      [
        'a proof of another',
        'log.json',
        (text: string) => text.replace(/(?<="proof":\[")./, (first) => (first === 'A' ? 'B' : 'A')),
      ],
      ['another head beside it', 'log-head.txt', (text: string) => text.replace('\n3\n', '\n4\n')],
      ['another key beside it', 'log-key.pem', () => readFileSync(at('ed.pub'), 'utf8')],
    ])('%s does not hold, though whoever holds the key sealed it', async (_what, path, how) => {
      const tags = buildLogFiles(extract(), { persons: true }).map((one) =>
        one.path === path ? toBagFile(path, how(String(one.content))) : one,
      );
      const { files } = await seal(
        { kind: 'full', identifier: `sha256:${hash}`, payload: payload(), tags },
        { signer: parseSigner(pem('own.key'), pem('own.pem'), AT), at: AT, speech: translatorFor('en') },
      );
      const bag = at(`log-${_what.replaceAll(' ', '-')}`);
      await writeFolder(files, bag);
      expect((await verifyBag(bag)).problems).toEqual([{ code: 'log', path }]);
    });
  });

  it('of a case has each Report held against the file beside it', async () => {
    const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
    const under = `data/inspections/${id}/`;
    const sealCase = (digest: string) =>
      seal(
        {
          kind: 'full',
          identifier: 'case:7',
          payload: [
            toBagFile('data/case.json', '{}\n'),
            toBagFile(`${under}report.json`, JSON.stringify({ asset: { sha256: digest } })),
            toReceivedBagFile(
              at('photo.JPG'),
              { bytes: FILE.length, sha256: hash, name: 'photo.JPG' },
              under,
            ),
          ],
        },
        { signer: parseSigner(pem('own.key'), pem('own.pem'), AT), at: AT, speech: translatorFor('en') },
      );
    await writeFolder((await sealCase(hash)).files, at('case'));
    expect(await verifyBag(at('case'))).toMatchObject({ problems: [], inspections: 1 });
    await writeFolder((await sealCase(sha256(Buffer.from('another')))).files, at('case-other'));
    const problem = { code: 'contradiction', path: `${under}file.jpg` };
    expect((await verifyBag(at('case-other'))).problems).toEqual([problem]);
  });

  it('is found by a link to it, and told as unread where the system does not let it be read', async () => {
    await writeFolder((await sealed()).files, at('linked-to'));
    symlinkSync(at('linked-to'), at('a-link'));
    expect((await verifyBag(at('a-link'))).problems).toEqual([]);
    const deep = 'x'.repeat(300);
    const unread = expect.objectContaining({ name: 'SealError', code: 'notRead' });
    await expect(verifyBag(at(deep))).rejects.toEqual(unread);
  });

  it('is not told as changed where the system keeps whoever checks it out of a file', async () => {
    await writeFolder((await sealed()).files, at('kept-out'));
    // The parent folder of these tests is accessible to its owner only.
    chmodSync(folder, 0o755);
    const asNobody = (name: string) => {
      chmodSync(join(at('kept-out'), name), 0o000);
      const said = execFileSync(process.execPath, [standIn('reads-as-nobody'), at('kept-out')], {
        encoding: 'utf8',
      });
      chmodSync(join(at('kept-out'), name), 0o644);
      return JSON.parse(said);
    };
    expect(asNobody('data/file.jpg')).toEqual({ problems: [{ code: 'notRead', path: 'data/file.jpg' }] });
    // Without the manifest there is nothing to verify the rest against.
    expect(asNobody('tagmanifest-sha256.txt')).toEqual({ refused: 'notRead' });
  });

  it('has no timestamp where whoever sealed it says that there is none', async () => {
    await writeFolder((await sealed()).files, at('unstamped'));
    await writeFolder((await sealed('own', { authority: tsa.address })).files, at('stamped-other'));
    for (const name of ['timestamp.tsr', 'timestamp-certificates.pem'])
      cpSync(join(at('stamped-other'), name), join(at('unstamped'), name));
    const { problems, stamp } = await verifyBag(at('unstamped'));
    expect([problems.map(({ code, path }) => [code, path]), stamp]).toEqual([
      [
        ['added', 'timestamp.tsr'],
        ['added', 'timestamp-certificates.pem'],
      ],
      undefined,
    ]);
    expect(byTools(at('unstamped')).some((code) => code !== 0)).toBe(true);
  });

  it('names, where a key signs for itself, that key and not its certificate', async () => {
    const signer = parseSigner(pem('ed.key'), pem('ed.pem'), AT);
    const of = { kind: 'full', identifier: `sha256:${hash}`, payload: payload() } as const;
    await writeFolder((await seal(of, { signer, at: AT, speech: translatorFor('en') })).files, at('ed-cert'));
    const { problems, signer: found } = await verifyBag(at('ed-cert'));
    expect([problems, found?.kind]).toEqual([[], 'ed25519']);
    expect(readFileSync(at('ed-cert/VERIFY.txt'), 'utf8')).toContain(found?.fingerprint);
    expect(byTools(at('ed-cert'))).toEqual(Array(7).fill(0));
  });

  it('says where its Report is about another file', async () => {
    const signer = parseSigner(pem('own.key'), pem('own.pem'), AT);
    const how = { signer, at: AT, speech: translatorFor('en') };
    const other = payload('photo.JPG', sha256(Buffer.from('another')));
    await writeFolder(
      (await seal({ kind: 'full', identifier: `sha256:${hash}`, payload: other }, how)).files,
      at('about'),
    );
    expect((await verifyBag(at('about'))).problems).toEqual([
      { code: 'contradiction', path: 'data/report.json' },
    ]);
    // If a file was changed until it is unreadable, its subject is unknown.
    write(at('about'), 'data/report.json', (bytes) => bytes.subarray(1));
    expect((await verifyBag(at('about'))).problems).toEqual([{ code: 'changed', path: 'data/report.json' }]);
  });
});

const writeZipAs = (files: Parameters<typeof writeZip>[0], out: string) => writeZip(files, 'bag', out);

const write = (bag: string, path: string, how: (bytes: Buffer) => Uint8Array) =>
  writeFileSync(join(bag, path), how(readFileSync(join(bag, path))));

function deep(bag: string): void {
  mkdirSync(join(bag, 'data/a/b'), { recursive: true });
  writeFileSync(join(bag, 'data/a/b/c.txt'), 'x');
}

function swap(bag: string): void {
  const [one, other] = ['data/report.json', 'data/finding.html'].map((path) => readFileSync(join(bag, path)));
  writeFileSync(join(bag, 'data/report.json'), other ?? '');
  writeFileSync(join(bag, 'data/finding.html'), one ?? '');
}

/** Returns a ZIP with a comment (APPNOTE 4.3.16). */
function commented(zip: Buffer, comment: string): Buffer {
  const longer = Buffer.concat([zip, Buffer.from(comment)]);
  longer.writeUInt16LE(comment.length, zip.length - 2);
  return longer;
}

/** Inserts bytes and adjusts every later offset, so that any program reads the ZIP as before. */
function moved(zip: Buffer, place: number, bytes: string): Buffer {
  const more = bytes.length;
  const longer = Buffer.concat([zip.subarray(0, place), Buffer.from(bytes), zip.subarray(place)]);
  for (let at = longer.indexOf('PK\x01\x02'); at !== -1; at = longer.indexOf('PK\x01\x02', at + 4)) {
    const offset = longer.readUInt32LE(at + 42);
    if (offset >= place) longer.writeUInt32LE(offset + more, at + 42);
  }
  const end = longer.length - 22;
  longer.writeUInt32LE(longer.readUInt32LE(end + 16) + more, end + 16);
  return longer;
}

function linked(bag: string, path: string): void {
  renameSync(join(bag, path), `${bag}.moved`);
  symlinkSync(`${bag}.moved`, join(bag, path));
}

const entryOf = (bag: string, path: string) => ({ path, sha256: sha256(readFileSync(join(bag, path))) });

/** Updates the digest list to a changed file; `all`: the list of the list too. */
function relisted(bag: string, all = false): void {
  writeFileSync(join(bag, 'data/file.jpg'), 'another file');
  const list = (name: string, changed: string) =>
    writeFileSync(
      join(bag, name),
      formatDigestLines(
        readFileSync(join(bag, name), 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => line.slice(66))
          .map((path) => (path === changed ? entryOf(bag, path) : entryOf(bag, path))),
      ),
    );
  list('manifest-sha256.txt', 'data/file.jpg');
  if (all) list('tagmanifest-sha256.txt', 'manifest-sha256.txt');
}

function unlisted(bag: string): void {
  rmSync(join(bag, 'data/file.jpg'));
  const path = join(bag, 'manifest-sha256.txt');
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, lines.filter((line) => !line.endsWith('file.jpg')).join('\n'));
}
