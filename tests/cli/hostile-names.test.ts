import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carrying } from '../../fixtures/build/carrying.js';
import { openLogKey } from '../../src/base/secrets/log-key.js';
import { addCommands } from '../../src/cli/commands.js';
import { createProgram } from '../../src/cli/run.js';
import { readConfig } from '../../src/config/settings.js';
import { RAW_UNSEEN } from '../core/renderers/hostile.js';
import { EMAIL, issue, pem } from '../core/trust/ca.js';
import { csvTable, FORMULA } from '../csv-table.js';
import { zipOf } from '../scan/archive-files.js';
import { site } from '../service/fetching/site.js';
import { BOOK, builtInAfterwards, newKeys } from '../service/law-updates/law.js';
import { assayHere } from './run-here.js';
import { fixture } from './spawn-assay.js';

/**
 * Runs names and metadata that would control a terminal, a spreadsheet or a page through every command and every output
 * form.
 */

const ELEMENT = '<img src=x onerror=globalThis.__assayRan=1>';
const WORDS = `=1+1 \u001b[2J\u001b]0;t\u0007\u009b31m\u202egpj\u2066\u200b\n\r${ELEMENT},"q"`;

/** A key's name is refused if it contains invisible characters. */
const KEY_NAME = `=1+1 ${ELEMENT},"q"`;

type Medium = 'text' | 'lines' | 'json' | 'csv' | 'html' | 'bytes';
/** Arguments after the command name, and the medium of standard output: text by default. */
type Case = readonly [args: readonly string[], medium?: Medium, env?: Record<string, string>];

/** The folder of all input and output has such a name itself. */
let top: string;
let folder: string;
let env: Record<string, string>;
const at = (name: string) => join(folder, name);
const tree = () => at(`tree ${WORDS}`);
const picture = () => join(tree(), `${WORDS}.png`);
const badBook = () => at(`${WORDS}.yaml`);
const keys = newKeys(mkdtempSync(join(tmpdir(), 'assay-hostile-keys-')));
const scans: string[] = [];

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'assay-hostile-'));
  folder = join(top, WORDS);
  mkdirSync(tree(), { recursive: true });
  const files = await carrying({ text: WORDS, person: WORDS, serial: WORDS, prompt: WORDS });
  for (const { ending, bytes } of files) writeFileSync(join(tree(), `${WORDS}.${ending}`), bytes);
  const [{ bytes } = { bytes: Buffer.alloc(0) }] = files;
  writeFileSync(join(tree(), `${WORDS}.zip`), zipOf([{ name: `${WORDS}.png`, bytes }]));
  writeFileSync(join(tree(), `${WORDS}-c2pa.jpg`), readFileSync(fixture('c2pa/jpeg-c2pa-trained.jpg')));
  writeFileSync(join(tree(), `${WORDS}.jpg.gz`), 'no archive');
  mkdirSync(at('lists'));
  const root = await issue({ name: WORDS, ca: true, purposes: [EMAIL] });
  writeFileSync(at('lists/C2PA-TRUST-LIST.pem'), `${WORDS}\n${pem(root)}`);
  writeFileSync(at('lists/C2PA-TSA-TRUST-LIST.pem'), WORDS);
  env = {
    ASSAY_DATA_DIR: at('data'),
    ASSAY_TRUST_DIR: at('trust'),
    ASSAY_LAW_DIR: at('law'),
    ASSAY_LAW_KEY: keys.publicFile,
    ASSAY_LOG_ORIGIN: 'desk.example',
    ASSAY_SANDBOX: 'off',
  };
  openLogKey(readConfig(env).log);
}, 120_000);
afterAll(() => rmSync(top, { recursive: true, force: true }));

const ARCHIVES = ['--archives', 'zip,tar,7z'];
const BOTH = (...args: string[]): Case[] => [[args], [[...args, '--json'], 'lines']];

