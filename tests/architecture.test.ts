import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** Rooms and what each may import. Left may import right, never back; whatever is not listed is forbidden. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  catalogues: [],
  say: ['say', 'catalogues'],
  'core/limits': [],
  // Plain data on every signal: whoever holds a signal may ask its row.
  'core/signals': ['core/signals'],
  'core/c2pa': ['core/c2pa', 'core/contract', 'core/signals', 'core/limits', 'core/trust'],
  'core/trust': ['core/trust', 'core/contract', 'core/c2pa', 'core/limits'],
  'core/contract': ['core/contract', 'core/signals', 'core/c2pa', 'core/limits', 'core/asset'],
  'core/signatures': ['core/contract', 'core/signals', 'core/signatures'],
  'core/readers': [
    'core/readers',
    'core/contract',
    'core/signals',
    'core/c2pa',
    'core/trust',
    // Rows of data alone: the payloads and keys that pixels are held against.
    'core/signatures',
    'core/asset',
    'core/limits',
  ],
  'core/asset': ['core/contract', 'core/limits', 'core/asset'],
  'core/detectors': [
    'core/detectors',
    'core/contract',
    'core/signals',
    'core/c2pa',
    'core/signatures',
    'core/limits',
  ],
  'core/rulebooks': ['core/rulebooks', 'core/contract'],
  // Rows of data alone: what another language says of each.

  'core/finding': ['core/finding', 'core/contract', 'core/signals'],
  // The words of a law stand beside its rules.
  'core/renderers': ['core/renderers', 'core/contract', 'core/signals', 'core/rulebooks'],
  'core/flow': [
    'core/flow',
    'core/contract',
    'core/signals',
    'core/c2pa',
    'core/readers',
    'core/trust',
    'core/detectors',
    'core/finding',
    // What findings say is made where a Report is told.
    'core/rulebooks',
    'core/signatures',
    'core/words',
    'core/asset',
    'core/limits',
  ],
  'own-folder': [],
  'private-files': [],
  secrets: ['secrets', 'private-files', 'env'],
  'process-one': [],
  rest: [],
  pulse: [],
  isolation: [
    'isolation',
    'own-folder',
    'core/flow',
    'core/contract',
    'core/c2pa',
    'core/rulebooks',
    'core/asset',
    'core/limits',
  ],
  worker: [
    'worker',
    'rest',
    'pulse',
    'own-folder',
    'tracing',
    'config',
    'isolation',
    'store',
    'doctor',
    'core/contract',
    'core/c2pa',
    'core/flow',
    'core/rulebooks',
    'core/trust',
  ],
  'trust-lists': ['trust-lists', 'core/trust', 'core/contract', 'core/limits'],
  // What an earlier version kept is masked as Reports are.
  store: [
    'store',
    'secrets',
    'private-files',
    'core/contract',
    'core/signals',
    'core/c2pa',
    'core/limits',
    'core/flow',
  ],
  webhooks: ['webhooks', 'secrets', 'rest', 'store', 'trust-lists', 'core/flow'],
  metrics: ['metrics', 'isolation', 'core/contract', 'core/flow'],
  http: [
    'http',
    'secrets',
    'pdf',
    'webhooks',
    'metrics',
    'tracing',
    'worker',
    'store',
    'config',
    'trust-lists',
    'isolation',
    'doctor',
    'core/contract',
    'core/signals',
    'core/c2pa',
    'core/renderers',
    'core/rulebooks',
    'core/words',
    'core/limits',
    'core/flow',
  ],
  pdf: ['pdf', 'isolation', 'own-folder', 'core/contract', 'core/renderers'],
  backup: ['backup', 'secrets', 'private-files', 'store', 'doctor', 'core/flow'],
  config: [
    'config',
    'secrets',
    'access-settings',
    'tracing-settings',
    'env',
    'core/contract',
    'core/c2pa',
    'core/limits',
  ],
  'access-settings': ['env'],
  env: [],
  doctor: [
    'doctor',
    'store',
    'secrets',
    'private-files',
    'isolation',
    'trust-lists',
    'core/contract',
    'core/c2pa',
    'core/flow',
  ],
  'known-variables': ['config', 'env', 'core/contract'],
  'start-notes': ['known-variables', 'config', 'env'],
  // A scan is one door's work, whole: what it finds, what it writes, what it knows again.
  scan: [
    'scan',
    'rest',
    'pulse',
    'private-files',
    // Records of scans that many machines share.
    'store',
    'isolation',
    'trust-lists',
    'core/contract',
    'core/signals',
    'core/c2pa',
    'core/flow',
    'core/rulebooks',
    'core/words',
    'core/renderers',
    'core/limits',
    // The first bytes of an object tell whether the rest is worth fetching.
    'core/asset',
  ],
  cli: [
    'cli',
    'start-notes',
    'scan',
    'worker-process',
    'doctor',
    'config',
    'trust-lists',
    'isolation',
    'server',
    'store',
    'backup',
    'core/contract',
    'core/signals',
    'core/c2pa',
    'core/renderers',
    'core/rulebooks',
    'core/words',
    'core/limits',
    'core/flow',
    'core/finding',
  ],
  // A door like the command line, for whoever imports it.
  library: [
    'library',
    'own-folder',
    'isolation',
    'core/contract',
    'core/c2pa',
    'core/rulebooks',
    'core/asset',
    'core/flow',
  ],
  index: ['library', 'report', 'core/contract', 'core/c2pa', 'core/flow'],
  report: ['core/contract'],
  'start-notices': ['config', 'private-files', 'secrets', 'store'],
  server: [
    'http',
    'secrets',
    'start-notices',
    'store',
    'config',
    'isolation',
    'metrics',
    'tracing',
    'trust-lists',
    'webhooks',
    'worker',
  ],
  tracing: ['tracing', 'tracing-settings', 'isolation', 'core/flow'],
  'tracing-settings': ['env'],
  'worker-process': [
    'start-notices',
    'store',
    'config',
    'isolation',
    'pulse',
    'tracing',
    'worker',
    'worker-figures',
    'scan',
  ],
  'worker-figures': ['store', 'config', 'isolation', 'metrics', 'pulse', 'trust-lists', 'worker'],
};

