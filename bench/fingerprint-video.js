import '../scripts/from-sources.js';

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { scene } from './fingerprint-changes.js';
import { median } from './rounds.js';

/**
 * Measures which videos are found after common transformations, and which are falsely matched: the videos of a folder,
 * and clips made of its pictures and of generated scenes (pans, zooms, successive shots, moving patterns). Fingerprints
 * and search are those of the service: two frames per second, each with its crops and parts; a match requires that half
 * of the frames of one are in the other.
 *
 *   node bench/fingerprint-video.js [CORPUS] [--half a|b|all] [--only PATTERN] [--clips N]
 */
const option = (name, otherwise) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise;
const CORPUS = process.argv[2]?.startsWith('--') ? undefined : process.argv[2];
const HALF = option('--half', 'all');
const ONLY = option('--only', undefined);
const MOST_CLIPS = Number(option('--clips', 1_000));
const [WIDTH, HEIGHT, RATE, SECONDS] = [480, 270, 8, 8];
const FROM_FOLDER = 12;

const { Asset } = await import('../src/core/media/asset.ts');
const { computeFingerprints: fingerprintsOf } = await import(
  '../src/core/readers/fingerprints/fingerprint-of.ts'
);
const {
  compareFrames,
  splitFrames: framesIn,
  hasSharedFrames: shareFrames,
} = await import('../src/matching/video-frames.ts');
const { MAX_SAME_BITS: SAME_BITS, MAX_SIMILAR_BITS: SIMILAR_BITS } = await import(
  '../src/matching/fingerprint.ts'
);

const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const ffmpeg = (...args) =>
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
const to = (path, crf = 20) => [
  '-an',
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-crf',
  String(crf),
  '-pix_fmt',
  'yuv420p',
  path,
];

/** Loads a picture large enough to move over. */
async function still(source, name) {
  const path = join(folder, `${name}.png`);
  await sharp(source, { failOn: 'none' })
    .rotate()
    .flatten({ background: '#fff' })
    .resize(960, 540, { fit: 'cover' })
    .png({ compressionLevel: 1 })
    .toFile(path);
  return path;
}
const frames = SECONDS * RATE;
const MOVES = [
  ['pan', `crop=${WIDTH}:${HEIGHT}:'(iw-ow)*n/${frames}':'(ih-oh)/2'`],
  ['pan down', `crop=640:360:'(iw-ow)/3':'(ih-oh)*n/${frames}',scale=${WIDTH}:${HEIGHT}`],
  [
    'zoom',
    `zoompan=z='1+on/${frames}':x='iw/2-iw/zoom/2':y='ih/3-ih/zoom/3':d=1:s=${WIDTH}x${HEIGHT}:fps=${RATE}`,
  ],
];
function moved(picture, at, path) {
  const [, filter] = MOVES[at % MOVES.length];
  ffmpeg(
    '-loop',
    '1',
    '-framerate',
    String(RATE),
    '-t',
    String(SECONDS),
    '-i',
    picture,
    '-vf',
    filter,
    ...to(path),
  );
}

const clips = [];
async function clip(name, make) {
  const isHere = HALF === 'all' || (createHash('sha1').update(name).digest()[1] % 2 === 0) === (HALF === 'a');
  if (!isHere || clips.length >= MOST_CLIPS) return;
  const path = join(folder, `clip-${clips.length}.mp4`);
  await make(path);
  clips.push({ name, path });
}
for (let at = 0; at < 12; at += 1)
  await clip(`made ${at}, ${MOVES[at % MOVES.length][0]}`, async (path) =>
    moved(await still(await scene(500 + at), `made-${at}`), at, path),
  );
for (let at = 0; at < 4; at += 1)
  await clip(`shots ${at}`, async (path) => {
    const shots = await Promise.all(
      Array.from({ length: 5 }, async (_none, shot) =>
        still(await scene(600 + at * 5 + shot), `shot-${at}-${shot}`),
      ),
    );
    const inputs = shots.flatMap((one) => [
      '-loop',
      '1',
      '-framerate',
      String(RATE),
      '-t',
      String(SECONDS / 5),
      '-i',
      one,
    ]);
    const each = shots.map(
      (_none, shot) =>
        `[${shot}]crop=800:450:'(iw-ow)*t/2':'(ih-oh)*${shot % 2}',scale=${WIDTH}:${HEIGHT},setsar=1[s${shot}]`,
    );
    const joined = `${shots.map((_none, shot) => `[s${shot}]`).join('')}concat=n=${shots.length}`;
    ffmpeg(...inputs, '-filter_complex', `${each.join(';')};${joined}`, ...to(path));
  });
for (const [name, source] of [
  ['mandelbrot', `mandelbrot=size=${WIDTH}x${HEIGHT}:rate=${RATE}:start_scale=2:end_scale=0.02:end_pts=60`],
  ['cells', `cellauto=size=${WIDTH}x${HEIGHT}:rate=${RATE}:rule=110:random_seed=7,gblur=3`],
  [
    'life',
    `life=size=120x68:rate=${RATE}:mold=20:random_seed=9:death_color=#806040:life_color=#e0f0a0,scale=${WIDTH}:${HEIGHT}:flags=bilinear`,
  ],
])
  await clip(name, (path) => ffmpeg('-f', 'lavfi', '-i', source, '-t', String(SECONDS), ...to(path)));
