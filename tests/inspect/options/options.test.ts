import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addCommands } from '../../../src/cli/commands.js';
import { createProgram } from '../../../src/cli/run.js';
import { chooseRulebooks } from '../../../src/core/law/rulebooks/index.js';
import { type EntryPoint, optionSpec, optionsAt } from '../../../src/inspect/options/members.js';
import { pickResolvedOptions, resolveOptions } from '../../../src/inspect/options/resolved.js';
import {
  type LawDefaults,
  type LawOptions,
  type LawSelection,
  resolveLawSelection,
} from '../../../src/inspect/options/resolved-law.js';
import { resolveCallOptions } from '../../../src/library/options.js';
import { parsePlan } from '../../../src/scan/run/plan.js';
import { testApp } from '../../http/harness.js';

/** Each entry point accepts exactly the options that src/inspect/options/members.ts assigns to it. */

const ALL = optionsAt('library');
const api = parse(readFileSync(join(import.meta.dirname, '../../../openapi.yaml'), 'utf8'));
const known = (names: Iterable<string>) =>
  [...names].filter((name) => ALL.some((one) => one === name)).sort();
const declared = (door: EntryPoint) => [...optionsAt(door)].sort();

/** Resolves a reference to the components, if it is one. */
const whole = (one: { $ref?: string }) =>
  (one.$ref ?? '#')
    .split('/')
    .slice(1)
    .reduce((part, name) => part[name], one.$ref === undefined ? one : api);

const program = createProgram({ stdout: process.stdout, stderr: process.stderr, env: {} } as never, () => {});
await addCommands(program, { stdout: process.stdout, stderr: process.stderr, env: {} } as never, () => {});

function commandOf(...names: string[]): Command {
  let found: Command = program;
  for (const name of names) {
    const next = found.commands.find((one) => one.name() === name);
    if (next === undefined) throw new Error(`no command ${name}`);
    found = next;
  }
  return found;
}

describe('what may be asked of a file', () => {
  it.each([
    ['inspect', ['inspect']],
    ['scan', ['scan']],
    ['keys', ['keys', 'create']],
    ['rulebooks', ['rulebooks', 'show']],
  ] as const)('has its options at the command %s, with help and default', (door, names) => {
    const { options } = commandOf(...names);
    expect(known(options.map((option) => option.attributeName()))).toEqual(declared(door));
    for (const name of optionsAt(door)) {
      const option = options.find((one) => one.attributeName() === name);
      expect(JSON.parse(option?.description ?? '')).toEqual(optionSpec(name).at[door]);
      expect(option?.defaultValue).toBe(optionSpec(name).defaultValue);
    }
  });

  it.each(['/v1/inspections', '/v1/batches'])('stands in the description of %s', (path) => {
    const { parameters, requestBody } = api.paths[path].post;
    const inQuery = parameters.map(whole).filter((one: { in: string }) => one.in === 'query');
    expect(known(inQuery.map(({ name }: { name: string }) => name))).toEqual(declared('query'));
    const { schema } = requestBody.content['application/json'];
    for (const { properties } of (schema.anyOf ?? [schema]).map(whole)) {
      // A link leads to one file; its sidecars are sent in a form.
      const ofFiles = path === '/v1/batches' || 'url' in properties ? ['init', 'sidecar'] : [];
      expect([...known(Object.keys(properties)), ...ofFiles].sort()).toEqual(declared('json'));
    }
    const form = requestBody.content['multipart/form-data'];
    if (form !== undefined)
      expect(known(Object.keys(whole(form.schema).properties))).toEqual(declared('form'));
  });

  it('has its fields on the page', async () => {
    const { app } = await testApp();
    const { body } = await app.inject({ url: '/' });
    const form = body.slice(body.indexOf('<form class="upload"'), body.indexOf('</form>'));
    // The form offers no personal data to a user who may not see it.
    expect(known([...form.matchAll(/ name="(\w+)"/g)].map(([, name = '']) => name))).toEqual(
      declared('page').filter((name) => name !== 'reveal'),
    );
  });

  it('is a member of the library’s question', () => {
    const values = { day: '2026-11-25', yes: true, names: 'EU', file: 'x.c2pa' };
    for (const name of ALL) {
      const { type: takes, words = [] } = optionSpec(name);
      const value =
        name === 'rulebooks'
          ? 'eu-ai-act-art-50'
          : takes === 'word' || takes === 'words'
            ? words[0]
            : values[takes];
      expect(() => resolveCallOptions('x.jpg', { [name]: value })).not.toThrow();
      if (takes !== 'file') expect(() => resolveCallOptions('x.jpg', { [name]: 7 } as never)).toThrow(name);
    }
  });

  it('is kept for workers on other machines whole', () => {
    const asked = resolveOptions(
      { asOf: '2026-11-25', engine: 'wasm', deep: true, reveal: ['names'] },
      {
        rulebooks: ['eu-ai-act-art-50'],
        jurisdictions: ['CN'],
        roles: ['platform'],
        summed: { jurisdictions: ['EU'], roles: ['anyone'] },
      },
    );
    const plan = { ask: asked, full: false, hidden: false, filter: {} };
    expect(parsePlan(JSON.stringify(plan))?.ask).toEqual(asked);
    expect(pickResolvedOptions({ ...asked, name: 'x.jpg', path: '/x' } as typeof asked)).toEqual(asked);
  });
});