/** What every room has to say, it says by these. */
const FOR_ALL = ['say', 'catalogues'];

/** Files of core that are a step of the flow, or the contract that every room reads. */
const FLOW = [
  'masking-said',
  'analyze',
  'read-all',
  'summary',
  'derived-signals',
  'claimed-dates',
  'reevaluate',
  'rulebook-diff',
  'sentence',
  'sentence-credentials',
  'sentence-declared',
  'terms',
  'sentence-labels',
  'sentence-steps',
  'sentence-tools',
  'sentence-traces',
  'sentence-said',
  'sentence-contradictions',
  'sentence-unread',
  'signal-origins',
  'contradictions',
  'why-missing',
  'not-checked',
  'masking',
  'revealed-of-before',
  'name-signals',
  'named',
  'masking-cr-json',
  'personal-c2pa',
  'personal-text',
  'signed-part',
  'localise',
  'tell',
  'judge-store',
  'rejudge-store',
  'kept-store',
  'kept-trust',
  'judged-again',
  'conclude-again',
  'label-signatures',
  'own-store',
  'cr-json',
  'pictures-of',
  'recoded-picture',
  'credentials',
  'c2pa-origin',
  'version',
  'evidence-fields',
  'evidence-personal',
  'evidence-rows',
  'evidence-of',
  'label-bytes',
  'formats',
  'signal-list',
  'with-findings',
];
const ASSET = [
  'asset',
  'hash-thread',
  'head-tokenizer',
  'large-hash',
  'media-type',
  'range-tokenizer',
  'read-range',
];

