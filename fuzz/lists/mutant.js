import { createHash } from 'node:crypto';
import { MUTATORS } from '../mutators/index.js';
import { Random } from '../random.js';
import { structureOf } from '../structure/index.js';
import { liedJson } from './json.js';
import { liedPem } from './pem.js';
import { companionOf } from './seeds.js';

/** Larger than the size limit of a list, so that mutants reach the limit now and then. */
const MOST_BYTES = 12 * 1024 ** 2;

/**
 * Returns the numbered folder to import: at least one manipulated list, with its other files.
 * @param {{ seed: number, number: number, from: import('./seeds.js').Lists[] }} which
 */
export function liedFolder({ seed, number, from }) {
  const random = new Random(`lists ${seed}`, number);
  const lists = random.pick(from);
  const name = random.pick(Object.keys(lists));
  const files = { [name]: lied(name, lists[name], random, lists) };
  // Under another publisher's name it is another list.
  if (random.chance(0.05)) files[random.pick(Object.keys(lists))] = files[name];
  for (const other of Object.keys(lists)) if (random.chance(0.1)) files[other] ??= lists[other];
  for (const list of ['C2PA-TRUST-LIST', 'C2PA-TSA-TRUST-LIST']) {
    const pem = files[`${list}.pem`];
    if (pem === undefined || random.chance(0.4)) continue;
    const beside = Buffer.from(companionOf(pem.toString('latin1')));
    files[`${list}.json`] = random.chance(0.5) ? lied('.json', beside, random, lists) : beside;
  }
  if (random.chance(0.7)) {
    // Lists are trusted only with digests of these exact bytes.
    const sources = Buffer.from(JSON.stringify(sourcesOf(files)));
    files['sources.json'] = random.chance(0.6) ? lied('.json', sources, random, lists) : sources;
  }
  return { number, name, files, bytes: Object.values(files).reduce((sum, { length }) => sum + length, 0) };
}

function lied(name, bytes, random, lists) {
  let now = bytes;
  for (let left = random.small(4); left > 0; left -= 1) {
    const text = now.toString('utf8');
    const others = () => random.pick(Object.values(lists)).toString('latin1');
    if (random.chance(0.2)) now = anyhow(now, random, Object.values(lists));
    else
      now = Buffer.from(
        name.endsWith('.json') ? liedJson({ text, random }) : liedPem({ text, random, others }),
      );
    now = now.subarray(0, MOST_BYTES);
  }
  return now;
}

function anyhow(bytes, random, all) {
  const seed = (of) => ({ bytes: of, tree: structureOf(of) });
  return Buffer.from(random.pick(MUTATORS)({ ...seed(bytes), random, other: () => seed(random.pick(all)) }));
}

const sourcesOf = (files) =>
  Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [
      name,
      {
        url: `https://lists.example/${name}`,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        fetchedAt: '2026-11-01T10:00:00Z',
        issueDate: '2026-10-30T00:00:00Z',
      },
    ]),
  );
