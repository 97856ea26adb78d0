import sharp from 'sharp';

/**
 * Transformations that pictures undergo in circulation, each as a function from a picture (PNG or JPEG as a Buffer, and
 * its dimensions) to a Buffer. Pseudo-random numbers come from `random`, so that every run produces the same results.
 */

/** Returns a generator of numbers from 0 to 1, the same for the same seed. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

const jpeg = (image, quality = 80) => image.jpeg({ quality }).toBuffer();
const share = (length, percent) => Math.max(1, Math.round((length * percent) / 100));

function cut({ bytes, width, height }, { left = 0, right = 0, top = 0, bottom = 0 }, quality = 80) {
  const [l, t] = [Math.round((width * left) / 100), Math.round((height * top) / 100)];
  const size = {
    width: Math.max(1, width - l - Math.round((width * right) / 100)),
    height: Math.max(1, height - t - Math.round((height * bottom) / 100)),
  };
  return jpeg(sharp(bytes).extract({ left: l, top: t, ...size }), quality);
}
const evenly = (percent) => ({
  left: percent / 2,
  right: percent / 2,
  top: percent / 2,
  bottom: percent / 2,
});

const scaled = ({ bytes, width }, factor, quality) =>
  jpeg(sharp(bytes).resize({ width: Math.max(8, Math.round(width * factor)) }), quality);

/** Composites an SVG over the picture. */
const over = ({ bytes }, svg, quality = 80) =>
  jpeg(sharp(bytes).composite([{ input: Buffer.from(svg) }]), quality);
const svg = (width, height, inner) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inner}</svg>`;

function logo({ width, height }) {
  const [w, h] = [share(width, 20), share(height, 9)];
  const [x, y] = [width - w - share(width, 2), height - h - share(height, 2)];
  return svg(
    width,
    height,
    `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#c00"/><text x="${x + w * 0.1}" y="${y + h * 0.72}" font-family="sans-serif" font-weight="bold" font-size="${Math.min(h * 0.6, w / 5.2)}" fill="#fff">NEWS 24</text>`,
  );
}

function meme({ width, height }) {
  const line = (y, text, size = Math.min(height * 0.12, (width * 1.5) / text.length)) =>
    `<text x="${width / 2}" y="${y}" text-anchor="middle" font-family="sans-serif" font-weight="bold" font-size="${size}" fill="#fff" stroke="#000" stroke-width="${size / 12}">${text}</text>`;
  return svg(
    width,
    height,
    line(height * 0.12, 'WHEN YOU SEE IT') + line(height * 0.95, 'YOU CANNOT UNSEE IT'),
  );
}

/**
 * With `opacity` 0.4 the median distance equals that of the watermark it is compared with (22 and 20 bits of
 * photographs).
 */
function watermark({ width, height }, opacity) {
  const size = Math.hypot(width, height) / 12;
  return svg(
    width,
    height,
    `<text x="${width / 2}" y="${height / 2}" text-anchor="middle" dominant-baseline="middle" transform="rotate(${(-Math.atan2(height, width) * 180) / Math.PI} ${width / 2} ${height / 2})" font-family="sans-serif" font-weight="bold" font-size="${size}" fill="#fff" fill-opacity="${opacity}">stock preview</text>`,
  );
}

function border({ bytes, width, height }, percent, colour) {
  const [x, y] = [share(width, percent), share(height, percent)];
  return jpeg(sharp(bytes).extend({ left: x, right: x, top: y, bottom: y, background: colour }));
}

/** Adds a strip of the given colour below the picture, with two lines of text. */
async function caption({ bytes, width, height }, colour, ink) {
  const strip = share(height, 15);
  const size = Math.min(strip * 0.34, (width * 1.7) / 43);
  const text = (y, words) =>
    `<text x="${width * 0.03}" y="${height + strip * y}" font-family="sans-serif" font-size="${size}" fill="${ink}">${words}</text>`;
  const drawn = svg(
    width,
    height + strip,
    text(0.42, 'A picture that many people shared on that day') + text(0.86, 'Photo: somebody, somewhere'),
  );
  const whole = await sharp(bytes).extend({ bottom: strip, background: colour }).png().toBuffer();
  return jpeg(sharp(whole).composite([{ input: Buffer.from(drawn) }]));
}