/**
 * Selections of the request, of the key and of the operator, to the laws that are reported in full and those that are
 * summed up.
 */
const LAWS: [string, LawOptions, { key?: LawDefaults; operator?: LawDefaults }, LawSelection][] = [
  ['nothing is asked', {}, {}, {}],
  ['a place', { jurisdiction: ['CN', 'CN'] }, {}, { jurisdictions: ['CN'] }],
  ['a role', { role: ['deployer'] }, {}, { roles: ['deployer'] }],
  [
    'a place and a role',
    { jurisdiction: ['US'], role: ['publisher'] },
    { key: { jurisdictions: ['CN'], roles: ['user'], rulebooks: ['eu-ai-act-art-50'] } },
    { jurisdictions: ['US'], roles: ['publisher'] },
  ],
  [
    'what the operator presets',
    {},
    { operator: { jurisdictions: ['CN', 'EU'], roles: ['publisher'] } },
    { jurisdictions: ['CN', 'EU'], roles: ['publisher'] },
  ],
  [
    'a key before the operator, each for its own member',
    {},
    { key: { jurisdictions: ['KR'] }, operator: { jurisdictions: ['CN'], roles: ['publisher'] } },
    { jurisdictions: ['KR'], roles: ['publisher'] },
  ],
  [
    'a place before the key, whose role still stands in',
    { jurisdiction: ['EU'] },
    { key: { jurisdictions: ['KR'], roles: ['platform'], rulebooks: ['vn-ai-law-2026'] } },
    { jurisdictions: ['EU'], roles: ['platform'] },
  ],
  [
    'rulebooks, whatever key and operator are set to',
    { rulebooks: ['eu-ai-act-art-50'] },
    { key: { roles: ['user'] }, operator: { jurisdictions: ['CN'], roles: ['publisher'] } },
    { rulebooks: ['eu-ai-act-art-50'], summed: { jurisdictions: ['CN'], roles: ['user'] } },
  ],
  ['all rulebooks', { rulebooks: ['all'] }, {}, { rulebooks: ['all'] }],
  [
    'all rulebooks, of a role',
    { rulebooks: ['all', 'eu-ai-act-art-50'], role: ['platform'] },
    { operator: { roles: ['publisher'] } },
    { rulebooks: ['all'], roles: ['platform'], summed: { roles: ['platform'] } },
  ],
  [
    'all rulebooks of a place',
    { rulebooks: ['all'], jurisdiction: ['KR'] },
    {},
    { rulebooks: ['kr-ai-framework-act'], summed: { jurisdictions: ['KR'] } },
  ],
  [
    'a rulebook of another place',
    { rulebooks: ['eu-ai-act-art-50'], jurisdiction: ['KR'] },
    {},
    { rulebooks: [], summed: { jurisdictions: ['KR'] } },
  ],
  [
    'rulebooks of a key, and its role beside them',
    {},
    { key: { rulebooks: ['vn-ai-law-2026'], roles: ['user'] }, operator: { jurisdictions: ['CN'] } },
    { rulebooks: ['vn-ai-law-2026'], roles: ['user'], summed: { jurisdictions: ['CN'], roles: ['user'] } },
  ],
];

describe('what is asked of the law', () => {
  it.each(LAWS)('%s', (_, asked, defaults, law) => {
    expect(resolveLawSelection(asked, defaults, chooseRulebooks)).toEqual(law);
  });

  it.each([
    [{ rulebooks: ['no-such'] }, {}],
    [{ jurisdiction: ['XX'] }, {}],
    [{}, { key: { jurisdictions: ['XX'] } }],
    [{}, { key: { rulebooks: ['no-such'] } }],
  ])('is refused where no rulebook knows it: %j %j', (asked, defaults) => {
    expect(() => resolveLawSelection(asked, defaults, chooseRulebooks)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^unknown-/) }),
    );
  });
});
