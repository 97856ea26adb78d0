import '../scripts/from-sources.js';

import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, relative } from 'node:path';
import sharp from 'sharp';
import { CHANGES, isPhotograph, scene } from './fingerprint-changes.js';

/**
 * Measures how many pictures are found after common transformations, and which are falsely matched: every picture of a
 * folder and 200 generated ones. Thresholds and boxes were tuned on one half (`--half a`); the other half is what is
 * reported. `node bench/fingerprint-quality.js CORPUS [--half a|b] [--made N] [--every N] [--pairs-only] [--list] [--sheets
 * FOLDER]`; `--list`: every pair, one by one.
 */

const arguments_ = process.argv.slice(2);
const option = (name, otherwise) =>
  arguments_.includes(name) ? arguments_[arguments_.indexOf(name) + 1] : otherwise;
const CORPUS = arguments_[0] ?? '';
const HALF = option('--half', 'b');
const MADE = Number(option('--made', 200));
const EVERY = Number(option('--every', 1));
const LISTED = process.argv.includes('--list');
const SHEETS = option('--sheets', undefined);
const MOST_POINTS = 512;
const LARGEST = 800;

const { PdqHasher: Hashing, ORIENTATIONS: TURNS } = await import('../src/matching/pdq.ts');
const { standardCrops: cutsOf, cropScale: scaleOfCut } = await import('../src/matching/crops.ts');
const { queryCrops } = await import('../src/matching/query-crops.ts');
const { HashIndex: Shelf } = await import('../src/matching/hash-index.ts');
const { limits } = await import('../src/base/limits.ts');
const {
  MIN_QUALITY: LEAST_QUALITY,
  MAX_UNDECIDED: MOST_UNDECIDED,
  MAX_SAME_BITS: SAME_BITS,
  MAX_SIMILAR_BITS: SIMILAR_BITS,
} = await import('../src/matching/fingerprint.ts');

sharp.concurrency(1);
sharp.cache(false);

