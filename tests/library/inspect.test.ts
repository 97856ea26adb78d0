import { execFile } from 'node:child_process';
import { createReadStream, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  AssayError,
  evaluate,
  evaluateLaw,
  type InspectOptions,
  inspect,
  inspectParts,
  listSignals,
  readEvidence,
} from '../../src/index.js';
import { fixture } from '../cli/spawn-assay.js';
import { temporaryDirectory } from '../http/posting.js';
import { PROGRAM } from '../support/program.js';
import { svgWith } from '../support/svg-with.js';

const run = promisify(execFile);
const SIGNED = fixture('c2pa/jpeg-c2pa-trained.jpg');
const NAME = 'jpeg-c2pa-trained.jpg';
const LABELLED = fixture('labels/png-gb45438-xmp.png');
const asOf = '2026-08-02';

const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  return error instanceof AssayError ? error.code : error;
};

/** Temporary folders of the library for bytes and streams of this process. */
const kept = () =>
  readdirSync(tmpdir())
    .filter((name) => new RegExp(`^assay-library-\\d+-${process.pid}-`).test(name))
    .flatMap((name) => readdirSync(join(tmpdir(), name)));

describe('inspect', () => {
  it('gives one Report, however the file comes', async () => {
    const report = await inspect(SIGNED, { asOf });
    expect(report).toMatchObject({
      schema: 'assay.report/1',
      asset: { name: NAME },
      summary: { origin: 'ai-generated' },
      tool: { asOf, asOfSource: 'requested' },
    });
    expect(report.tool.isolation).toBeDefined();
    const bytes = readFileSync(SIGNED);
    const others = [
      pathToFileURL(SIGNED),
      bytes,
      new Uint8Array(bytes),
      new Blob([bytes]),
      createReadStream(SIGNED, { highWaterMark: 1_000 }),
      Readable.toWeb(createReadStream(SIGNED)) as AsyncIterable<Uint8Array>,
    ];
    for (const other of others) expect(await inspect(other, { asOf, name: NAME })).toEqual(report);
    expect(kept()).toEqual([]);
  });

  it('asks what it is asked', async () => {
    const report = await inspect(SIGNED, { asOf, jurisdiction: 'EU', role: ['deployer'], engine: 'wasm' });
    expect(new Set(report.tool.rulebooks.map(({ jurisdiction }) => jurisdiction))).toEqual(new Set(['EU']));
    expect(report.findings.length).toBeGreaterThan(0);
    const today = await inspect(LABELLED, { rulebooks: ['cn-gb45438-2025'], name: 'other.png' });
    expect([today.asset.name, today.tool.asOfSource]).toEqual(['other.png', 'today']);
    expect(new Set(today.findings.map(({ rulebook }) => rulebook))).toEqual(new Set(['cn-gb45438-2025']));
    // The whole jurisdiction is summed up, so its other laws were evaluated.
    expect(today.law?.map(({ jurisdiction }) => jurisdiction)).toEqual(['CN']);
    expect(new Set(today.tool.rulebooks.map(({ jurisdiction }) => jurisdiction))).toEqual(new Set(['CN']));
  });

  it('reads in the process that asks where that is wanted, and says the same', async () => {
    const { isolation: _, isolationReason: __, ...tool } = (await inspect(SIGNED, { asOf })).tool;
    const here = await inspect(SIGNED, { asOf, isolation: 'none' });
    expect(here.tool).toEqual(tool);
    expect(await readEvidence(LABELLED, { isolation: 'none' })).toEqual(await readEvidence(LABELLED));
    expect(await codeOf(inspect('/nowhere', { isolation: 'none' }))).toBe('not-found');
  });

  it('a sidecar may come as bytes', async () => {
    const sidecar = readFileSync(SIGNED);
    const report = await inspect(LABELLED, { asOf, sidecar });
    expect(report.reads.c2pa).toMatchObject({ status: 'malformed' });
    expect(kept()).toEqual([]);
  });

  it.each<[string, Parameters<typeof inspect>[0], object, string]>([
    ['no file', '/nowhere/at-all.jpg', {}, 'not-found'],
    ['no path', '', {}, 'not-found'],
    ['a folder', tmpdir(), {}, 'not-a-file'],
    ['too many bytes', Buffer.alloc(11), { maxBytes: 10 }, 'too-large'],
    ['too long a stream', Readable.from([Buffer.alloc(8), Buffer.alloc(8)]), { maxBytes: 10 }, 'too-large'],
    ['a stream of text', Readable.from(['text']), {}, 'bad-question'],
    ['an address elsewhere', new URL('https://example.org/a.jpg'), {}, 'bad-question'],
    ['a member that there is not', SIGNED, { asof: asOf }, 'bad-question'],
    ['a day that there is not', SIGNED, { asOf: '2026-02-30' }, 'bad-question'],
    ['an engine that there is not', SIGNED, { engine: 'fast' }, 'bad-question'],
    ['a rulebook that there is not', SIGNED, { rulebooks: 'none' }, 'unknown-rulebook'],
    ['a place that there is not', SIGNED, { jurisdiction: ['XX'] }, 'unknown-jurisdiction'],
  ])('%s is refused by its code, and nothing is left of it', async (_, file, question, code) => {
    expect(await codeOf(inspect(file, question as InspectOptions))).toBe(code);
    expect(kept()).toEqual([]);
  });

  it('a stream that breaks off is told with what broke it', async () => {
    const cause = new Error('the line went dead');
    async function* breaking() {
      yield Buffer.alloc(3);
      throw cause;
    }
    const error = await inspect(breaking()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'not-readable', cause });
    expect(kept()).toEqual([]);
  });

  it('is given up with the reason of the signal, whatever it waits for', async () => {
    const reason = new Error('nobody waits any more');
    expect(await codeOf(inspect(SIGNED, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    const controller = new AbortController();
    async function* endless() {
      yield Buffer.alloc(3);
      controller.abort(reason);
      await new Promise(() => {});
    }
    expect(await codeOf(inspect(endless(), { signal: controller.signal }))).toBe(reason);
    expect(kept()).toEqual([]);
    const late = new AbortController();
    const reading = inspect(SIGNED, { deep: true, signal: late.signal });
    setImmediate(() => late.abort(reason));
    expect(await codeOf(reading)).toBe(reason);
    expect((await inspect(SIGNED, { asOf })).summary.origin).toBe('ai-generated');
  });
});

describe('what needs no file', () => {
  it('findings are made anew from a Report', async () => {
    const report = await inspect(SIGNED, { asOf, rulebooks: 'all' });
    expect(evaluate(report, { asOf })).toEqual(report.findings);
    const asked = { asOf, jurisdiction: 'EU', role: 'publisher' } as const;
    const { law, findings, fileDates } = await inspect(SIGNED, asked);
    expect(evaluateLaw(report, asked)).toEqual({ law, findings, ...(fileDates && { fileDates }) });
    const early = evaluate(report, { asOf: '2020-01-01', jurisdiction: 'EU' });
    // Clauses on other media are out of scope on every day.
    expect(new Set(early.map(({ outcome }) => outcome))).toEqual(new Set(['not-in-force', 'outside-clause']));
    expect(() => evaluate(report, { deep: true } as object)).toThrow(
      expect.objectContaining({ code: 'bad-question' }),
    );
  });

  it('signals are listed with what they mean', () => {
    expect(listSignals().find(({ id }) => id === 'c2pa.present')?.meaning).toMatch(/\w/);
  });
});

describe('a program that uses it', () => {
  const script = (text: string) => {
    const path = join(temporaryDirectory(), 'uses.mjs');
    const from = JSON.stringify(pathToFileURL(join(PROGRAM, 'dist/index.js')).href);
    writeFileSync(path, `import { inspect } from ${from};\n${text}`);
    return path;
  };

  it.each([
    ['in processes of their own', '{}'],
    ['in its own', "{ isolation: 'none' }"],
  ])('ends by itself when files were read %s, and leaves nothing', async (_, question) => {
    const temporary = temporaryDirectory();
    const path = script(`
      import { readFileSync } from 'node:fs';
      const file = ${JSON.stringify(SIGNED)};
      const reports = await Promise.all([inspect(file, ${question}), inspect(readFileSync(file), ${question})]);
      console.log(reports.map(({ summary }) => summary.origin).join());`);
    const { stdout, stderr } = await run(process.execPath, [path], {
      env: { ...process.env, TMPDIR: temporary },
    });
    expect([stdout, stderr]).toEqual(['ai-generated,ai-generated\n', '']);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('ends by itself when the one file was given up', async () => {
    const path = script(`
      const late = new AbortController();
      setTimeout(() => late.abort(new Error('late')), 1);
      await inspect(${JSON.stringify(SIGNED)}, { signal: late.signal }).catch(({ message }) => console.log(message));`);
    expect((await run(process.execPath, [path])).stdout).toBe('late\n');
  });
});

describe('what stands inside', () => {
  it.each(['auto', 'none'] as const)(
    'has Reports of its own beside the file’s, isolation %s',
    async (isolation) => {
      const svg = svgWith(['labels/jpeg-camera-exif.jpg', 'c2pa/jpeg-c2pa-trained.jpg']);
      const { report, parts } = await inspectParts(svg, { name: 'kit.svg', asOf, isolation });
      expect(report).toEqual(await inspect(svg, { name: 'kit.svg', asOf, isolation }));
      expect(parts.map(({ number, report: { asset } }) => [number, asset.sha256])).toEqual(
        [1, 2].map((number) => [number, report.parts?.[number]?.sha256]),
      );
      expect(parts[1]?.report.summary).toEqual((await inspect(SIGNED, { asOf, isolation })).summary);
    },
  );
});
