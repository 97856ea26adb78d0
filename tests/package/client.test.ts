import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launched } from '../cli/launched.js';
import { fixture } from '../cli/spawn-assay.js';
import { temporaryDirectory } from '../http/posting.js';
import { installed, pack } from './packed.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const CLIENT = join(ROOT, 'clients/typescript');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

let folder: string;
let home: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-client-package-'));
  const staged = join(folder, 'staged');
  await run(process.execPath, [TSC, '-p', CLIENT, '--outDir', join(staged, 'dist')]);
  for (const name of ['package.json', 'README.md']) cpSync(join(CLIENT, name), join(staged, name));
  home = await installed(join(folder, 'home'), [await pack(staged, folder)]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the client’s package, installed from its tarball into an empty folder', () => {
  it('asks a service that was started: a file, a large one, many, and its end', async () => {
    const { url } = await launched('serve', {
      ASSAY_DATA_DIR: temporaryDirectory(),
      ASSAY_SELF_TEST: 'skip',
      ASSAY_LOG_LEVEL: 'silent',
    });
    writeFileSync(
      join(home, 'asks.js'),
      `import { readFileSync } from 'node:fs';
      import { AssayClient } from '@assay/client';
      const assay = new AssayClient({ url: ${JSON.stringify(url)} });
      const file = new Blob([readFileSync(${JSON.stringify(fixture('c2pa/jpeg-c2pa-trained.jpg'))})]);
      const made = await assay.inspect(file, { name: 'a.jpg' });
      const later = await assay.inspectUpload(await assay.upload(file, { name: 'b.jpg', partBytes: 3_000 }));
      const ended = await assay.ended(later.id);
      const { id } = await assay.batch([{ upload: await assay.upload(file, { name: 'c.jpg' }) }]);
      const { status } = await assay.batchEnded(id);
      const names = [];
      for await (const one of assay.batchResults(id)) names.push(one.report.asset.name);
      console.log(made.report.summary.origin, ended.report.asset.name, status, names.join());`,
    );
    const { stdout, stderr } = await run(process.execPath, ['asks.js'], { cwd: home });
    expect([stdout, stderr]).toEqual(['ai-generated b.jpg done c.jpg\n', '']);
  });

  it.each([
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ])('has types that hold for module %s with resolution %s', async (module, resolution) => {
    writeFileSync(
      join(home, 'uses.ts'),
      `import { AssayClient, type Report, webhookMessage } from '@assay/client';
      const assay = new AssayClient({ url: 'http://127.0.0.1:8080' });
      const made = await assay.inspect(new Blob([]), { name: 'a.jpg', signal: AbortSignal.timeout(1) });
      const report: Report | undefined = 'report' in made ? made.report : (await assay.ended(made.id)).report;
      const message = webhookMessage('', new Headers(), 'whsec_');
      console.log(report?.summary.origin, message.data.id);
      // @ts-expect-error: no such operation
      await assay.call('dropEverything');\n`,
    );
    const how = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable'];
    const args = [
      TSC,
      ...how,
      '--types',
      '',
      '--module',
      module,
      '--moduleResolution',
      resolution,
      'uses.ts',
    ];
    const { stdout } = await run(process.execPath, args, { cwd: home }).catch((error) => error);
    expect(stdout).toBe('');
  });

  it('is of the version of the service that it was made from', () => {
    const versionOf = (path: string) => JSON.parse(readFileSync(path, 'utf8')).version;
    expect(versionOf(join(CLIENT, 'package.json'))).toBe(versionOf(join(ROOT, 'package.json')));
  });
});