/** Screenshot of an upright phone: the picture as wide as the screen, bars with text and icons above and below. */
async function phone({ bytes }, { colour, ink, place }) {
  const [w, h] = [540, 1170];
  const inner = await sharp(bytes)
    .resize({ width: w, height: Math.round(h * 0.7), fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true });
  const top = Math.round((h - inner.info.height) * place);
  const left = Math.round((w - inner.info.width) / 2);
  const text = (x, y, size, words) =>
    `<text x="${x}" y="${y}" font-family="sans-serif" font-size="${size}" fill="${ink}">${words}</text>`;
  const below = top + inner.info.height;
  const drawn = svg(
    w,
    h,
    text(20, 30, 20, '12:41') +
      text(w - 90, 30, 18, '5G 87%') +
      text(20, Math.max(60, top - 20), 22, 'somebody · 3 h') +
      `<circle cx="40" cy="${below + 40}" r="14" fill="none" stroke="${ink}" stroke-width="3"/><circle cx="90" cy="${below + 40}" r="14" fill="none" stroke="${ink}" stroke-width="3"/>` +
      text(20, below + 90, 20, '1,204 likes') +
      text(20, below + 120, 20, 'somebody Look at this, it was on my way home') +
      text(w / 2 - 60, h - 20, 26, '◁  ○  ▢'),
  );
  const screen = sharp({ create: { width: w, height: h, channels: 3, background: colour } });
  return jpeg(
    sharp(await screen.png().toBuffer()).composite([
      { input: Buffer.from(drawn) },
      { input: inner.data, left, top },
    ]),
    85,
  );
}

function square({ bytes, width, height }, at) {
  const side = Math.min(width, height);
  return jpeg(
    sharp(bytes).extract({
      left: Math.round((width - side) * at),
      top: Math.round((height - side) * at),
      width: side,
      height: side,
    }),
  );
}

/** Adds bars to reach 16:9, or a square if the picture already is 16:9. */
function letterbox({ bytes, width, height }) {
  const ratio = width / height > 1.5 ? 1 : 16 / 9;
  const [w, h] =
    width / height > ratio ? [width, Math.round(width / ratio)] : [Math.round(height * ratio), height];
  const [x, y] = [Math.round((w - width) / 2), Math.round((h - height) / 2)];
  return jpeg(
    sharp(bytes).extend({
      left: x,
      right: w - width - x,
      top: y,
      bottom: h - height - y,
      background: '#000',
    }),
  );
}

async function combined(picture) {
  const bytes = await cut(picture, evenly(5), 90);
  const { width, height } = await sharp(bytes).metadata();
  const marked = await over({ bytes, width, height }, logo({ width, height }), 90);
  return scaled({ bytes: marked, width }, 0.7, 50);
}

/** Transformations by name. */
export const CHANGES = {
  'messenger (0.8x, q55)': (one) => scaled(one, 0.8, 55),
  'JPEG q30': ({ bytes }) => jpeg(sharp(bytes), 30),
  'JPEG q10': ({ bytes }) => jpeg(sharp(bytes), 10),
  'size 0.25x': (one) => scaled(one, 0.25, 80),
  'stretched to 16:9': ({ bytes, height }) =>
    jpeg(sharp(bytes).resize({ width: Math.round((height * 16) / 9), height, fit: 'fill' })),
  grey: ({ bytes }) => jpeg(sharp(bytes).greyscale()),
  'brightness 1.3': ({ bytes }) => jpeg(sharp(bytes).modulate({ brightness: 1.3 })),
  'logo 20 x 9 %': (one) => over(one, logo(one)),
  'diagonal watermark': (one) => over(one, watermark(one, 0.4)),
  'diagonal watermark, strong': (one) => over(one, watermark(one, 0.5)),
  'meme text': (one) => over(one, meme(one)),
  'crop 5 %': (one) => cut(one, evenly(5)),
  'crop 8 %': (one) => cut(one, evenly(8)),
  'crop 10 %': (one) => cut(one, evenly(10)),
  'crop 20 %': (one) => cut(one, evenly(20)),
  'crop 25 %': (one) => cut(one, evenly(25)),
  'one edge 10 %': (one) => cut(one, { top: 10 }),
  'one edge 15 %': (one) => cut(one, { right: 15 }),
  'uneven crop 12 %': (one) => cut(one, { left: 9, right: 3, top: 2, bottom: 10 }),
  'square cut, middle': (one) => square(one, 0.5),
  'border 5 %, white': (one) => border(one, 5, '#fff'),
  'border 5 %, black': (one) => border(one, 5, '#000'),
  'letterbox, black': letterbox,
  'caption below, white': (one) => caption(one, '#fff', '#111'),
  'caption below, black': (one) => caption(one, '#000', '#eee'),
  'screenshot, light': (one) => phone(one, { colour: '#fff', ink: '#111', place: 0.35 }),
  'screenshot, dark': (one) => phone(one, { colour: '#111', ink: '#eee', place: 0.5 }),
  mirrored: ({ bytes }) => jpeg(sharp(bytes).flop()),
  'turned 90°': ({ bytes }) => jpeg(sharp(bytes).rotate(90)),
  'crop 5 % + logo + 0.7x + q50': combined,
};

