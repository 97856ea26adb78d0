import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carrying } from '../fixtures/build/carrying.js';
import { createInspector } from '../src/inspect/pool/create-inspector.js';
import { Metrics } from '../src/service/ops/metrics.js';
import { assay } from './cli/spawn-assay.js';
import { multipart, testApp } from './http/harness.js';

/**
 * Personal data planted in every container must not be in any output unless requested. The prompt is shown on purpose
 * (docs/inside.md, Masking), so secrets in it are those that masking recognizes by form.
 */

const PLANTED = {
  name: 'Zoralinde Quandtmeyer',
  serial: 'SN7741ZZ90218',
  email: 'zora.q@planted-mail.example',
  phone: '+49 30 5550 1234',
  account: 'planteduser:plantedpass@',
  home: '/home/zquandt/',
};
const PROMPT = `a harbour, mail ${PLANTED.email}, call ${PLANTED.phone}, from https://${PLANTED.account}host.example/, in ${PLANTED.home}a.png`;
const POSITION: [number, number] = [48.137154, 11.576124];
/** Times such as `T01:40:11.576Z` look like coordinates, and are none. */
const LEAKS =
  /Zoralinde|Quandtmeyer|SN7741ZZ90218|planted-mail|5550 1234|planteduser|plantedpass|zquandt|(?<!T\d\d:\d\d:|"responseTime":\d*)(48\.137|11\.576)/;
/** Returns the metrics without their values, such as seconds of processor time; names and labels stay. */
const withoutFigures = (metrics: string): string => metrics.replace(/ [-+\d.e]+$/gm, '');

let folder: string;
let files: string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-privacy-'));
  const words = {
    text: 'Example Tool',
    person: PLANTED.name,
    serial: PLANTED.serial,
    prompt: PROMPT,
    position: POSITION,
  };
  files = (await carrying(words)).map(({ ending, bytes }) => {
    const path = join(folder, `a.${ending}`);
    writeFileSync(path, bytes);
    return path;
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Returns all bytes of the files below a folder. */
function everythingIn(path: string): string {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

describe('what leads to a person', () => {
  it('stands in the files, and is shown to whoever asks for it', async () => {
    expect(files).toHaveLength(14);
    const { stdout } = await assay(['inspect', '--json', '--reveal', 'location,serial,names', ...files]);
    for (const word of [PLANTED.name, PLANTED.serial, PLANTED.email]) expect(stdout).toContain(word);
  });

  it.each([
    [['--json']],
    [[]],
    [['--full']],
    [['--json', '--engine', 'both']],
    [['--evidence']],
    [['--json', '--evidence']],
  ])('is in no output of inspect %j', async (options) => {
    const { code, stdout, stderr } = await assay(['inspect', ...options, ...files]);
    expect(code).toBe(0);
    // The one-page form has no room for a caption.
    expect(stdout).toContain(options.length > 0 ? 'a harbour' : 'You may not say');
    expect(LEAKS.exec(stdout)).toBeNull();
    expect(LEAKS.exec(stderr)).toBeNull();
  });

  it('is in no answer, log, database or folder of the service; after DELETE the report is at no address', async () => {
    const log: string[] = [];
    const inspector = createInspector({ jobs: 1 });
    const none = async () => ({ pending: 0, delivered: 0, dead: 0 });
    const metrics = new Metrics({
      queue: async () => ({ waiting: 0, running: 0 }),
      deliveries: none,
      oldestWaitingSeconds: async () => 0,
      lists: async () => [],
    });
    const { app, config, uploads } = await testApp({
      inspector,
      metrics,
      env: { ASSAY_LOG_LEVEL: 'trace' },
      log: { write: (line) => log.push(line) },
    });
    const said: string[] = [];
    try {
      for (const path of files) {
        const { payload, headers } = multipart([
          { name: 'file', filename: 'a', type: 'image/png', content: readFileSync(path) },
        ]);
        const posted = await app.inject({ method: 'POST', url: '/v1/inspections', payload, headers });
        expect(posted.statusCode).toBe(201);
        const at = String(posted.headers.location);
        const page = await app.inject({ url: at.replace('/v1', ''), headers: { accept: 'text/html' } });
        const evidence = await app.inject({ url: `${at}/evidence` });
        expect(evidence.statusCode).toBe(200);
        said.push(posted.body, page.body, evidence.body, (await app.inject({ url: at })).body);
        said.push((await app.inject({ url: `${at}/report.html` })).body);
        expect((await app.inject({ method: 'DELETE', url: at })).statusCode).toBe(204);
        expect((await app.inject({ url: at })).statusCode).toBe(404);
      }
      const figures = await app.inject({ url: '/metrics' });
      expect(figures.statusCode).toBe(200);
      said.push(withoutFigures(figures.body));
    } finally {
      await inspector.close();
    }
    expect(said.join('')).toContain('a harbour');
    expect(said.join('')).toContain('Metadata, field by field');
    expect(LEAKS.exec(said.join('\n'))).toBeNull();
    expect(LEAKS.exec(log.join(''))).toBeNull();
    expect(uploads()).toEqual([]);
    expect(LEAKS.exec(everythingIn(config.dataDir))).toBeNull();
  });
});