/** Ordered so that a command finds the output of the earlier ones that it needs. */
const CASES: Record<string, () => Case[] | Promise<Case[]>> = {
  inspect: () => [
    [[picture()]],
    [[at(`none ${WORDS}`), join(tree(), `${WORDS}.zip`)]],
    [['--full', '--color', 'always', picture()]],
    [['--json', picture(), at(`none ${WORDS}`), join(tree(), `${WORDS}.zip`)], 'lines'],
    [['--evidence', '--reveal', 'names,serial,location', picture()]],
    [['--crjson', join(tree(), `${WORDS}-c2pa.jpg`)], 'lines'],
    [['--crjson', at(`none ${WORDS}`)], 'lines'],
  ],
  serve: () => [[['--host', WORDS]], [['--port', WORDS]]],
  fetch: async () => {
    const text = WORDS.replaceAll('"', '&quot;');
    const { host, url } = await site({
      '/page': (_, response) =>
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(`<title>${text}</title><img src="/b.png" alt="${text}">`),
      '/a.png': (_, response) =>
        response
          .writeHead(200, {
            'content-type': 'image/png',
            'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(WORDS)}.png`,
          })
          .end(readFileSync(picture())),
    });
    const on = { ASSAY_FETCH: host };
    return BOTH().flatMap(([json]) => [
      [[`${url}/page`, ...json], json.length > 0 ? 'lines' : 'text', on],
      [[`${url}/a.png`, ...json], json.length > 0 ? 'lines' : 'text', on],
      [[`${url}/${WORDS}`, ...json], json.length > 0 ? 'lines' : 'text', on],
      [[WORDS, ...json], json.length > 0 ? 'lines' : 'text', on],
    ]);
  },
  scan: () => [
    [[tree(), ...ARCHIVES, '--keep', 'fingerprints', '--progress', 'json'], 'lines'],
    [[tree(), ...ARCHIVES, '--format', 'csv'], 'csv'],
    [[tree(), ...ARCHIVES, '--format', 'ndjson'], 'lines'],
    [[tree(), ...ARCHIVES, '--format', 'json'], 'json'],
    [[tree(), ...ARCHIVES, '--format', 'parquet', '--out', at('r.parquet')]],
    [[tree(), ...ARCHIVES, '--keep', 'previews', '--out', at('r.ndjson')]],
    [[tree(), '--full', '--out', at('full.ndjson'), '--rulebooks', BOOK]],
    [[picture(), '--out', at('less.ndjson')]],
    [[tree(), '--out', at('r.csv'), '--format', 'csv']],
    [[tree(), '--dry-run']],
    [[at(`none ${WORDS}`)], 'lines'],
    [[tree(), '--store', '--keep', 'fingerprints']],
    [[tree(), '--include', `[${WORDS}`], 'lines'],
  ],
  'scan import': () => [[[at('less.ndjson')]], [[at(`none ${WORDS}`)]]],
  'scan status': async () => {
    const { stdout } = await assayHere(['scan', 'status', '--json'], env);
    for (const line of stdout.trimEnd().split('\n')) scans.push(JSON.parse(line).id);
    expect(scans).toHaveLength(2);
    return [...BOTH(), ...scans.flatMap((id) => BOTH(id)), ...BOTH(WORDS)];
  },
  'scan export': () =>
    scans.flatMap((id): Case[] => [
      [[id], 'lines'],
      [[id, '--format', 'ndjson', '--errors'], 'lines'],
      [[id, '--format', 'json'], 'json'],
      [[id, '--format', 'csv'], 'csv'],
      [[id, '--format', 'parquet', '--out', at(`${id}.parquet`)]],
      [[id, '--format', 'csv', '--out', at(`${id}.csv`)]],
    ]),
  'scan diff': () => [
    [[at('less.ndjson'), at('r.ndjson')]],
    [[at('less.ndjson'), at('r.ndjson'), '--json'], 'json'],
    [[at('r.ndjson'), at('less.ndjson')]],
    [[at(`none ${WORDS}`), at('r.ndjson')]],
  ],
  'scan compact': () => [[[at('less.ndjson')]], [[at(`none ${WORDS}`)]]],
  'scan recheck': () => [...scans.map((id): Case => [[id]]), [[WORDS]]],
  'scan cancel': () => [...scans.map((id): Case => [[id]]), [[WORDS]]],
  worker: () => [[['--scans']], [['--scans'], 'text', { DATABASE_URL: `postgres://${WORDS}` }]],
  'collection import': () => [
    [[WORDS, '--from', tree(), '--finding', WORDS, '--by', WORDS]],
    [['more', '--from', at(`none ${WORDS}`)]],
  ],
  'collection list': () => BOTH(),
  match: () =>
    BOTH().flatMap(([json]): Case[] => [
      [[...json, '--in', at('r.ndjson'), picture()], json.length > 0 ? 'lines' : 'text'],
      [[...json, picture(), join(tree(), `${WORDS}-c2pa.jpg`)], json.length > 0 ? 'lines' : 'text'],
      [[...json, at(`none ${WORDS}`)], json.length > 0 ? 'lines' : 'text'],
      [[...json, '--in', at('r.ndjson'), '--hash', WORDS], json.length > 0 ? 'lines' : 'text'],
    ]),
  'collection delete': () => [[[WORDS]], [[WORDS]]],
  'scan delete': () => [...scans.map((id): Case => [[id]]), [[WORDS]]],
  report: () => [
    [[at('r.ndjson')], 'html'],
    [[at('r.ndjson'), '--format', 'html', '--lang', 'zh-Hans'], 'html'],
    [[at('r.ndjson'), '--format', 'text']],
    [[at('r.ndjson'), '--format', 'csv'], 'csv'],
    [[at('r.ndjson'), '--format', 'ndjson', '--lang', 'zh-Hans'], 'lines'],
    [[at('r.ndjson'), '--format', 'parquet'], 'bytes'],
    [[at('r.ndjson'), '--out', at('r.html')]],
    [[at('r.ndjson'), '--only', `signer=${WORDS}`], 'html'],
    [[at(`none ${WORDS}`)], 'html'],
  ],
  'trust import': () => [...BOTH(at('lists')), ...BOTH(at(`none ${WORDS}`))],
  'trust status': () => BOTH(),
  // No request is sent, because the target folder cannot be created.
  'trust update': () => BOTH('--dir', join(picture(), 'below')),
  'rulebooks list': () => [...BOTH(), [['--jurisdiction', WORDS]]],
  'rulebooks show': () => [...BOTH(BOOK), ...BOTH(WORDS)],
  'rulebooks watched': () => [...BOTH(), [['--jurisdiction', WORDS]]],
  'rulebooks calendar': () => [...BOTH(), [['--from', WORDS]], [['--jurisdiction', WORDS]]],
  'rulebooks diff': async () => {
    const days = ['--from', '2026-01-01', '--to', '2027-01-01'];
    const { stdout } = await assayHere(['inspect', '--json', picture()], env);
    writeFileSync(at('report.json'), stdout);
    return [
      ...BOTH(...days, '--report', at('report.json')),
      ...BOTH(...days, '--report', at(`none ${WORDS}`)),
      [['--from', WORDS, '--to', '2027-01-01']],
    ];
  },
  'law export': () => {
    mkdirSync(at('books'));
    return [
      [[BOOK, '--out', at('books')]],
      [[BOOK, '--out', at(`no/${WORDS}`)]],
      ...BOTH(WORDS, '--out', at('books')),
    ];
  },
  'law new': () => [
    [['new-book', '--out', at('books')]],
    [['other-book', '--out', at('books'), '--json'], 'lines'],
    [['new-book', '--out', at(`no/${WORDS}`)]],
    [[WORDS]],
  ],
  'law check': () => {
    writeFileSync(badBook(), JSON.stringify({ [WORDS]: WORDS, id: WORDS, kind: WORDS }));
    return [...BOTH(at(`books/${BOOK}.yaml`)), ...BOTH(at(`none ${WORDS}`)), ...BOTH(badBook())];
  },
  'law sign': () => {
    const args = ['--signer', 'Assay', '--key', keys.privateFile, '--expires', '2099-12-31'];
    const book = at(`books/${BOOK}.yaml`);
    return [
      [[book, ...args, '--out', at('law-1')]],
      [[book, ...args, '--out', at('law-2'), '--json'], 'lines'],
      [[book, ...args, '--out', at(`no/${WORDS}`)]],
      [[book, ...args, '--signer', WORDS, '--out', at('law-3')]],
      [[badBook(), ...args, '--out', at('law-3')]],
      [[at(`none ${WORDS}`), ...args, '--out', at('law-3'), '--json'], 'lines'],
    ];
  },
  'law remove': () => BOTH(WORDS),
  'law verify': () => [...BOTH(at('law-1')), ...BOTH(picture()), ...BOTH(at(`none ${WORDS}`))],
  'law install': () => [...BOTH(at('law-1'), '--allow-older'), ...BOTH(picture())],
  'law status': () => BOTH(),
  'law rejudge': () => [...BOTH(), ...BOTH(at('full.ndjson')), ...BOTH(at(`none ${WORDS}`))],
  'law rollback': () => [...BOTH(), ...BOTH('--to', WORDS)],
  signals: () => [...BOTH(), ...BOTH(WORDS)],
  explain: () => [...BOTH('iptc.ai.systemUsed'), ...BOTH(WORDS)],
  doctor: () => BOTH(),
  'keys create': () => [[[KEY_NAME]], [[KEY_NAME, '--json'], 'lines'], [[WORDS]], [['x', '--scopes', WORDS]]],
  'keys list': () => BOTH(),
  'keys revoke': async () => {
    const [{ id }] = JSON.parse((await assayHere(['keys', 'list', '--json'], env)).stdout).keys;
    return [[[id]], [[WORDS]]];
  },
  'audit head': () => [[[]]],
  'audit verify': () => {
    writeFileSync(at('heads'), WORDS);
    return [...BOTH(), ...BOTH('--heads', at('heads')), ...BOTH('--key', at(`none ${WORDS}`))];
  },
  backup: () => [[[at(`backup ${WORDS}`)]], [[at(`backup ${WORDS}`)]]],
  restore: () => [
    [[at(`backup ${WORDS}`)], 'text', { ASSAY_DATA_DIR: at('again') }],
    [[at(`none ${WORDS}`)]],
  ],
  seal: () => [
    [[picture(), '--kind', 'full', '--key', keys.privateFile, '--out', at('sealed')]],
    [[picture(), '--kind', 'full', '--key', keys.privateFile, '--reveal', 'names', '--out', at('revealed')]],
    [[at(`none ${WORDS}`), '--kind', 'full', '--key', keys.privateFile, '--out', at('no')]],
    [['--case', WORDS, '--kind', 'full', '--key', keys.privateFile, '--out', at('no')]],
  ],
  verify: () => {
    writeFileSync(at(`sealed/data/${WORDS}.txt`), WORDS);
    return [...BOTH(at('revealed')), ...BOTH(at('sealed')), ...BOTH(picture())];
  },
  completion: () => ['bash', 'zsh', 'fish', WORDS].map((shell): Case => [[shell]]),
};