if (CORPUS !== undefined) {
  const names = readdirSync(CORPUS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  const sizes = new Map();
  for (const path of names.filter((one) => /\.(jpe?g|png|webp)$/i.test(one))) {
    const { width = 0, height = 0 } = await sharp(path)
      .metadata()
      .catch(() => ({}));
    // Takes one video per size, because a test folder holds the same picture many times.
    if (Math.min(width, height) >= 540 && !sizes.has(`${width} ${height}`))
      sizes.set(`${width} ${height}`, path);
  }
  const pictures = [...sizes.values()];
  const every = Math.max(1, Math.floor(pictures.length / FROM_FOLDER));
  for (const [at, path] of pictures
    .filter((_none, one) => one % every === 0)
    .slice(0, FROM_FOLDER)
    .entries())
    await clip(path.slice(CORPUS.length), async (out) =>
      moved(await still(path, `own-${at}`), at, out),
    ).catch((error) => console.error(`${path}: ${error.message.split('\n')[0]}`));
  for (const path of names.filter((one) => /\.(mp4|mov|webm|mkv|m4v)$/i.test(one)))
    try {
      // Videos of a few frames and of test patterns are excluded.
      const seconds = Number(
        execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path], {
          stdio: ['ignore', 'pipe', 'ignore'],
        }).toString(),
      );
      if (seconds >= 3)
        await clip(path.slice(CORPUS.length), (out) =>
          ffmpeg('-i', path, '-t', '20', '-map', '0:v:0', ...to(out, 14)),
        );
    } catch {
      // A file that ffmpeg cannot open is not a video.
    }
}

const overlay = async (name, drawn) => {
  const path = join(folder, `${name}.png`);
  await sharp(Buffer.from(drawn)).png().toFile(path);
  return path;
};
const text = (x, y, size, words, ink, more = '') =>
  `<text x="${x}" y="${y}" font-family="sans-serif" font-weight="bold" font-size="${size}" fill="${ink}" ${more}>${words}</text>`;
const svg = (width, height, inner) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inner}</svg>`;
const [W, H] = [480, 270];
const logo = await overlay(
  'logo',
  svg(
    W,
    H,
    `<rect x="374" y="240" width="96" height="24" fill="#c00"/>${text(382, 258, 16, 'NEWS 24', '#fff')}`,
  ),
);
const meme = await overlay(
  'meme',
  svg(
    W,
    H,
    text(240, 34, 26, 'WHEN YOU SEE IT', '#fff', 'text-anchor="middle" stroke="#000"') +
      text(240, 258, 26, 'YOU CANNOT UNSEE IT', '#fff', 'text-anchor="middle" stroke="#000"'),
  ),
);
const phone = await overlay(
  'phone',
  svg(
    540,
    1170,
    text(20, 30, 20, '12:41', '#eee') +
      text(450, 30, 18, '5G 87%', '#eee') +
      text(20, 400, 22, 'somebody · 3 h', '#eee') +
      text(20, 820, 20, '1,204 likes', '#eee') +
      text(20, 850, 20, 'Look at this, it was on my way home', '#eee') +
      text(210, 1150, 26, '◁  ○  ▢', '#eee'),
  ),
);
const vf = (filter) => (one, out) => ffmpeg('-i', one, '-vf', filter, ...to(out, 26));
const over = (picture) => (one, out) =>
  ffmpeg('-i', one, '-i', picture, '-filter_complex', `[0]scale=${W}:${H}[v];[v][1]overlay`, ...to(out, 26));
const CHANGES = {
  'x264 crf 35': (one, out) => ffmpeg('-i', one, ...to(out, 35)),
  'half size': vf('scale=trunc(iw/4)*2:-2'),
  '240 px': vf('scale=240:-2'),
  'start cut off by 1.4 s': (one, out) => ffmpeg('-ss', '1.4', '-i', one, ...to(out, 26)),
  'three seconds of it': (one, out) => ffmpeg('-ss', '3.3', '-t', '3', '-i', one, ...to(out, 26)),
  '1.25 x speed': vf('setpts=PTS/1.25'),
  '0.8 x speed': vf('setpts=PTS/0.8'),
  '15 frames a second': vf('fps=15'),
  'logo 20 x 9 %': over(logo),
  'text above and below': over(meme),
  'crop 5 %': vf('crop=trunc(iw*0.475)*2:trunc(ih*0.475)*2'),
  'crop 10 %': vf('crop=trunc(iw*0.45)*2:trunc(ih*0.45)*2'),
  'crop 20 %': vf('crop=trunc(iw*0.4)*2:trunc(ih*0.4)*2'),
  'square cut': vf('crop=ih:ih'),
  'side bars': vf('pad=trunc(iw*0.65)*2:ih:-1:0'),
  letterbox: vf('pad=iw:trunc(iw/2)*2:0:-1'),
  mirrored: vf('hflip'),
  'screen recording': (one, out) =>
    ffmpeg(
      '-i',
      one,
      '-i',
      phone,
      '-filter_complex',
      `[0]scale=540:-2[v];[v]pad=540:1170:0:-1:color=#111111[p];[p][1]overlay,scale=360:-2`,
      ...to(out, 26),
    ),
  'crop 5 %, logo, half size, crf 32': (one, out) =>
    ffmpeg(
      '-i',
      one,
      '-i',
      logo,
      '-filter_complex',
      `[0]crop=trunc(iw*0.475)*2:trunc(ih*0.475)*2,scale=${W}:${H}[v];[v][1]overlay,scale=240:-2`,
      ...to(out, 32),
    ),
  'between two others': (one, out, { before, after }) =>
    ffmpeg(
      '-i',
      before,
      '-i',
      one,
      '-i',
      after,
      '-filter_complex',
      [0, 1, 2]
        .map((at) => `[${at}]scale=${W}:${H},setsar=1,fps=${RATE}[c${at}];`)
        .join('')
        .concat('[c0][c1][c2]concat=n=3'),
      ...to(out, 26),
    ),
};

