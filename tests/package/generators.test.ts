import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launched } from '../cli/launched.js';
import { assay, fixture } from '../cli/spawn-assay.js';
import { temporaryDirectory } from '../http/posting.js';
import { describeWhere } from '../support/system-parts.js';
import { share } from '../support/whole.js';
import { installed, npm } from './packed.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
/**
 * The generators are no parts of Assay, so each run installs one of them into a temporary folder; the commit number
 * selects which.
 */
const TOOLS = share(['swagger-typescript-api@13.13.0', 'openapi-typescript-codegen@0.31.0'] as const, 2);
const SLOW = 180_000;
const INSTALL = 300_000;

/** A missing generator is a fault of Assay, and shows at installation. */
const answers = await Promise.all(
  TOOLS.map((tool) =>
    npm(['view', '--fetch-retries=0', '--fetch-timeout=15000', tool, 'version'], tmpdir()).then(
      () => true,
      ({ stderr }: { stderr?: string }) => String(stderr).includes('E404'),
    ),
  ),
);

describeWhere(
  answers.every(Boolean),
  'the npm registry, which does not answer',
  'a client that a generator makes of openapi.yaml',
  () => {
    let folder: string;
    let home: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'assay-generators-'));
      home = await installed(join(folder, 'home'), [...TOOLS], '--ignore-scripts');
      cpSync(join(ROOT, 'openapi.yaml'), join(home, 'openapi.yaml'));
    }, INSTALL);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each(
      (
        [
          [
            'swagger-typescript-api',
            ['swagger-typescript-api', 'generate', '-p', 'openapi.yaml', '-o', 'sta', '-n', 'api.ts'],
            STA,
          ],
          ['openapi-typescript-codegen', ['openapi', '-i', 'openapi.yaml', '-o', 'otc', '-c', 'fetch'], OTC],
        ] as const
      ).filter(([name]) => TOOLS.some((tool) => tool.startsWith(name))),
    )('%s: compiles strictly, and sends its key', { timeout: SLOW }, async (_, generate, program) => {
      await run('npx', ['--no-install', ...generate], { cwd: home });
      writeFileSync(join(home, 'uses.ts'), program);
      const types = [
        '--lib',
        'es2022,dom',
        '--types',
        'node',
        '--typeRoots',
        join(ROOT, 'node_modules/@types'),
      ];
      const how = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', ...types];
      const args = [TSC, ...how, '--moduleResolution', 'bundler', 'uses.ts'];
      const { stdout: faults } = await run(process.execPath, args, { cwd: home }).catch((error) => error);
      expect(faults).toBe('');

      const data = temporaryDirectory();
      const key = (
        await assay(['keys', 'create', 'client', '--scopes', 'inspect,read'], { ASSAY_DATA_DIR: data })
      ).stdout;
      const { url } = await launched('serve', {
        ASSAY_DATA_DIR: data,
        ASSAY_KEYS: 'required',
        ASSAY_SELF_TEST: 'skip',
        ASSAY_LOG_LEVEL: 'silent',
      });
      const bundle = join(home, 'uses.mjs');
      await build({
        entryPoints: [join(home, 'uses.ts')],
        outfile: bundle,
        bundle: true,
        platform: 'node',
        format: 'esm',
      });
      const env = {
        ...process.env,
        URL_OF_ASSAY: url,
        KEY: key.trim(),
        FILE: fixture('c2pa/jpeg-c2pa-trained.jpg'),
      };
      const { stdout } = await run(process.execPath, [bundle], { cwd: home, env });
      expect(stdout.trimEnd().split('\n')).toEqual([
        'without: 401',
        'with: ai-generated',
        'listed: ai-generated',
      ]);
    });
  },
);

const BEGINS = `
import { openAsBlob } from 'node:fs';
const { URL_OF_ASSAY: url = '', KEY: key = '', FILE: path = '' } = process.env;
const file = new File([await openAsBlob(path)], 'a.jpg');
`;

const STA = `${BEGINS}
import { Api } from './sta/api';
const assay = new Api<string>({
  baseUrl: url,
  securityWorker: (key) => (key === null ? {} : { headers: { Authorization: \`Bearer \${key}\` } }),
});
await assay.v1.createInspection({ file }).then(
  () => console.log('without: let in'),
  (answer: Response) => console.log('without:', answer.status),
);
assay.setSecurityData(key);
const { data } = await assay.v1.createInspection({ file });
console.log('with:', data.report?.summary.origin);
const list = await assay.v1.listInspections({});
console.log('listed:', list.data.inspections[0]?.summary?.origin);
`;

const OTC = `${BEGINS}
import { ApiError, InspectionsService, OpenAPI } from './otc';
OpenAPI.BASE = url;
await InspectionsService.createInspection({ file }).then(
  () => console.log('without: let in'),
  (error: unknown) => console.log('without:', error instanceof ApiError ? error.status : error),
);
OpenAPI.TOKEN = key;
const made = await InspectionsService.createInspection({ file });
console.log('with:', made.report?.summary.origin);
const list = await InspectionsService.listInspections();
console.log('listed:', list.inspections[0]?.summary?.origin);
`;