/**
 * These run until they are stopped, contact other hosts, or find nothing to resume, so only their errors are tested.
 * For the others the first case must succeed.
 */
const MISTAKES: ReadonlySet<string> = new Set([
  ...['serve', 'worker', 'trust update', 'scan cancel'],
  // No log was begun here, which is 1.
  'audit verify',
]);
const WORKS = new Set(Object.keys(CASES).filter((name) => !MISTAKES.has(name)));

/** Options that choose the output form. */
const FORMS: readonly string[] = ['--json', '--crjson', '--evidence', '--format'];

function all(command: Command, above = ''): [name: string, command: Command][] {
  return command.commands.flatMap((one) => {
    const name = `${above}${one.name()}`;
    return one.commands.length > 0 && one.registeredArguments.length === 0
      ? all(one, `${name} `)
      : [[name, one] as [string, Command], ...all(one, `${name} `)];
  });
}

/** Line feeds separate the lines; bytes that no terminal takes for characters must not be in any text. */
function held(medium: Medium, output: string): void {
  if (medium === 'bytes') return;
  const raw = medium === 'csv' ? output.replaceAll('\r\n', '\n') : output;
  // Our own colours, if requested.
  expect(raw.replace(/\u001b\[(?:0|1|2|22|36)m/g, '')).not.toMatch(RAW_UNSEEN);
  if (medium === 'html') expect(output).not.toContain(ELEMENT);
  if (medium === 'json') JSON.parse(output);
  if (medium === 'lines') for (const line of output.split('\n').filter(Boolean)) JSON.parse(line);
  if (medium === 'csv') for (const cell of csvTable(output).flat()) expect(cell).not.toMatch(FORMULA);
}

const MEDIUM_OF: Record<string, Medium> = {
  '.json': 'json',
  '.jsonld': 'json',
  '.ndjson': 'lines',
  '.csv': 'csv',
  '.html': 'html',
};

function files(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => files(join(path, name)));
}

