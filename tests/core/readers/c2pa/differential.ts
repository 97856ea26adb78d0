import { basename, join, relative } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { EngineName } from '../../../../src/core/c2pa/engine-names.js';
import { createInspector } from '../../../../src/inspect/pool/create-inspector.js';
import { share } from '../../../support/whole.js';
import type { KnownCodeDifference, KnownDifference, Verdict } from './known-differences.js';

/** Reads every file with both engines. A crash of an engine ends its own process and counts as an answer. */
const inspector = createInspector({ jobs: 2 });
afterAll(() => inspector.close());

/** `why`: how the reading ended, for analysing a difference. */
async function verdict(path: string, engine: EngineName): Promise<{ is: Verdict; why: string }> {
  const { contentCredentials, reads } = await inspector.inspect({
    path,
    name: basename(path),
    asOf: '2026-11-25',
    engine,
  });
  const { presence, integrity, ingredientIntegrity } = contentCredentials;
  const is: Verdict = {
    presence,
    ...(integrity !== undefined && { integrity }),
    ...(ingredientIntegrity !== undefined && { ingredientIntegrity }),
  };
  return { is, why: `${engine}: ${JSON.stringify(reads.c2pa)}` };
}

/** Returns the codes that only one engine gives, as the Report lists them; empty without a second opinion. */
async function codeDifferences(path: string): Promise<readonly string[]> {
  const question = { path, name: basename(path), asOf: '2026-11-25', engine: 'both' } as const;
  const { contentCredentials } = await inspector.inspect(question);
  return contentCredentials.secondOpinion?.differences ?? [];
}

/** `oneIn`: one of this many files without differences is tested if the full run is not requested. */
export function differential(
  folder: string,
  files: string[],
  known: readonly KnownDifference[],
  knownCodes: readonly KnownCodeDifference[],
  oneIn = 1,
): void {
  it('lists only files that are there', () => {
    expect(
      [...known, ...knownCodes].map(({ file }) => file).filter((file) => !files.includes(join(folder, file))),
    ).toEqual([]);
  });

  const listed = new Set([...known, ...knownCodes].map(({ file }) => file));
  const names = files.map((path) => relative(folder, path));
  const asked = [
    ...names.filter((name) => listed.has(name)),
    ...share(
      names.filter((name) => !listed.has(name)),
      oneIn,
    ),
  ];

  it.each(asked)('%s', async (file) => {
    const path = join(folder, file);
    const verdicts = await Promise.all([verdict(path, 'native'), verdict(path, 'wasm')]);
    const [native, wasm] = [verdicts[0].is, verdicts[1].is];
    const why = verdicts.map((one) => one.why).join('; ');
    const difference = known.find((one) => one.file === file);
    // A listed file must differ exactly as listed; one that no longer does must leave the list.
    if (difference)
      expect({ native, wasm }, why).toEqual({ native: difference.native, wasm: difference.wasm });
    else expect(native, why).toEqual(wasm);
    if (native.presence !== 'present' || wasm.presence !== 'present') return;
    const codes = knownCodes.find((one) => one.file === file)?.differences ?? [];
    expect(await codeDifferences(path)).toEqual(codes);
  });
}
