import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { multipart, temporaryDirectory } from '../http/posting.js';
import { inEnglish } from '../i18n/english.js';
import { ASSAY } from '../support/program.js';
import { describeWith } from '../support/system-parts.js';
import { kill, launch, launched } from './launched.js';
import { assay, finished, fixture, type Ran } from './spawn-assay.js';
import { WITHOUT_NAMESPACES } from './without-namespaces.js';

const PICTURE = fixture('plain/plain.jpg');
const under = { under: WITHOUT_NAMESPACES };

function refused(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const [wrapper = '', ...rest] = WITHOUT_NAMESPACES;
  const { PATH = '' } = process.env;
  return finished(spawn(wrapper, [...rest, process.execPath, ASSAY, ...args], { env: { PATH, ...env } }));
}

const settings = () => ({
  ASSAY_DATA_DIR: temporaryDirectory(),
  ASSAY_SELF_TEST: 'skip',
  ASSAY_LOG_LEVEL: 'silent',
  ASSAY_PREVIEWS: 'off',
});

const LINE =
  /^assay: files are read without a sandbox \(a process of its own.*\)\. A sandbox was tried and failed \(bwrap: .*\): /m;
const times = (text: string) => text.split('files are read without a sandbox').length - 1;

describeWith('bwrap', 'a sandbox that is there and does not work is told', () => {
  it('by `assay inspect`, on stderr once and in each Report, for programs and for people', async () => {
    const json = await refused(['inspect', '--json', PICTURE, fixture('c2pa/png-c2pa-intact.png')]);
    expect(json.code).toBe(0);
    expect([times(json.stderr), LINE.test(json.stderr)]).toEqual([1, true]);
    for (const line of json.stdout.trimEnd().split('\n')) {
      expect(JSON.parse(line).tool).toMatchObject({ isolation: 'process', isolationReason: 'refused' });
    }
    const text = await refused(['inspect', '--full', PICTURE]);
    expect(text.stdout).toMatch(
      new RegExp(`^Reading +${inEnglish('page.phrase.isolationReason.refused')}$`, 'm'),
    );
    const chinese = await refused(['inspect', '--full', '--lang', 'zh-Hans', PICTURE]);
    expect(chinese.stdout).toContain('未在沙箱中读取');
    expect(chinese.stderr).toMatch(/^assay：文件未在沙箱中读取（.*）。已尝试但失败（bwrap: /m);
  });

  it('by `assay inspect --crjson` and `assay scan`', async () => {
    const crJson = await refused(['inspect', '--crjson', fixture('c2pa/png-c2pa-intact.png')]);
    expect(times(crJson.stderr)).toBe(1);
    const scan = await refused(['scan', '--full', '--progress', 'none', PICTURE]);
    expect(times(scan.stderr)).toBe(1);
    expect(scan.stdout).toContain('"isolationReason":"refused"');
  });

  it('by `assay doctor`, with the wrapper’s own words', async () => {
    const { stdout } = await refused(['doctor', '--json'], { ASSAY_DATA_DIR: temporaryDirectory() });
    const part = JSON.parse(stdout).parts.find(({ id }: { id: string }) => id === 'isolation');
    expect(part).toMatchObject({ state: 'limited', lost: expect.stringContaining('(bwrap: ') });
    const strict = await refused(['doctor'], {
      ASSAY_DATA_DIR: temporaryDirectory(),
      ASSAY_SANDBOX: 'require',
    });
    expect(strict.stdout).toMatch(/A sandbox was tried and\s+failed \(bwrap: /);
  });

  it('not where the operator chose so, but in the Report', async () => {
    const { stderr, stdout } = await assay(['inspect', '--json', PICTURE], { ASSAY_SANDBOX: 'off' });
    expect([stderr, JSON.parse(stdout).tool.isolationReason]).toEqual(['', 'switched-off']);
  });

  it('by a server on loopback: on stderr, its page, readiness and the figures, and in Reports', async () => {
    const program = await launched('serve', settings(), under);
    expect([times(program.messages()), LINE.test(program.messages())]).toEqual([1, true]);
    const get = async (path: string, headers = {}) =>
      (await fetch(`${program.url}${path}`, { headers })).text();
    expect(await get('/')).toContain('files are read without a sandbox, as it did not work');
    expect(await get('/', { 'accept-language': 'zh-CN' })).toContain('文件未在沙箱中读取（沙箱无法工作）');
    expect(JSON.parse(await get('/v1/health/ready'))).toMatchObject({
      status: 'ready',
      checks: { sandbox: { status: 'ok', level: 'process', reason: 'refused' } },
    });
    const figures = await get('/metrics');
    expect(figures).toContain('assay_isolation_level{level="process"} 1');
    expect(figures).toContain('assay_isolation_level{level="sandbox"} 0');
    expect(figures).toMatch(/^assay_sandbox_fallbacks_total\{reason="refused"\} 1$/m);
    const { payload, headers } = multipart([{ name: 'file', filename: 'a.jpg', content: 'no picture' }]);
    const asked = {
      method: 'POST',
      body: new Uint8Array(payload),
      headers: { ...headers, accept: 'application/json' },
    };
    const { report } = (await (await fetch(`${program.url}/v1/inspections`, asked)).json()) as {
      report: { tool: Record<string, unknown> };
    };
    expect(report.tool).toMatchObject({ isolation: 'process', isolationReason: 'refused' });
  });

  it('by a worker, as it starts, and in its figures', async () => {
    const program = await launched('worker', { ...settings(), ASSAY_METRICS: '0' }, under);
    expect(LINE.test(program.messages())).toBe(true);
    const figures = /figures and health at (\S+)/.exec(program.messages())?.[1] ?? '';
    expect(await (await fetch(`${figures}/metrics`)).text()).toMatch(
      /^assay_isolation_level\{level="process"\} 1$/m,
    );
    const ready = await (await fetch(`${figures}/v1/health/ready`)).json();
    expect(ready).toMatchObject({ checks: { sandbox: { level: 'process', reason: 'refused' } } });
  });
});

describeWith('bwrap', 'a sandbox that works', () => {
  it('is told by readiness and the figures, and nobody is warned', async () => {
    const program = await launched('serve', settings());
    expect(program.messages()).not.toContain('without a sandbox');
    const ready = (await (await fetch(`${program.url}/v1/health/ready`)).json()) as { checks: unknown };
    expect(ready.checks).toMatchObject({ sandbox: { status: 'ok', level: 'sandbox' } });
    expect(await (await fetch(`${program.url}/`)).text()).not.toContain('id="unsandboxed"');
    expect(await (await fetch(`${program.url}/metrics`)).text()).toContain(
      'assay_isolation_level{level="sandbox"} 1',
    );
  });
});

describeWith('bwrap', 'a server that others reach', () => {
  it('does not start without a sandbox, and says what to do', async () => {
    const { code, stderr } = await refused(['serve', '--host', '0.0.0.0', '--port', '0'], settings());
    expect(code).toBe(2);
    expect(stderr).toMatch(/^assay: no sandbox works here \(bwrap: .*\), so nothing is read\.$/m);
    expect(stderr).toContain('Other machines can reach 0.0.0.0');
    expect(stderr).toContain('bubblewrap');
    expect(stderr).toContain('ASSAY_SANDBOX=auto');
    expect(stderr).not.toContain('listens on');
  });

  it('starts without where that is chosen, and with one by itself', async () => {
    const chosen = await launch(
      'serve',
      { ...settings(), ASSAY_HOST: '0.0.0.0', ASSAY_SANDBOX: 'auto' },
      under,
    );
    expect(LINE.test(chosen.messages())).toBe(true);
    await kill(chosen);
    const strict = await launched('serve', { ...settings(), ASSAY_HOST: '0.0.0.0' });
    expect(strict.messages()).not.toContain('without a sandbox');
  });

  it('is not the only one that keeps to what was required: a worker, and a file on the command line', async () => {
    const env = { ...settings(), ASSAY_SANDBOX: 'require' };
    const worker = await refused(['worker'], env);
    expect([worker.code, worker.stderr]).toEqual([
      2,
      expect.stringContaining('ASSAY_SANDBOX=require asks for one.'),
    ]);
    const one = await refused(['inspect', PICTURE], env);
    expect([one.code, one.stderr]).toEqual([3, expect.stringContaining('(bwrap: ')]);
  });
});