async function lumaOf(source) {
  const { data, info } = await sharp(source, { failOn: 'none' })
    .rotate()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .resize({ width: MOST_POINTS, height: MOST_POINTS, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const points = Float32Array.from({ length: width * height }, (_none, at) => {
    const from = at * channels;
    if (channels < 3) return data[from];
    return 0.299 * data[from] + 0.587 * data[from + 1] + 0.114 * data[from + 2];
  });
  return { width, height, points };
}

const tells = ({ quality, undecided }) => quality >= LEAST_QUALITY && undecided <= MOST_UNDECIDED;

/** Computes the hashes as a reader does: those to search with and those to store. */
function queriesOf(luma, hashing = new Hashing(luma)) {
  const views = queryCrops(luma).map(({ box, scale }) => hashing.hashOrientations(box, scale));
  const parts = [hashing.hashWholeOrientations(), ...views].filter(tells);
  return parts.flatMap(({ hash: fingerprint, byOrientation: turned }) => [
    fingerprint,
    ...TURNS.map((turn) => turned[turn]),
  ]);
}

const shelfOf = (luma, hashing) => [
  hashing.plain().bits,
  ...cutsOf(luma)
    .map((box) => hashing.plain(box, scaleOfCut(luma, box)))
    .filter(tells)
    .map(({ bits }) => bits),
];

function kept(luma) {
  const hashing = new Hashing(luma);
  const { quality, undecided } = hashing.hash();
  if (!tells({ quality, undecided })) return { quality, undecided };
  const before = process.cpuUsage().user;
  const entries = shelfOf(luma, hashing);
  shelving += process.cpuUsage().user - before;
  return { entries, queries: queriesOf(luma, hashing) };
}

let shelving = 0;
const pictures = [];
const refused = [];
const unread = [];
async function take(name, source) {
  let luma;
  try {
    luma = await lumaOf(await source());
  } catch {
    unread.push(name);
    return;
  }
  if (Math.min(luma.width, luma.height) < limits.fingerprintMinPixels) {
    refused.push({ name });
    return;
  }
  const { entries, queries, ...why } = kept(luma);
  if (entries === undefined) refused.push({ name, ...why });
  else pictures.push({ name, source, entries, queries });
}
const names = readdirSync(CORPUS, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .filter((path) => /\.(jpe?g|png|webp|gif|tiff?|avif|heif|svg)$/i.test(path))
  .sort();
for (const path of names) await take(relative(CORPUS, path), async () => path);
const ofCorpus = pictures.length;
for (let number = 0; number < MADE; number += 1) await take(`made ${number}`, () => scene(number));
console.log(
  `${names.length} files of pictures and ${MADE} made ones: ${ofCorpus} and ${pictures.length - ofCorpus} have a fingerprint; ${refused.length} are too small or have too little to see (${refused.filter(({ name }) => name.startsWith('made ')).length} of the made ones), ${unread.length} are not decoded`,
);

const shelf = new Shelf();
const owner = [];
for (const [at, { entries }] of pictures.entries())
  for (const entry of entries) {
    shelf.append(entry);
    owner.push(at);
  }
/** Returns the best distance of each near picture. */
function near(queries) {
  const best = new Map();
  for (const { entry, distance } of shelf.search(queries, LOOK).matches) {
    const picture = owner[entry];
    best.set(picture, Math.min(distance, best.get(picture) ?? 257));
  }
  return best;
}
/** Search radius beyond the reporting threshold, which shows how near the nearest other picture comes. */
const LOOK = 90;

const group = pictures.map((_none, at) => at);
const root = (at) => (group[at] === at ? at : root(group[at]));
const pairs = [];
let nearestOther = 256;
for (const [at, { queries }] of pictures.entries())
  for (const [other, distance] of near(queries)) {
    if (other === at) continue;
    if (distance > SIMILAR_BITS) {
      nearestOther = Math.min(nearestOther, distance);
      continue;
    }
    if (other > at || !pairs.some(([a, b]) => a === other && b === at)) pairs.push([at, other, distance]);
    group[root(at)] = root(other);
  }
const works = new Map();
for (const at of pictures.keys()) works.set(root(at), [...(works.get(root(at)) ?? []), at]);
const several = [...works.values()].filter((work) => work.length > 1);
console.log(
  `${works.size} works; ${pairs.length} pairs of files are at ${SIMILAR_BITS} or less, in ${several.length} groups; the nearest pair beyond is at ${nearestOther}`,
);
for (const [number, work] of several.entries()) {
  const within = pairs.filter(([at]) => root(at) === root(work[0])).map(([, , distance]) => distance);
  console.log(
    `\ngroup ${number + 1}: ${work.length} files, ${within.length} pairs at ${Math.min(...within)} to ${Math.max(...within)}`,
  );
  for (const at of work) console.log(`  ${pictures[at].name}`);
  if (LISTED)
    for (const [one, other, distance] of pairs.filter(([at]) => root(at) === root(work[0])))
      console.log(`    ${distance} ${pictures[one].name} | ${pictures[other].name}`);
  if (SHEETS !== undefined) await sheet(join(SHEETS, `group-${number + 1}.jpg`), work);
}

async function sheet(path, work) {
  const side = 160;
  const tiles = await Promise.all(
    work.slice(0, 60).map(async (at, place) => ({
      input: await sharp(await pictures[at].source(), { failOn: 'none' })
        .rotate()
        .flatten({ background: '#fff' })
        .resize({ width: side, height: side, fit: 'contain', background: '#888' })
        .png()
        .toBuffer(),
      left: (place % 8) * side,
      top: Math.floor(place / 8) * side,
    })),
  );
  const rows = Math.ceil(tiles.length / 8);
  const background = '#888';
  const base = sharp({ create: { width: 8 * side, height: rows * side, channels: 3, background } });
  writeFileSync(path, await base.composite(tiles).jpeg({ quality: 70 }).toBuffer());
}

if (arguments_.includes('--pairs-only')) process.exit();

const isOfHalf = (name) => (createHash('sha1').update(name).digest()[1] % 2 === 0) === (HALF === 'a');
const changed = [...works.values()]
  .map(([first]) => first)
  .filter((at) => isOfHalf(pictures[at].name))
  .filter((_none, place) => place % EVERY === 0);
const rows = new Map(
  Object.keys(CHANGES).map((name) => [name, { one: [], found: [], photographs: [], false: [], small: 0 }]),
);
const distance = (one, other) => one.reduce((sum, byte, at) => sum + ONES[byte ^ other[at]], 0);
const ONES = Uint8Array.from({ length: 256 }, (_none, byte) => byte.toString(2).replaceAll('0', '').length);
const begun = process.cpuUsage();
let hashing = 0;
const missed = new Map();
for (const [place, at] of changed.entries()) {
  const { name, source, entries } = pictures[at];
  const { data, info } = await sharp(await source(), { failOn: 'none' })
    .rotate()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .resize({ width: LARGEST, height: LARGEST, fit: 'inside', withoutEnlargement: true })
    .png({ compressionLevel: 0 })
    .toBuffer({ resolveWithObject: true });
  for (const [change, of] of Object.entries(CHANGES)) {
    const luma = await lumaOf(await of({ bytes: data, width: info.width, height: info.height }));
    const row = rows.get(change);
    if (Math.min(luma.width, luma.height) < limits.fingerprintMinPixels) {
      row.small += 1;
      continue;
    }
    const before = process.cpuUsage().user;
    const queries = queriesOf(luma);
    hashing += process.cpuUsage().user - before;
    const all = queries.length === 0 ? new Map() : near(queries);
    row.one.push(queries.length === 0 ? 256 : distance(queries[0], entries[0]));
    row.found.push(all.get(at) ?? 256);
    if (isPhotograph(name)) row.photographs.push(all.get(at) ?? 256);
    if ((all.get(at) ?? 256) > SIMILAR_BITS) missed.set(name, [...(missed.get(name) ?? []), change]);
    const others = [...all].filter(([other]) => root(other) !== root(at));
    row.false.push(Math.min(256, ...others.map(([, one]) => one)));
    for (const [other, one] of others)
      if (one <= SIMILAR_BITS) console.log(`${change}: ${name} is at ${one} of ${pictures[other].name}`);
  }
  if (process.stderr.isTTY || (place + 1) % 20 === 0)
    console.error(`${place + 1} of ${changed.length}: ${name}`);
}

const percent = (all, most) => `${Math.round((100 * all.filter((one) => one <= most).length) / all.length)}`;
const middle = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];
console.log(
  `\nhalf ${HALF}: ${changed.length} works changed; in % found at ${SAME_BITS} and ${SIMILAR_BITS} bits`,
);
console.log(
  `${'change'.padEnd(32)} one fingerprint      all fingerprints     photographs alone    nearest other  too small to be asked with`,
);
for (const [name, { one, found, photographs, false: others, small }] of rows)
  console.log(
    `${name.padEnd(32)} ${`${percent(one, SAME_BITS)} / ${percent(one, SIMILAR_BITS)}, middle ${middle(one)}`.padEnd(20)} ${`${percent(found, SAME_BITS)} / ${percent(found, SIMILAR_BITS)}, middle ${middle(found)}`.padEnd(20)} ${`${percent(photographs, SAME_BITS)} / ${percent(photographs, SIMILAR_BITS)} of ${photographs.length}`.padEnd(20)} ${String(Math.min(...others)).padEnd(14)} ${small}`,
  );
const falseOnes = [...rows.values()].flatMap((row) => row.false).filter((one) => one <= SIMILAR_BITS);
const { user, system } = process.cpuUsage(begun);
const searches = [...rows.values()].reduce((sum, { found }) => sum + found.length, 0);
for (const [name, changes] of [...missed].sort(([, one], [, other]) => other.length - one.length))
  console.log(`not found after ${changes.length} of ${rows.size}: ${name} (${changes.join('; ')})`);
console.log(
  `${searches} changed pictures asked with, ${falseOnes.length} near to another work (${SIMILAR_BITS} or less); fingerprints of a query ${(hashing / 1e3 / searches).toFixed(1)} ms and those kept ${(shelving / 1e3 / pictures.length).toFixed(1)} ms of processor time, all ${((user + system) / 1e6).toFixed(0)} s; load ${loadavg()[0].toFixed(1)}`,
);
