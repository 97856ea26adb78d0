import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** What every room has to say, and what it says it by. */
const FOR_ALL = ['say', 'catalogues', 'core/ground'];

/** Rooms in their order, and what each stands on: docs/rooms.md. */
const ROOMS = new Map(
  [
    ...readFileSync(resolve(SRC, '../docs/rooms.md'), 'utf8').matchAll(/^\| `(\S+)` +\|.*\| (.*?) +\|$/gm),
  ].map(([, room = '', cell = '']) => [room, standsOn(cell)] as const),
);

/** `core: media, trust; env, secrets` → the rooms. */
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

  it('enter a room of core by its doors', () => {
    const core = [...ROOMS.keys()].filter((room) => room.startsWith('core/'));
    for (const room of core) {
      const header = readFileSync(join(SRC, room, 'README.md'), 'utf8');
      const doors = /^Doors: (.*)$/m.exec(header)?.[1] ?? '';
      if (doors === 'every file') continue;
      const entered = between
        .filter(({ to }) => to === room)
        .map(({ file }) => relative(join(SRC, room), file).replace(/\.ts$/, ''));
      expect(doors.split(', '), room).toEqual([...new Set(entered)].sort().map((name) => `\`${name}\``));
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
    const pure = FILES.filter((f) => rooms.includes(roomOf(f)) || relative(SRC, f) === 'core/law/finding.ts');
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
    expect(env.filter((f) => !['cli.ts', 'config.ts'].includes(f) && !f.startsWith('isolation/'))).toEqual(
      [],
    );
    const media = /^(sharp|music-metadata|strtok3|file-type|@contentauth\/|@xmldom\/)/;
    const wrong = IMPORTS.filter(
      (i) => media.test(i.to) && !['core/readers', 'core/media'].includes(roomOf(i.from)),
    );
    expect(wrong.map((i) => `${relative(SRC, i.from)} → ${i.to}`)).toEqual([]);
  });
});

/** Where text leaves the program, and by which escaper: docs/architecture.md. Nothing else writes there. */
const WRITERS: Readonly<Record<string, RegExp>> = {
  'cli.ts': /escapeTerminal\(/,
  'process-one.ts': /escapeTerminal\(/,
  'cli/io.ts': /escapeTerminal\(|jsonLine\(/,
  'cli/output.ts': /terminalOutput\(|jsonLine\(/,
  'cli/run.ts': /terminalOutput\(/,
  'http/logging.ts': /escapeJson\(/,
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
    // Where whole streams are handed on, they are named too: the log of the service, and a terminal's width.
    const streams = named.filter(({ text }) => /\bprocess\.std(?:out|err)\b/.test(text));
    expect(streams.map(({ name }) => name).sort()).toEqual(
      ['cli.ts', 'cli/scan.ts', 'process-one.ts', 'server.ts'].sort(),
    );
  });

  it('goes to standard output by way of its medium, and as it is only where it was escaped already', () => {
    const pieces = named
      .filter(({ text }) => /\boutput\.piece\(|\)\.piece\(/.test(text))
      .map(({ name }) => name);
    expect(pieces.sort()).toEqual([
      'cli/completion.ts',
      'cli/inspect.ts',
      'cli/report.ts',
      'cli/scan-diff.ts',
      'cli/scan-results.ts',
    ]);
  });

  it('has one escaper for each medium, and nobody writes another', () => {
    // Styles of a terminal, quotation marks of tables, and what HTML writes otherwise. Readers, of files and of
    // pages that a link leads to, undo such.
    const ours = named.filter(({ name }) => !name.startsWith('core/readers/'));
    const own = [
      [
        /\\u001b|\\x1b/i,
        ['cli/io.ts', 'core/ground/terminal-text.ts', 'core/renderers/text-lines.ts', 'cli/doctor-text.ts'],
      ],
      [/replaceAll\('"', '""'\)/, ['core/ground/csv-line.ts']],
      [/'&lt;'|'&amp;'/, ['core/renderers/html-escape.ts', 'fetching/embedded.ts']],
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
    // Lines of a stream, and what goes around the hook: they escape for themselves.
    const raw = named
      .filter(({ text }) => /\$\{JSON\.stringify\([^`]*\\n`/.test(text))
      .map(({ name }) => name);
    expect(raw.filter((name) => name.startsWith('http/') || name.startsWith('cli/'))).toEqual([]);
    for (const name of [
      'http/batch-results.ts',
      'http/batch-files.ts',
      'http/event-stream.ts',
      'http/client-error.ts',
      'webhooks/body.ts',
      'metrics/server.ts',
    ])
      expect(named.find((one) => one.name === name)?.text, name).toMatch(/json(?:Text|Line)\(/);
  });
});
