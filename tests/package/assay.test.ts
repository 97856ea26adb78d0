import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NATIVE_INFO } from '../../src/core/c2pa/engines.js';
import { start } from '../cli/spawn-assay.js';
import { fetched } from '../support/fetched.js';
import { describeWhere } from '../support/system-parts.js';
import { installed, npm, packAssay } from './packed.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
/** This Node version, and others that `.ci/run` fetches. */
const NODES = [process.execPath, ...(process.env['ASSAY_TEST_NODES']?.split(':') ?? [])];

let folder: string;
let plain: string;
beforeAll(async () => {
  // Created outside of any package, because npm would otherwise install into that package.
  folder = mkdtempSync(join(tmpdir(), 'assay-package-'));
  const tarball = await packAssay(folder);
  plain = await installed(join(folder, 'plain'), [tarball], '--ignore-scripts');
  symlinkSync(join(ROOT, 'fixtures'), join(plain, 'fixtures'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npx = (cwd: string, ...args: string[]) => run('npx', ['--no-install', 'assay', ...args], { cwd });
const PICTURE = 'fixtures/c2pa/jpeg-c2pa-trained.jpg';

/** An installation from the registry takes a minute, so only `.ci/run` runs it. */
describeWhere(
  process.env['ASSAY_TEST_NODES'] !== undefined,
  'ASSAY_TEST_NODES',
  'the package, installed from its tarball into an empty folder',
  () => {
    it('has no part that asks for a newer Node, runs a script or is left to overrides', () => {
      const lock = read(join(plain, 'node_modules/.package-lock.json'));
      const parts = Object.entries<{ engines?: { node?: string }; hasInstallScript?: true }>(lock.packages);
      expect(parts.length).toBeGreaterThan(100);
      expect(parts.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([]);
      const newer = parts.filter(([, { engines }]) => /^>=? ?v?2[1-9]/.test(engines?.node ?? ''));
      expect(newer.map(([path]) => path)).toEqual([]);
      // npm applies only the overrides of the root project, so users of the package have none of ours.
      const overridden = Object.keys(read(join(ROOT, 'package.json')).overrides);
      expect(parts.filter(([path]) => overridden.some((name) => path.endsWith(`/${name}`)))).toEqual([]);
    });

    it('has types, licences and openapi.yaml, and neither sources nor tests', () => {
      const own = join(plain, 'node_modules/assay');
      for (const name of ['dist/types/index.d.ts', 'dist/types/report.d.ts', 'openapi.yaml', 'LICENSE'])
        expect(existsSync(join(own, name)), name).toBe(true);
      const licences = readFileSync(join(own, 'dist/LICENSES-OF-PARTS.txt'), 'utf8');
      expect(licences).toMatch(/^commander \d/m);
      expect(licences).not.toContain('holds no text of its licence');
      expect(existsSync(join(own, 'dist/native/linux-x64/LICENSE'))).toBe(true);
      expect(['src', 'tests', 'scripts'].filter((name) => existsSync(join(own, name)))).toEqual([]);
    });

    it('`npx assay` inspects, with both engines, before and after each script that may run at an installation', async () => {
      const { version } = read(join(ROOT, 'package.json'));
      expect((await npx(plain, '--version')).stdout).toBe(`${version}\n`);
      const inspects = async () => {
        const { stdout } = await npx(plain, 'inspect', '--json', '--engine', 'both', PICTURE);
        expect(JSON.parse(stdout)).toMatchObject({
          summary: { origin: 'ai-generated' },
          contentCredentials: { integrity: 'intact', secondOpinion: { agrees: true } },
          tool: { version, c2paEngines: [{ name: 'native' }, { name: 'wasm' }] },
        });
      };
      await inspects();
      await npm(['rebuild', '--ignore-scripts=false'], plain);
      await inspects();
    });

    it('`assay serve` answers', async () => {
      const data = join(folder, 'data');
      const bin = join(plain, 'node_modules/assay/bin/assay.js');
      const env = { ASSAY_DATA_DIR: data, ASSAY_SELF_TEST: 'skip', ASSAY_LOG_LEVEL: 'silent' };
      const child = start(['serve', '--port', '0'], env, plain, bin);
      try {
        const url = await new Promise<string>((resolve, reject) => {
          let said = '';
          child.stderr?.setEncoding('utf8').on('data', (text: string) => {
            said += text;
            const [, found] = /listens on (http:\S+)/.exec(said) ?? [];
            if (found !== undefined) resolve(found);
          });
          child.once('close', () => reject(new Error(said)));
        });
        const form = new FormData();
        form.set('file', new File([readFileSync(join(ROOT, PICTURE))], 'a.jpg'));
        const answer = await fetched(`${url}/v1/inspections`, { method: 'POST', body: form });
        expect([answer.status, (await fetched(`${url}/docs/`)).status]).toEqual([201, 200]);
      } finally {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
    });

    it('can be imported under each Node, and the program that does so ends', async () => {
      const text = `
      import { inspect } from 'assay';
      import { ReportSchema } from 'assay/report';
      const { summary } = await inspect(${JSON.stringify(PICTURE)});
      console.log(summary.origin, ReportSchema.required.includes('summary'));`;
      writeFileSync(join(plain, 'uses.js'), text);
      for (const node of NODES) {
        const { stdout, stderr } = await run(node, ['uses.js'], { cwd: plain });
        expect([stdout, stderr], node).toEqual(['ai-generated true\n', '']);
      }
    });

    it('`assay/report` loads nothing that reads a file', async () => {
      const text = "import 'assay/report'; console.log(process.getActiveResourcesInfo().length);";
      const hook = join(plain, 'loaded.js');
      writeFileSync(
        hook,
        `import { register } from 'node:module';
      const hooks = "export const load = (url, context, next) => { if (/sharp|c2pa|fastify/.test(url)) throw new Error(url); return next(url, context); }";
      register('data:text/javascript,' + encodeURIComponent(hooks));`,
      );
      const { stdout } = await run(
        process.execPath,
        ['--import', `file://${hook}`, '--input-type=module', '-e', text],
        {
          cwd: plain,
        },
      );
      expect(Number(stdout)).toBeGreaterThanOrEqual(0);
    });

    it.each([
      ['node16', 'node16'],
      ['esnext', 'bundler'],
    ])('has types that hold for module %s with resolution %s', async (module, resolution) => {
      writeFileSync(join(plain, 'uses.ts'), CONSUMER);
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
      const how = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'];
      const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')];
      const args = [tsc, ...how, ...types, '--module', module, '--moduleResolution', resolution, 'uses.ts'];
      const { stdout } = await run(process.execPath, args, { cwd: plain }).catch((error) => error);
      expect(stdout).toBe('');
    });

    it('does what docs/library.md shows', async () => {
      const page = readFileSync(join(ROOT, 'docs/library.md'), 'utf8');
      const blocks = [...page.matchAll(/^```js\n(.*?)^```$/gms)].map(([, block = '']) => block);
      expect(blocks.length).toBeGreaterThan(5);
      for (const [at, block] of blocks.entries()) {
        const path = join(plain, `example-${at}.js`);
        writeFileSync(path, block);
        const { stdout } = await run(process.execPath, [path], { cwd: dirname(path) });
        // A short output stands in a comment after its line.
        for (const [, said = ''] of block.matchAll(/console\.log\(.*\); \/\/ (\S+)$/gm))
          expect(stdout.split('\n'), block).toContain(said);
      }
    });

    it('without the binary that it carries, which goes last, reads with the WASM engine and says so', async () => {
      const native = join(plain, 'node_modules/assay/dist/native');
      rmSync(native, { recursive: true });
      const { stdout } = await npx(plain, 'inspect', '--json', PICTURE);
      expect(JSON.parse(stdout)).toMatchObject({
        summary: { origin: 'ai-generated' },
        contentCredentials: { integrity: 'intact' },
        tool: { c2paEngines: [{ name: 'wasm' }] },
      });
    });

    it('without the binary that it carries, reads with the native engine that docs/engines.md says how to install', async () => {
      const page = readFileSync(join(ROOT, 'docs/engines.md'), 'utf8');
      const [, own = ''] = /```json\n(\{\n {2}"dependencies".*?)```/s.exec(page) ?? [];
      const { dependencies, overrides } = JSON.parse(own);
      const description = join(plain, 'package.json');
      const { dependencies: before } = read(description);
      const after = { ...before, '@contentauth/c2pa-node': dependencies['@contentauth/c2pa-node'] };
      writeFileSync(description, JSON.stringify({ ...read(description), dependencies: after, overrides }));
      await npm(['install', '--no-audit', '--no-fund', '--ignore-scripts'], plain);
      rmSync(join(plain, 'node_modules/assay/dist/native'), { recursive: true, force: true });
      const { stdout } = await npx(plain, 'inspect', '--json', '--engine', 'native', PICTURE);
      expect(JSON.parse(stdout)).toMatchObject({
        contentCredentials: { engine: NATIVE_INFO, integrity: 'intact' },
      });
    });
  },
);

const CONSUMER = `
import { AssayError, evaluate, type InspectOptions, inspect, listSignals, type Report, readEvidence } from 'assay';
import { type Finding, ReportSchema } from 'assay/report';

const question: InspectOptions = {
  asOf: '2026-08-02', jurisdiction: ['EU'], role: 'deployer', deep: true, engine: 'auto', reveal: ['location'],
  rulebooks: 'eu-ai-act-art-50', name: 'a.jpg', sidecar: new Uint8Array(3), isolation: 'none', signal: AbortSignal.timeout(1),
};
const report: Report = await inspect(Buffer.alloc(3), question);
const findings: Finding[] = evaluate(report, { asOf: '2026-08-02' });
const sheet = await readEvidence(new Blob([]));
const origin: string = report.summary.origin;
console.log(sheet.carriers.length, findings[0]?.outcome, origin, listSignals()[0]?.id, ReportSchema.type);
try { await inspect('x'); } catch (error) { if (error instanceof AssayError && error.code === 'not-found') throw error; }
// @ts-expect-error: no such member
await inspect('x', { asof: 'x' });
// @ts-expect-error: no such engine
await inspect('x', { engine: 'fast' });
`;