const io = { stdout: process.stdout, stderr: process.stderr, env: {}, isTTY: false };
const program = createProgram(io, () => {});
await addCommands(program, io, () => {});

describe('hostile words in names and metadata', () => {
  let carried = 0;
  const asked = new Map<string, string[]>();
  it.each(Object.entries(CASES))(
    'come out of assay %s as what they are',
    async (name, cases) => {
      builtInAfterwards();
      for (const [args, medium = 'text', more = {}] of await cases()) {
        asked.set(name, [...(asked.get(name) ?? []), `${args.join('\0')}\0`]);
        const ran = await assayHere([...name.split(' '), ...args], { ...env, ...more });
        const shown = `${args.join(' ')}\n${ran.stdout.slice(0, 300)}\n${ran.stderr.slice(0, 600)}`;
        if (WORKS.has(name)) expect([0, 3, 40], shown).toContain(ran.code);
        WORKS.delete(name);
        // Internal errors print a trace, and nothing from the arguments.
        expect(ran.stderr, shown).not.toMatch(/^ {4}at /m);
        held(medium, ran.stdout);
        held('text', ran.stderr);
        if (`${ran.stdout}${ran.stderr}`.includes('__assayRan')) carried += 1;
      }
    },
    240_000,
  );

  it('were there to come out', () => {
    expect(carried).toBeGreaterThan(60);
  });

  it('were asked for in every form that a command has', () => {
    for (const [name, command] of all(program))
      for (const { long, argChoices } of command.options) {
        if (long === undefined || long === null || !FORMS.includes(long)) continue;
        const forms = argChoices?.map((value) => `${long}\0${value}\0`) ?? [`${long}\0`];
        for (const form of forms)
          expect(
            asked.get(name)?.some((args) => args.includes(form)),
            `${name} ${form}`,
          ).toBe(true);
      }
  });

  it('stand in what was written as what they are', () => {
    const written = files(folder).filter((path) => !path.startsWith(tree()) && !path.includes('/backup '));
    const kept = written.filter((path) => MEDIUM_OF[extname(path)] !== undefined);
    expect(new Set(kept.map((path) => extname(path)))).toEqual(
      new Set(['.csv', '.html', '.json', '.ndjson']),
    );
    for (const path of kept) held(MEDIUM_OF[extname(path)] ?? 'bytes', readFileSync(path, 'utf8'));
  });
});

describe('every command', () => {
  it('stands among those above', () => {
    expect(Object.keys(CASES).sort()).toEqual(
      all(program)
        .map(([name]) => name)
        .sort(),
    );
  });

  it.each(all(program))('%s takes hostile options and arguments for mistakes', async (name) => {
    for (const args of [[`--${WORDS}`], Array(9).fill(WORDS)]) {
      if (name === 'inspect' && args.length > 1) continue;
      const { code, stdout, stderr } = await assayHere([...name.split(' '), ...args], env);
      expect(code).not.toBe(0);
      held('text', stdout);
      held('text', stderr);
    }
  });
});