/**
 * Works of the corpus that are photographs, or look like them, judged by eye (29 Nov 2026). The others are drawings,
 * pages, icons, test patterns, screenshots and compositions on a plain ground. A work is named by the first of its
 * files in name order.
 */
const PHOTOGRAPHS = new Set([
  'adobe-trustmark/c2pa/example.jpg',
  'adobe-trustmark/c2pa/example_wm_signed.jpg',
  'c2pa-attacks/sample/image.jpg',
  'c2pa-public-testfiles/adobe-20220124-A.jpg',
  'c2pa-public-testfiles/adobe-20220124-I.jpg',
  'c2pa-public-testfiles/nikon-20221019-building.jpeg',
  'c2pa-public-testfiles/truepic-20230212-camera.jpg',
  'c2pa-public-testfiles/truepic-20230212-landscape.jpg',
  'c2pa-public-testfiles/truepic-20230212-library.jpg',
  'c2pa-rs/cli/tests/fixtures/earth_apollo17.jpg',
  'c2pa-rs/sdk/src/identity/tests/fixtures/claim_aggregation/adobe_connected_identities.jpg',
  'c2pa-rs/sdk/tests/fixtures/mars.webp',
  'c2pa-rs/sdk/tests/fixtures/no_alg.jpg',
  'c2pa-rs/sdk/tests/fixtures/ocsp.jpg',
  'c2pa-rs/sdk/tests/fixtures/sample1.avif',
  'c2pa-rs/sdk/tests/fixtures/sample1.webp',
  'c2pa-rs/sdk/tests/fixtures/test.webp',
  'late-2026/Comfy-Org+example_workflows/api_nodes/openai-dall-e-3/text2image.png',
  'late-2026/Comfy-Org+example_workflows/wan2.1_fun_inp/input/fashion_photography_end.png',
  'late-2026/contentauth+c2pa-js-legacy/examples/minimal-ts-vite/examples/web-components/test.jpg',
  'late-2026/fkleon+fooocus-metadata/fooocusplus/testdata/fooocusplus-meta.png',
  'late-2026/jamez-bondos+awesome-gpt4o-images/gpt-image-1/examples/vinyl-input.png',
  'ms-c2pa-extension-validator/test/media/DALL-E_cloud_surfing_puppy.webp',
  'ms-c2pa-extension-validator/test/media/bing_creator_cloud_surfing_puppy.jpg',
  'ms-c2pa-extension-validator/test/media/cards.jpg',
  'ms-c2pa-extension-validator/test/media/cards_trusted.webp',
  'negatives/exif-samples/jpg/Canon_40D.jpg',
  'negatives/exif-samples/jpg/Nikon_COOLPIX_P1.jpg',
  'negatives/exif-samples/jpg/Sony_HDR-HC3.jpg',
  'negatives/exif-samples/jpg/exif-org/olympus-c960.jpg',
  'negatives/exif-samples/jpg/gps/DSCN0025.jpg',
  'negatives/exif-samples/jpg/long_description.jpg',
  'negatives/exif-samples/jpg/orientation/landscape_8.jpg',
  'negatives/exif-samples/jpg/orientation/portrait_8.jpg',
  'negatives/metadata-extractor-images/gif/ImageTestSuite/6d939393058de0579fca1bbf10ecff25.gif',
  'negatives/metadata-extractor-images/jpg/Casio QV-7000SX.jpg',
  'negatives/metadata-extractor-images/jpg/FujiFilm FinePix1400Zoom (3).jpg',
  'negatives/metadata-extractor-images/jpg/FujiFilm FinePixS2Pro.jpg',
  'negatives/metadata-extractor-images/jpg/Issue 339.jpg',
  'negatives/metadata-extractor-images/jpg/Sanyo SR6.jpg',
  'negatives/metadata-extractor-images/jpg/Sony Cybershot (7).jpg',
  'negatives/metadata-extractor-images/png/ImageTestSuite/4c5b82ba0a9c12356007bd71e52185b2.png',
  'negatives/metadata-extractor-images/webp/Photo (2).webp',
]);