function roomOf(file: string): string {
  const parts = relative(SRC, file).replace(/\.ts$/, '').split('/');
  const [top = '', second = ''] = parts;
  if (parts.length === 1) return top;
  if (top !== 'core') return top;
  if (parts.length > 2) return `core/${second}`;
  if (FLOW.includes(second)) return 'core/flow';
  if (ASSET.includes(second)) return 'core/asset';
  if (second === 'limits') return 'core/limits';
  if (second === 'finding') return 'core/finding';
  return 'core/contract';
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = [
    ...text.matchAll(/^\s*(?:import|export)\s+(type\s+)?[^;'"]*?from\s+'([^']+)'|import\('([^']+)'\)/gm),
  ];
  return found.map(([, type, name, dynamic]) => ({
    from: file,
    to: name ?? dynamic ?? '',
    typeOnly: type !== undefined,
  }));
}

const FILES = sources(SRC);
const IMPORTS = FILES.flatMap(importsOf);
const target = (i: Import) => resolve(dirname(i.from), i.to).replace(/\.js$/, '.ts');

describe('the arrows of docs/architecture.md', () => {
  it('knows every room', () => {
    const unknown = new Set(FILES.map(roomOf).filter((room) => !(room in MAY_IMPORT)));
    expect([...unknown]).toEqual([]);
  });

  it('points one way between rooms', () => {
    const wrong = IMPORTS.filter((i) => i.to.startsWith('.')).flatMap((i) => {
      const [from, to] = [roomOf(i.from), roomOf(target(i))];
      return MAY_IMPORT[from]?.includes(to) || (FOR_ALL.includes(to) && from !== 'catalogues')
        ? []
        : [`${relative(SRC, i.from)} (${from}) → ${relative(SRC, target(i))} (${to})`];
    });
    expect(wrong).toEqual([]);
  });

  it('has no import cycle', () => {
    const graph = new Map<string, string[]>();
    for (const i of IMPORTS.filter((one) => one.to.startsWith('.') && !one.typeOnly)) {
      graph.set(i.from, [...(graph.get(i.from) ?? []), target(i)]);
    }
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: string[]): void => {
      if (path.includes(file)) {
        cycles.push([...path.slice(path.indexOf(file)), file].map((f) => relative(SRC, f)).join(' → '));
        return;
      }
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of FILES) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('keeps detectors, rules and words free of Node, libraries and the clock', () => {
    const pure = FILES.filter((f) =>
      [
        'core/detectors',
        'core/finding',
        'core/signals',
        'core/signatures',
        'core/words',
        'core/renderers',
      ].includes(roomOf(f)),
    );
    const wrong = pure.flatMap((file) => [
      ...importsOf(file)
        .filter((i) => !i.to.startsWith('.'))
        .map((i) => `${relative(SRC, file)} imports ${i.to}`),
      ...(/\bDate\.now\(|new Date\(\)|Math\.random\(|process\./.test(readFileSync(file, 'utf8'))
        ? [`${relative(SRC, file)} reads the clock, chance or the process`]
        : []),
    ]);
    expect(pure.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });

  it('lets only config read the environment, and only readers and asset touch media libraries', () => {
    const env = FILES.filter((f) => /process\.env\b/.test(readFileSync(f, 'utf8'))).map((f) =>
      relative(SRC, f),
    );
    expect(env.filter((f) => !['cli.ts', 'config.ts'].includes(f) && !f.startsWith('isolation/'))).toEqual(
      [],
    );
    const media = /^(sharp|music-metadata|strtok3|file-type|@contentauth\/|@xmldom\/)/;
    const wrong = IMPORTS.filter(
      (i) => media.test(i.to) && !['core/readers', 'core/asset'].includes(roomOf(i.from)),
    );
    expect(wrong.map((i) => `${relative(SRC, i.from)} → ${i.to}`)).toEqual([]);
  });
});
