import { expect, it } from 'vitest';
import type { StoredReport } from '../../src/core/report/report.js';
import type { CheckedPictures } from '../../src/inspect/checks/pictures-check.js';
import type { InspectRequest } from '../../src/inspect/pool/inspector.js';
import type { Fingerprints } from '../../src/matching/fingerprint.js';
import { LOCAL_TENANT } from '../../src/storage/access/scopes.js';
import { BROWSER, upload } from './harness.js';
import { alikeApp, fingerprint, PictureInspector, picture, turnedBits } from './similar-pictures.js';
import { startWorker } from './start-worker.js';
import { wholeUpload } from './tus.js';

const AT = '2026-11-25T10:00:00.000Z';
const content = 'the same bytes';
const send = async (app: Parameters<typeof upload>[0], name: string) => {
  const { headers } = await upload(app, [{ name: 'file', filename: name, content }]);
  return { id: String(headers['location']).split('/').at(-1) ?? '', from: headers['assay-cached'] };
};

/** Reports each file as a video. */
class VideoInspector extends PictureInspector {
  override async inspect(request: InspectRequest): Promise<StoredReport> {
    const report = await super.inspect(request);
    return { ...report, asset: { ...report.asset, kind: 'video' } };
  }
}

const film = (own: Buffer) => picture(own, { kind: 'video', seconds: 600 });
const beginning = { code: 'bound.fingerprintSeconds' as const, params: { seconds: 600 } };

it('a video has its pictures before it is compared, and the same bytes are compared once', async () => {
  const own = fingerprint();
  let end = () => {};
  const mayEnd = new Promise<void>((resolve) => {
    end = resolve;
  });
  const asked: string[] = [];
  const maker = {
    waiting: 0,
    make: async (request: { fingerprint?: boolean }): Promise<CheckedPictures> => {
      asked.push(request.fingerprint === true ? 'both' : 'pictures');
      return { made: [], missing: [{ kind: 'frame', code: 'fingerprint.none' }] };
    },
    fingerprint: async (): Promise<Fingerprints> => {
      asked.push('fingerprint');
      await mayEnd;
      return { made: [film(own)], missing: [], partly: [{ kind: 'video', ...beginning }] };
    },
    close: async () => undefined,
  };
  const test = await alikeApp({
    inspector: new VideoInspector(),
    pictureMaker: maker,
    fingerprintMaker: maker,
  });
  const { inspections, fingerprints } = test.stores;
  const first = await send(test.app, 'film.mp4');
  await expect.poll(() => asked.length).toBe(2);
  expect(asked).toEqual(['pictures', 'fingerprint']);
  expect(await inspections.getDerivative(LOCAL_TENANT, first.id, 'pictures')).toBeDefined();
  expect(await fingerprints.listIds(LOCAL_TENANT, { inspection: first.id })).toEqual([]);
  end();
  const state = async (id: string) =>
    (await test.app.inject({ url: `/v1/inspections/${id}/matches` })).json();
  await expect.poll(async () => (await state(first.id)).state).toBe('done');

  const second = await send(test.app, 'film.mp4');
  expect(second.from).toBe(first.id);
  await expect.poll(async () => (await state(second.id)).matches.length).toBe(1);
  expect(asked.filter((what) => what === 'fingerprint')).toHaveLength(1);
  const told = await state(second.id);
  const part = {
    ...{ kind: 'video', code: 'bound.fingerprintSeconds' },
    text: 'Its first 600 seconds were compared; what comes after them was not looked at.',
  };
  // Reasons of the query and of the stored file.
  expect(told.reasons).toEqual([{ ...part, partly: true }]);
  expect(told.matches).toMatchObject([{ inspection: first.id, distance: 0, partly: part }]);
  const page = await test.app.inject({ url: `/inspections/${second.id}`, headers: BROWSER });
  expect(page.body).toContain(`Compared in part: the frames. ${part.text}`);
  expect(page.body).toContain(`Only a part of the stored file can be compared. ${part.text}`);
  expect(page.body).not.toContain('Not compared: the frames');
});

it('a worker gives the result of a video before it is compared, and compares equal ones once', async () => {
  const own = fingerprint();
  let end = () => {};
  const mayEnd = new Promise<void>((resolve) => {
    end = resolve;
  });
  let asked = 0;
  const fingerprints = {
    waiting: 0,
    make: async (): Promise<CheckedPictures> => ({ made: [], missing: [] }),
    fingerprint: async (): Promise<Fingerprints> => {
      asked += 1;
      await mayEnd;
      return { made: [film(own)], missing: [] };
    },
  };
  const test = await alikeApp({ inspector: new VideoInspector(), env: { ASSAY_JOBS: '3' } });
  const items = [];
  for (const filename of ['film.mp4', 'film.mp4'])
    items.push({ upload: await wholeUpload(test.app, content, { filename }) });
  const made = await test.app.inject({ method: 'POST', url: '/v1/batches', payload: { items } });
  startWorker({ ...test, inspector: new VideoInspector() }, undefined, { fingerprintMaker: fingerprints });
  const batch = async () => (await test.app.inject({ url: `/v1/batches/${made.json().id}` })).json();
  await expect.poll(async () => (await batch()).counts.done).toBe(2);
  await expect.poll(() => asked).toBeGreaterThan(0);
  const { searchable } = await test.stores.fingerprints.counts(LOCAL_TENANT);
  // The files exist as long as one of them is being fingerprinted.
  expect([searchable, test.uploads().length, asked]).toEqual([0, 2, 1]);
  end();
  await expect.poll(async () => test.uploads()).toEqual([]);
  expect(await test.stores.fingerprints.counts(LOCAL_TENANT)).toMatchObject({ searchable: 2 });
  expect(asked).toBe(1);
});

it('what was done without for want of time is made for the next of the same bytes', async () => {
  const own = fingerprint();
  let waiting = 1_000_000;
  const maker = {
    get waiting() {
      return waiting;
    },
    make: async (): Promise<CheckedPictures> => ({ made: [], missing: [] }),
    fingerprint: async (): Promise<Fingerprints> => ({ made: [picture(own)], missing: [] }),
    close: async () => undefined,
  };
  const test = await alikeApp({ fingerprintMaker: maker });
  await test.seen('near.png', turnedBits(own, 3));
  const first = await send(test.app, 'one.png');
  const told = async (id: string) => (await test.app.inject({ url: `/v1/inspections/${id}/matches` })).json();
  await expect.poll(async () => (await told(first.id)).state).toBe('not-searchable');
  expect((await told(first.id)).reasons[0].code).toBe('fingerprint.busy');
  waiting = 0;
  const second = await send(test.app, 'one.png');
  expect(second.from).toBe(first.id);
  await expect.poll(async () => (await told(second.id)).state).toBe('done');
  expect((await told(second.id)).matches).toMatchObject([{ name: 'near.png', seen: { at: AT } }]);
});
