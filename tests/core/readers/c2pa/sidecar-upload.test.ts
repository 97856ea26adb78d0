import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { listSidecars } from '../../../../src/core/media/sidecars.js';
import type { Inspector } from '../../../../src/inspect/pool/inspector.js';
import { computeAnswerKey } from '../../../../src/service/inspections/answer-key.js';
import { onePart, shellReport, testApp, upload } from '../../../http/harness.js';

const sidecar = (content: string | Buffer = 'a store', filename = 'a.c2pa') => ({
  name: 'sidecar',
  filename,
  type: 'application/c2pa',
  content,
});

const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>';

const init = (content: string | Buffer = 'a head', filename = 'init.mp4') => ({
  name: 'init',
  filename,
  type: 'video/mp4',
  content,
});

/** Contents at the paths when they were passed on. */
interface Seen {
  file: string;
  sidecar: string | undefined;
  init?: string;
}

function recording(): { inspector: Inspector; seen: Seen[] } {
  const seen: Seen[] = [];
  return {
    seen,
    inspector: {
      async inspect(request) {
        const { path, sidecarPath, initPath } = request;
        seen.push({
          file: await readFile(path, 'utf8'),
          sidecar: sidecarPath === undefined ? undefined : readFileSync(sidecarPath, 'utf8'),
          ...(initPath === undefined ? {} : { init: readFileSync(initPath, 'utf8') }),
        });
        return shellReport(request, Buffer.alloc(1));
      },
      close: async () => {},
    },
  };
}

describe('an upload with a sidecar', () => {
  it.each([
    ['after the file', [onePart(), sidecar()]],
    ['before the file', [sidecar(), onePart()]],
  ])('hands both over and keeps neither: %s', async (_words, parts) => {
    const { inspector, seen } = recording();
    const { app, uploads } = await testApp({ inspector });
    expect((await upload(app, parts)).statusCode).toBe(201);
    expect(seen).toEqual([{ file: 'some bytes', sidecar: 'a store' }]);
    expect(uploads()).toEqual([]);
  });

  it('and others: they come as one, in their order', async () => {
    const inspector: Inspector = {
      async inspect(request) {
        const { store, xmp } = await listSidecars(request.sidecarPath ?? '');
        runs.push(...[store, ...xmp].map((one) => [one?.offset, one?.bytes]));
        return shellReport(request, Buffer.alloc(1));
      },
      close: async () => {},
    };
    const runs: unknown[] = [];
    const { app, uploads } = await testApp({ inspector });
    const parts = [sidecar(XMP, 'a.xmp'), onePart(), sidecar(), sidecar(XMP, 'b.xmp'), sidecar('', '')];
    expect((await upload(app, parts)).statusCode).toBe(201);
    expect(runs).toEqual([
      [XMP.length, 7],
      [0, XMP.length],
      [XMP.length + 7, XMP.length],
    ]);
    expect(uploads()).toEqual([]);
  });

  it('left empty by a form is none', async () => {
    const { inspector, seen } = recording();
    const { app, uploads } = await testApp({ inspector });
    expect((await upload(app, [onePart(), sidecar('', '')])).statusCode).toBe(201);
    expect(seen).toEqual([{ file: 'some bytes', sidecar: undefined }]);
    expect(uploads()).toEqual([]);
  });

  it.each([
    ['two manifest stores', [onePart(), sidecar(), sidecar()], 400, 'bad-field'],
    ['nine of XMP', [onePart(), ...Array.from({ length: 9 }, () => sidecar(XMP, 'a.xmp'))], 400, 'bad-field'],
    [
      'one more than may come',
      [onePart(), ...Array.from({ length: 10 }, () => sidecar('<', 'a'))],
      400,
      'bad-field',
    ],
    [
      'together larger than a file may be',
      [onePart(), sidecar(XMP.padEnd(600)), sidecar('a'.repeat(600))],
      413,
      'too-large',
    ],
    ['that is an empty file', [onePart(), sidecar('')], 400, 'bad-field'],
    ['that is a text field', [onePart(), { name: 'sidecar', content: 'a' }], 400, 'bad-field'],
    ['without a file', [sidecar()], 400, 'file-missing'],
    ['larger than a file may be', [onePart(), sidecar(Buffer.alloc(2_000))], 413, 'too-large'],
  ])('is refused: %s', async (_words, parts, status, code) => {
    const { app, uploads, inspector } = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '1000' } });
    const answer = await upload(app, parts);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code });
    expect(inspector.requests).toEqual([]);
    expect(uploads()).toEqual([]);
  });
});

describe('an upload with an init segment', () => {
  it.each([
    ['after the file', [onePart(), init()]],
    ['before the file', [init(), onePart()]],
  ])('hands both over and keeps neither: %s', async (_words, parts) => {
    const { inspector, seen } = recording();
    const { app, uploads } = await testApp({ inspector });
    expect((await upload(app, parts)).statusCode).toBe(201);
    expect(seen).toEqual([{ file: 'some bytes', sidecar: undefined, init: 'a head' }]);
    expect(uploads()).toEqual([]);
  });

  it('takes sidecars too, in any order', async () => {
    const { inspector, seen } = recording();
    const { app, uploads } = await testApp({ inspector });
    const parts = [sidecar(XMP, 'a.xmp'), init(), sidecar(XMP, 'b.xmp'), onePart()];
    expect((await upload(app, parts)).statusCode).toBe(201);
    expect(seen).toMatchObject([{ file: 'some bytes', init: 'a head' }]);
    expect(seen[0]?.sidecar?.startsWith(XMP + XMP)).toBe(true);
    expect(uploads()).toEqual([]);
  });

  it('takes as many of them as a file alone, and one more is refused by what it is', async () => {
    const { app } = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '1000' } });
    const many = Array.from({ length: 10 }, () => sidecar('<x:xmpmeta/>', 'a'));
    const answer = await upload(app, [onePart(), init(), ...many]);
    expect(answer.json()).toMatchObject({ code: 'bad-field', errors: [{ pointer: '/sidecar' }] });
  });

  it('has an answer of its own, for each one that it comes with', () => {
    const ask = { name: 'a', asOf: '2026-11-25', engine: 'auto', hasSidecar: false } as const;
    const versions = { tool: '1', engines: [], lists: [], rulebooks: [], programs: [] };
    const withInit = { ...ask, hasInit: true } as const;
    const keys = [
      computeAnswerKey(ask, versions),
      computeAnswerKey({ ...ask, hasSidecar: true }, versions, { sidecarSha256: 'a' }),
      computeAnswerKey(withInit, versions, { initSha256: 'a' }),
      computeAnswerKey(withInit, versions, { initSha256: 'b' }),
      computeAnswerKey(withInit, versions),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ['given twice', [onePart(), init(), init()], 400, 'bad-field'],
    ['that is an empty file', [onePart(), init('')], 400, 'bad-field'],
    ['that is a text field', [onePart(), { name: 'init', content: 'a' }], 400, 'bad-field'],
    ['without a file', [init()], 400, 'file-missing'],
    ['larger than a file may be', [onePart(), init(Buffer.alloc(2_000))], 413, 'too-large'],
  ])('is refused: %s', async (_words, parts, status, code) => {
    const { app, uploads, inspector } = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '1000' } });
    const answer = await upload(app, parts);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code });
    expect(inspector.requests).toEqual([]);
    expect(uploads()).toEqual([]);
  });
});
