import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** Modules that every module may import, because each has text to show. */
const FOR_ALL = ['base', 'i18n'];

/** Modules in their order with their dependencies: docs/rooms.md. */
const ROOMS = new Map(
  [
    ...readFileSync(resolve(SRC, '../docs/rooms.md'), 'utf8').matchAll(/^\| `(\S+)` +\|.*\| (.*?) +\|$/gm),
  ].map(([, room = '', cell = '']) => [room, standsOn(cell)] as const),
);

/** Parses `core: media, trust; env, secrets` into module names. */
function standsOn(cell: string): string[] {
  if (cell === '–') return [];
  return cell.split('; ').flatMap((group) => {
    const [, core, names = ''] = /^(core: )?(.*)$/.exec(group) ?? [];
    return names.split(', ').map((name) => (core ? `core/${name}` : name));
  });
}

function roomOf(file: string): string {
  const [top = '', second = ''] = relative(SRC, file).replace(/\.ts$/, '').split('/');
  return top === 'core' ? `core/${second}` : top;
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
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/^\s*(?:import|export)\s[^;'"]*?from\s+'([^']+)'|import\('([^']+)'\)/gm);
  return [...found].map(([, name, dynamic]) => ({ from: file, to: name ?? dynamic ?? '' }));
}

const FILES = sources(SRC);
const IMPORTS = FILES.flatMap(importsOf);
const target = (i: Import) => resolve(dirname(i.from), i.to).replace(/\.js$/, '.ts');

/** Imports between sources, as paths within src. */
const ALONG = IMPORTS.filter(({ to }) => to.startsWith('.')).map((i) => ({
  from: relative(SRC, i.from),
  to: relative(SRC, target(i)),
}));

/** Folder, or file without its ending, that stands directly within a folder. */
const unitOf = (file: string, folder: string): string =>
  (file.slice(folder.length + 1).split('/')[0] ?? '').replace(/\.ts$/, '');

const names = (all: readonly string[]): string[] =>
  [...new Set(all.map((name) => name.replace(/\.ts$/, '')))].sort().map((name) => `\`${name}\``);

/** Modules whose folders import from each other in both directions. No two of their files do. */
const WITH_FOLDER_CYCLES = ['core/trust', 'core/readers', 'core/summary'];

/** Units that are reached from one by arrows to others. */
function reached(arrows: ReadonlyMap<string, ReadonlySet<string>>, from: string): Set<string> {
  const found = new Set<string>();
  const visit = (unit: string): void => {
    for (const next of arrows.get(unit) ?? [])
      if (next !== unit && !found.has(next)) {
        found.add(next);
        visit(next);
      }
  };
  visit(from);
  return found;
}

describe('the arrows of docs/rooms.md', () => {
  const between = IMPORTS.filter(({ to }) => to.startsWith('.')).flatMap((i) => {
    const [from, to] = [roomOf(i.from), roomOf(target(i))];
    return from === to
      ? []
      : [{ from, to, file: target(i), said: `${relative(SRC, i.from)} → ${relative(SRC, target(i))}` }];
  });

  it('know every room, and none that is gone', () => {
    expect([...ROOMS.keys()].sort()).toEqual([...new Set(FILES.map(roomOf))].sort());
  });

  it('are all that go between rooms, types included', () => {
    const wrong = between.filter(({ from, to }) => !FOR_ALL.includes(to) && !ROOMS.get(from)?.includes(to));
    expect(wrong.map(({ said }) => said)).toEqual([]);
  });

  it('are all gone along, and none points back', () => {
    const order = [...ROOMS.keys()];
    const arrows = [...ROOMS].flatMap(([from, rooms]) => rooms.map((to) => ({ from, to })));
    expect(arrows.length).toBeGreaterThan(100);
    expect(
      arrows.filter(({ from, to }) => !between.some((one) => one.from === from && one.to === to)),
    ).toEqual([]);
    expect(arrows.filter(({ from, to }) => order.indexOf(to) >= order.indexOf(from))).toEqual([]);
    const upwards = between.filter(({ from, to }) => order.indexOf(to) > order.indexOf(from));
    expect(upwards.map(({ said }) => said)).toEqual([]);
  });

  it('stand in the README of every folder, with the files that others may import', () => {
    const headers = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.endsWith('/README.md') && path !== 'core/README.md',
    );
    expect(headers.length).toBeGreaterThan(100);
    for (const header of headers) {
      const folder = dirname(header);
      const text = readFileSync(join(SRC, header), 'utf8');
      const said = (line: string) => new RegExp(`^${line}: (.*)$`, 'm').exec(text)?.[1];
      const inside = (file: string) => file.startsWith(`${folder}/`);
      const own = FILES.filter((file) => inside(relative(SRC, file)));
      const entered = names(
        ALONG.filter(({ from, to }) => inside(to) && !inside(from)).map(({ to }) =>
          to.slice(folder.length + 1),
        ),
      );
      // Most files of a folder of like units are entered one by one.
      const isOpen = own.length > 8 && entered.length === own.length;
      expect(said('Public files'), header).toBe(isOpen ? 'every file' : entered.join(', ') || 'none');
      const around = dirname(folder);
      const isBeside = (file: string) => !['.', 'core'].includes(around) && file.startsWith(`${around}/`);
      const used = ALONG.filter(({ from, to }) => inside(from) && !inside(to)).map(({ to }) =>
        isBeside(to) ? unitOf(to, around) : roomOf(join(SRC, to)),
      );
      expect(said('Imports from'), header).toBe(names(used).join(', ') || 'nothing');
      expect(text.split('\n').length, header).toBeLessThanOrEqual(41);
    }
  });

  it('form no cycle between the folders of one module', () => {
    for (const room of [...ROOMS.keys()].filter((one) => !WITH_FOLDER_CYCLES.includes(one))) {
      const arrows = new Map<string, Set<string>>();
      for (const { from, to } of ALONG)
        if (from.startsWith(`${room}/`) && to.startsWith(`${room}/`)) {
          const unit = unitOf(from, room);
          arrows.set(unit, (arrows.get(unit) ?? new Set()).add(unitOf(to, room)));
        }
      const cycles = [...arrows.keys()].filter((unit) => reached(arrows, unit).has(unit));
      expect(cycles, room).toEqual([]);
    }
  });

  it('let no file come round to itself, not by a type either', () => {
    const graph = new Map<string, string[]>();
    for (const i of IMPORTS.filter((one) => one.to.startsWith('.'))) {
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

  it('keep detectors, rules and words free of Node, libraries and the clock', () => {
    const rooms = ['core/signals', 'core/signatures', 'core/detectors', 'core/summary', 'core/renderers'];
    const pure = FILES.filter(
      (f) => rooms.includes(roomOf(f)) || relative(SRC, f) === 'core/law/evaluate.ts',
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

  it('let only config read the environment, and only readers and asset touch media libraries', () => {
    const env = FILES.filter((f) => /process\.env\b/.test(readFileSync(f, 'utf8'))).map((f) =>
      relative(SRC, f),
    );
    expect(
      env.filter((f) => !['cli/main.ts', 'config/settings.ts'].includes(f) && !f.startsWith('inspect/')),
    ).toEqual([]);
    const media = /^(sharp|music-metadata|strtok3|file-type|@contentauth\/|@xmldom\/)/;
    const wrong = IMPORTS.filter(
      (i) => media.test(i.to) && !['core/readers', 'core/media'].includes(roomOf(i.from)),
    );
    expect(wrong.map((i) => `${relative(SRC, i.from)} → ${i.to}`)).toEqual([]);
  });
});

/** Points where text leaves the program, and the escaper of each: docs/architecture.md. Nothing else may write there. */
const WRITERS: Readonly<Record<string, RegExp>> = {
  'cli/main.ts': /escapeTerminal\(/,
  'base/process/pid1-reaper.ts': /escapeTerminal\(/,
  'cli/shared/io.ts': /escapeTerminal\(|formatJsonLine\(/,
  'cli/shared/output.ts': /filterTerminalOutput\(|formatJsonLine\(/,
  'cli/run.ts': /filterTerminalOutput\(/,
  'http/services/logging.ts': /escapeJson\(/,
};

describe('what leaves the program', () => {
  const named = FILES.map((file) => ({ name: relative(SRC, file), text: readFileSync(file, 'utf8') }));

  it('is written to standard output, standard error and the log by those that escape it', () => {
    const writes =
      /\bconsole\.|\bstd(?:out|err)\s*\.write\(|\bwriteSync\((?:1|2),|stream\.write\(line|stream\.write\(piece/;
    const writers = named.filter(({ text }) => writes.test(text)).map(({ name }) => name);
    expect(writers.filter((name) => !(name in WRITERS))).toEqual([]);
    for (const [name, escaper] of Object.entries(WRITERS))
      expect(named.find((one) => one.name === name)?.text, name).toMatch(escaper);
    // Places that pass whole streams on are listed too: the service log, and the terminal width.
    const streams = named.filter(({ text }) => /\bprocess\.std(?:out|err)\b/.test(text));
    expect(streams.map(({ name }) => name).sort()).toEqual(
      ['cli/main.ts', 'cli/scan/scan.ts', 'base/process/pid1-reaper.ts', 'http/server.ts'].sort(),
    );
  });

  it('goes to standard output by way of its medium, and as it is only where it was escaped already', () => {
    const pieces = named
      .filter(({ text }) => /\boutput\.write\(|Output\(\w+(?:\.\w+)*\)\.write\(/.test(text))
      .map(({ name }) => name);
    expect(pieces.sort()).toEqual([
      'cli/completion.ts',
      'cli/inspect/inspect.ts',
      'cli/scan/report.ts',
      'cli/scan/scan-diff.ts',
      'cli/scan/scan-results.ts',
    ]);
  });

  it('has one escaper for each medium, and nobody writes another', () => {
    // Terminal styles, quotation marks of tables, and HTML's own escapes. Readers, of files and of linked pages, decode
    // such escapes and are excluded.
    const ours = named.filter(({ name }) => !name.startsWith('core/readers/'));
    const own = [
      [
        /\\u001b|\\x1b/i,
        [
          'cli/shared/io.ts',
          'base/terminal-text.ts',
          'core/renderers/text/text-lines.ts',
          'cli/service/doctor-text.ts',
        ],
      ],
      [/replaceAll\('"', '""'\)/, ['base/csv-line.ts']],
      [/'&lt;'|'&amp;'/, ['core/renderers/html/escape.ts', 'service/fetching/embedded.ts']],
    ] as const;
    for (const [pattern, places] of own)
      expect(
        ours
          .filter(({ text }) => pattern.test(text))
          .map(({ name }) => name)
          .sort(),
        String(pattern),
      ).toEqual([...places].sort());
  });

  it('is JSON of the HTTP API through one hook, and JSON of streams where it is made', () => {
    expect(named.find(({ name }) => name === 'http/app.ts')?.text).toMatch(/^ *escapeAnswers\(app\);$/m);
    // Lines of a stream, and responses that bypass the hook: they escape their own text.
    const raw = named
      .filter(({ text }) => /\$\{JSON\.stringify\([^`]*\\n`/.test(text))
      .map(({ name }) => name);
    expect(raw.filter((name) => name.startsWith('http/') || name.startsWith('cli/'))).toEqual([]);
    for (const name of [
      'http/batches/batch-results.ts',
      'http/batches/batch-files.ts',
      'http/webhooks/event-stream.ts',
      'http/contract/problems/client-error.ts',
      'service/webhooks/body.ts',
      'service/ops/metrics-server.ts',
    ])
      expect(named.find((one) => one.name === name)?.text, name).toMatch(/formatJson(?:Line)?\(/);
  });
});

describe('names', () => {
  const ROOT = resolve(SRC, '..');
  const texts = (folder: string) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|js)$/.test(path))
      .map((path) => ({ file: join(folder, path), text: readFileSync(join(ROOT, folder, path), 'utf8') }));

  it('of exported types stand in one file each', () => {
    const files = new Map<string, string[]>();
    for (const { name, text } of FILES.map((file) => ({
      name: relative(SRC, file),
      text: readFileSync(file, 'utf8'),
    })))
      for (const [, type = ''] of text.matchAll(
        /^export (?:declare )?(?:abstract )?(?:type|interface|class|enum) (\w+)/gm,
      ))
        files.set(type, [...(files.get(type) ?? []), name]);
    expect(files.size).toBeGreaterThan(1_000);
    expect([...files].filter(([, places]) => places.length > 1)).toEqual([]);
  });

  it('of paths in comments exist', () => {
    const lost = ['src', 'tests', 'scripts', 'bench', 'fuzz', 'fixtures/build']
      .flatMap(texts)
      .flatMap(({ file, text }) =>
        [...text.matchAll(/^\s*(?:\*|\/\/|\/\*)(.*)$/gm)]
          .filter(([line]) => !line.includes('import('))
          .flatMap(([, comment = '']) => [
            ...comment.matchAll(/(?<![\w./<:@-])((?:[\w-]+\/)+[\w.-]+\.(?:ts|js|cjs|json|css))(?![\w-])/g),
          ])
          .map(([, path = '']) => path)
          .filter((path) => !path.startsWith('dist/') && !path.startsWith('node_modules/'))
          .filter(
            (path) =>
              !['', 'src', 'src/core', 'tests', dirname(file)].some((base) =>
                existsSync(join(ROOT, base, path)),
              ),
          )
          .map((path) => `${file}: ${path}`),
      );
    expect(lost).toEqual([]);
  });
});
