import type { Speech } from '../../say/speech.js';
import type { Report } from '../report/report.js';
import { meaningOf } from '../signals/meaning.js';
import { type Figure, type Figures, sameShape } from './figures.js';
import { escapeHtml } from './html-escape.js';
import { marksOf } from './marks.js';

/** `lazy`: what stands further down is fetched when it comes in sight. */
export function img({ src, width, height }: Figure, alt: string, { lazy = true, step = false } = {}): string {
  // What is there already waits for nobody, and a printer does not scroll.
  const wait = lazy && !src.startsWith('data:') ? ' loading="lazy" decoding="async"' : '';
  return `<img class="small-picture${step ? ' step' : ''}" src="${escapeHtml(src, src.length)}" width="${width}" height="${height}" alt="${escapeHtml(alt)}"${wait}>`;
}

const isVideo = ({ asset }: Report): boolean => asset.kind === 'video';
const previewAlt = (report: Report, speech: Speech): string =>
  isVideo(report) ? speech.words('page.picture.frameAlt') : speech.words('page.picture.previewAlt');

/** Beside the sentence: what the report is about, or why it cannot be shown. */
export function previewHtml(report: Report, figures: Figures, speech: Speech): string {
  const { preview } = figures;
  if (preview === undefined) {
    const missing = figures.missing.find(({ kind }) => kind === 'preview');
    if (missing === undefined) return '';
    return `<p class="no-preview">${escapeHtml(speech.words('page.picture.noPreview') + speech.say(missing.why))}</p>`;
  }
  const caption = isVideo(report)
    ? speech.words('page.picture.previewOfVideo')
    : speech.words('page.picture.preview');
  return figure(
    img(preview, previewAlt(report, speech), { lazy: false }),
    said(caption, preview, speech),
    'preview',
  );
}

/** What the file and its credentials keep of it, side by side; key frames. Empty where there is nothing to compare. */
export function picturesHtml(report: Report, figures: Figures, speech: Speech): string {
  const { preview, thumbnail, stored, frames } = figures;
  const why = [
    ...whyNot('thumbnail', speech.words('page.picture.noThumbnail')),
    ...whyNot('stored', speech.words('page.picture.noStored')),
  ];
  const parts = [
    ...(thumbnail ? [pair(report, preview, thumbnail, speech)] : []),
    ...(stored ? [storedHtml(report, stored, thumbnail ? undefined : preview, figures, speech)] : []),
    ...why,
    ...(frames.length > 1 ? [framesHtml(frames, speech)] : []),
    ...(figures.leftOut ? [`<p class="small">${escapeHtml(speech.words('page.picture.leftOut'))}</p>`] : []),
  ];
  if (parts.length === 0) return '';
  return [`<p class="small">${escapeHtml(speech.words('page.picture.about'))}</p>`, ...parts].join('\n');

  function whyNot(kind: 'thumbnail' | 'stored', before: string): string[] {
    return figures.missing
      .filter((one) => one.kind === kind)
      .map(({ why }) => `<p>${escapeHtml(before + speech.say(why))}</p>`);
  }
}

/** The script makes a slider of two pictures of one shape; a frame is not the picture that was kept of a video. */
function pair(report: Report, preview: Figure | undefined, thumbnail: Figure, speech: Speech): string {
  const altered = report.contentCredentials.integrity === 'altered';
  const kept = figure(
    img(thumbnail, speech.words('page.picture.thumbnailAlt')),
    escapeHtml(
      altered ? speech.words('page.picture.thumbnailOfAltered') : speech.words('page.picture.thumbnail'),
    ),
  );
  if (preview === undefined) return `<div class="figures">\n${kept}\n</div>`;
  const overlaid = !isVideo(report) && sameShape(preview, thumbnail);
  const data = {
    overlay: speech.words('page.picture.overlay'),
    slider: speech.words('page.picture.slider'),
    shown: speech.words('page.picture.shown', { percent: '{}' }),
  };
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`);
  return `<div class="figures"${overlaid ? attributes.join('') : ''}>
${own(report, preview, speech)}
${kept}
</div>`;
}

function own(report: Report, preview: Figure, speech: Speech): string {
  const caption = isVideo(report)
    ? speech.words('page.picture.previewOfVideo')
    : speech.words('page.picture.preview');
  return figure(img(preview, previewAlt(report, speech)), said(caption, preview, speech));
}

function storedHtml(
  report: Report,
  stored: Figure,
  beside: Figure | undefined,
  { storedDiffers }: Figures,
  speech: Speech,
): string {
  const note = storedDiffers ? ` ${speech.say(meaningOf('file.thumbnailDiffers'))}` : '';
  const kept = figure(
    img(stored, speech.words('page.picture.storedAlt')),
    escapeHtml(speech.words('page.picture.stored') + marksOf(speech).stop + note),
  );
  return `<div class="figures">\n${beside ? `${own(report, beside, speech)}\n` : ''}${kept}\n</div>`;
}

function framesHtml(frames: readonly Figure[], speech: Speech): string {
  const items = frames.map((one) => {
    const caption = escapeHtml(speech.words('page.picture.frame', { at: clock(one.seconds ?? 0) }));
    return `<li>${figure(img(one, speech.words('page.picture.frameAlt')), caption)}</li>`;
  });
  return `<h4>${escapeHtml(speech.words('page.picture.frames'))}</h4>\n<ol class="frames">\n${items.join('\n')}\n</ol>`;
}

function figure(picture: string, caption: string, name?: string): string {
  return `<figure${name === undefined ? '' : ` class="${name}"`}>${picture}<figcaption>${caption}</figcaption></figure>`;
}

const said = (caption: string, { damaged }: Figure, speech: Speech): string =>
  escapeHtml(damaged ? `${caption}${marksOf(speech).stop} ${speech.words('page.picture.damaged')}` : caption);

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
