import { speechOf } from '../../say/speech.js';
import type { Report } from '../report.js';
import type { Words } from '../words/words.js';
import { type Figure, type Figures, sameShape } from './figures.js';
import { escapeHtml } from './html-escape.js';

/** `lazy`: what stands further down is fetched when it comes in sight. */
export function img({ src, width, height }: Figure, alt: string, { lazy = true, step = false } = {}): string {
  // What is there already waits for nobody, and a printer does not scroll.
  const wait = lazy && !src.startsWith('data:') ? ' loading="lazy" decoding="async"' : '';
  return `<img class="small-picture${step ? ' step' : ''}" src="${escapeHtml(src, src.length)}" width="${width}" height="${height}" alt="${escapeHtml(alt)}"${wait}>`;
}

const isVideo = ({ asset }: Report): boolean => asset.kind === 'video';
const previewAlt = (report: Report, { pictures }: Words): string =>
  isVideo(report) ? pictures.frameAlt : pictures.previewAlt;

/** Beside the sentence: what the report is about, or why it cannot be shown. */
export function previewHtml(report: Report, figures: Figures, words: Words): string {
  const { preview } = figures;
  const { pictures } = words;
  if (preview === undefined) {
    const missing = figures.missing.find(({ kind }) => kind === 'preview');
    if (missing === undefined) return '';
    return `<p class="no-preview">${escapeHtml(pictures.noPreview + speechOf(words.language).say(missing.why))}</p>`;
  }
  const caption = isVideo(report) ? pictures.previewOfVideo : pictures.preview;
  return figure(
    img(preview, previewAlt(report, words), { lazy: false }),
    said(caption, preview, words),
    'preview',
  );
}

/** What the file and its credentials keep of it, side by side; key frames. Empty where there is nothing to compare. */
export function picturesHtml(report: Report, figures: Figures, words: Words): string {
  const { pictures } = words;
  const { preview, thumbnail, stored, frames } = figures;
  const why = [...whyNot('thumbnail', pictures.noThumbnail), ...whyNot('stored', pictures.noStored)];
  const parts = [
    ...(thumbnail ? [pair(report, preview, thumbnail, words)] : []),
    ...(stored ? [storedHtml(report, stored, thumbnail ? undefined : preview, figures, words)] : []),
    ...why,
    ...(frames.length > 1 ? [framesHtml(frames, words)] : []),
    ...(figures.leftOut ? [`<p class="small">${escapeHtml(pictures.leftOut)}</p>`] : []),
  ];
  if (parts.length === 0) return '';
  return [`<p class="small">${escapeHtml(pictures.about)}</p>`, ...parts].join('\n');

  function whyNot(kind: 'thumbnail' | 'stored', before: string): string[] {
    return figures.missing
      .filter((one) => one.kind === kind)
      .map(({ why: it }) => `<p>${escapeHtml(before + speechOf(words.language).say(it))}</p>`);
  }
}

/** The script makes a slider of two pictures of one shape; a frame is not the picture that was kept of a video. */
function pair(report: Report, preview: Figure | undefined, thumbnail: Figure, words: Words): string {
  const { pictures } = words;
  const altered = report.contentCredentials.integrity === 'altered';
  const kept = figure(
    img(thumbnail, pictures.thumbnailAlt),
    escapeHtml(altered ? pictures.thumbnailOfAltered : pictures.thumbnail),
  );
  if (preview === undefined) return `<div class="figures">\n${kept}\n</div>`;
  const overlaid = !isVideo(report) && sameShape(preview, thumbnail);
  const data = { overlay: pictures.overlay, slider: pictures.slider, shown: pictures.shown('{}') };
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`);
  return `<div class="figures"${overlaid ? attributes.join('') : ''}>
${own(report, preview, words)}
${kept}
</div>`;
}

function own(report: Report, preview: Figure, words: Words): string {
  const { pictures } = words;
  const caption = isVideo(report) ? pictures.previewOfVideo : pictures.preview;
  return figure(img(preview, previewAlt(report, words)), said(caption, preview, words));
}

function storedHtml(
  report: Report,
  stored: Figure,
  beside: Figure | undefined,
  { storedDiffers }: Figures,
  words: Words,
): string {
  const note = storedDiffers ? ` ${words.signals['file.thumbnailDiffers']}` : '';
  const kept = figure(
    img(stored, words.pictures.storedAlt),
    escapeHtml(words.pictures.stored + mark(words) + note),
  );
  return `<div class="figures">\n${beside ? `${own(report, beside, words)}\n` : ''}${kept}\n</div>`;
}

/** A caption that a sentence follows ends as one. */
const mark = ({ language }: Words): string => (language === 'zh-Hans' ? '。' : '.');

function framesHtml(frames: readonly Figure[], words: Words): string {
  const { pictures } = words;
  const items = frames.map((one) => {
    const caption = escapeHtml(pictures.frame(clock(one.seconds ?? 0)));
    return `<li>${figure(img(one, pictures.frameAlt), caption)}</li>`;
  });
  return `<h4>${escapeHtml(pictures.frames)}</h4>\n<ol class="frames">\n${items.join('\n')}\n</ol>`;
}

function figure(picture: string, caption: string, name?: string): string {
  return `<figure${name === undefined ? '' : ` class="${name}"`}>${picture}<figcaption>${caption}</figcaption></figure>`;
}

const said = (caption: string, { damaged }: Figure, words: Words): string =>
  escapeHtml(damaged ? `${caption}${mark(words)} ${words.pictures.damaged}` : caption);

/** `1:02:03`, `0:12.5` below a minute of whole seconds only where it matters. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (count: number): string => String(count).padStart(2, '0');
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor(whole / 60) % 60;
  const tenths = Math.floor((seconds - whole) * 10);
  const rest = `${two(whole % 60)}${whole < 10 && tenths > 0 ? `.${tenths}` : ''}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