let processor = 0;
let made = 0;
async function fingerprint(path) {
  const before = process.cpuUsage();
  const asset = await Asset.open(path);
  const { made: all, missing } = await fingerprintsOf(asset, { skippedKinds: ['sound'] });
  await asset.close();
  const { user, system } = process.cpuUsage(before);
  const video = all.find(({ kind }) => kind === 'video');
  // Missing fingerprints can come from a deadline on a busy machine.
  if (video === undefined)
    for (const { code } of missing) console.log(`  of ${path.split('/').at(-1)} no frames were had: ${code}`);
  if (video === undefined) return undefined;
  processor += (user + system) / 1e3 / video.frames;
  made += 1;
  const { shelf, query, frames: count } = video;
  const bytes = (one) => (typeof one === 'string' ? Buffer.from(one, 'base64') : one);
  return { kept: framesIn(bytes(shelf), count), asked: framesIn(bytes(query), count) };
}
const kept = [];
for (const one of clips) {
  const own = await fingerprint(one.path);
  if (own === undefined) console.log(`${one.name}: no frames of it were had`);
  else kept.push({ ...one, ...own });
}
console.log(`${kept.length} clips, ${median(kept.map(({ kept: all }) => all.length))} frames each (middle)`);
console.log(
  `${'change'.padEnd(36)} told at ${SAME_BITS}, at ${SIMILAR_BITS} %   frames of the asked found: middle, worst %   nearest other: frames`,
);
for (const [name, change] of Object.entries(CHANGES)) {
  if (ONLY !== undefined && !new RegExp(ONLY).test(name)) continue;
  const found = [];
  const missed = [];
  let others = 0;
  let nearest = 0;
  let none = 0;
  for (const [at, one] of kept.entries()) {
    const out = join(folder, 'changed.mp4');
    const besides = { before: kept[(at + 1) % kept.length].path, after: kept[(at + 2) % kept.length].path };
    change(one.path, out, besides);
    const own = await fingerprint(out);
    if (own === undefined) {
      none += 1;
      continue;
    }
    const compared = compareFrames(own.asked, one.kept, SIMILAR_BITS);
    found.push({
      share: compared.matched / compared.of,
      told: shareFrames(compared),
      distance: compared.distance ?? 256,
    });
    if (!shareFrames(compared))
      missed.push(
        `${one.name} (${compared.matched} of ${compared.of}, ${compared.matchedOfKept} of ${compared.ofStored})`,
      );
    for (const other of kept) {
      if (other === one || (name === 'between two others' && Object.values(besides).includes(other.path)))
        continue;
      const wrong = compareFrames(own.asked, other.kept, SIMILAR_BITS);
      nearest = Math.max(nearest, wrong.matched / wrong.of, wrong.matchedOfKept / wrong.ofStored);
      if (!shareFrames(wrong)) continue;
      others += 1;
      console.log(
        `  ${name}: ${one.name} is told of ${other.name} (${wrong.matched} of ${wrong.of}, ${wrong.distance} bits)`,
      );
    }
  }
  const percent = (count) => Math.round((100 * count) / found.length);
  const shares = found.map(({ share }) => Math.round(share * 100));
  console.log(
    `${name.padEnd(36)} ${percent(found.filter(({ told, distance }) => told && distance <= SAME_BITS).length)} / ${percent(found.filter(({ told }) => told).length)}`.padEnd(
      56,
    ),
    `${median(shares)}, ${Math.min(...shares)}`.padEnd(14),
    `${Math.round(nearest * 100)} %, ${others} told${none > 0 ? `; of ${none} no frames were had` : ''}`,
  );
  for (const one of missed) console.log(`    not found: ${one}`);
}
console.log(
  `${(processor / made).toFixed(1)} ms of processor time a frame that is kept, ffmpeg not counted; load ${loadavg()[0].toFixed(1)}`,
);