export const isPhotograph = (name) => PHOTOGRAPHS.has(name);

const hsl = (next) =>
  `hsl(${Math.floor(next() * 360)} ${Math.floor(20 + next() * 60)}% ${Math.floor(15 + next() * 70)}%)`;

/** Generates a scene: sky, ridges with noise texture, objects and sometimes text. No two are alike. */
export async function scene(number) {
  const next = random(number * 7919 + 1);
  const [width, height] = [
    [560, 420],
    [560, 374],
    [420, 560],
    [500, 500],
    [576, 324],
  ][Math.floor(next() * 5)];
  const ridge = (at) => {
    const steps = Array.from({ length: 9 }, (_none, step) => [
      (step * width) / 8,
      at * height + (next() - 0.5) * height * 0.25,
    ]);
    return `<path d="M0 ${height} ${steps.map(([x, y]) => `L${x.toFixed(0)} ${y.toFixed(0)}`).join(' ')} L${width} ${height} Z" fill="${hsl(next)}" filter="url(#grain)"/>`;
  };
  const thing = () => {
    const [x, y, size] = [next() * width, next() * height, (0.04 + next() * 0.16) * width];
    const kind = Math.floor(next() * 4);
    const fill = hsl(next);
    if (kind === 0) return `<circle cx="${x}" cy="${y}" r="${size / 2}" fill="${fill}"/>`;
    if (kind === 1)
      return `<rect x="${x}" y="${y}" width="${size}" height="${size * (0.4 + next() * 1.4)}" fill="${fill}" transform="rotate(${next() * 40 - 20} ${x} ${y})"/>`;
    if (kind === 2)
      return `<ellipse cx="${x}" cy="${y}" rx="${size / 2}" ry="${size / 4}" fill="${fill}" filter="url(#grain)"/>`;
    return `<text x="${x}" y="${y}" font-family="serif" font-size="${size / 2}" fill="${fill}">${Math.floor(next() * 1e6).toString(36)}</text>`;
  };
  const things = Array.from({ length: 4 + Math.floor(next() * 14) }, thing).join('');
  const frequency = (0.005 + next() * 0.05).toFixed(4);
  return sharp(
    Buffer.from(
      svg(
        width,
        height,
        `<defs><linearGradient id="sky" x2="${next().toFixed(2)}" y2="1"><stop offset="0" stop-color="${hsl(next)}"/><stop offset="1" stop-color="${hsl(next)}"/></linearGradient><filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="3" seed="${number}"/><feComposite in2="SourceGraphic" operator="arithmetic" k2="0.45" k3="0.65" k4="-0.05"/><feComposite in2="SourceGraphic" operator="in"/></filter></defs><rect width="${width}" height="${height}" fill="url(#sky)" filter="url(#grain)"/>${ridge(0.45 + next() * 0.2)}${ridge(0.65 + next() * 0.2)}${things}`,
      ),
    ),
  )
    .flatten({ background: '#fff' })
    .png()
    .toBuffer();
}
