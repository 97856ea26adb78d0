import type { Speech } from '../../say/speech.js';
import type { Report } from '../report/report.js';
import { meaningOf } from '../signals/meaning.js';
import { type Figure, type Figures, sameShape } from './figures.js';
import { html, lines, type Markup } from './html-escape.js';
import { marksOf } from './marks.js';

/** `lazy`: what stands further down is fetched when it comes in sight. */
export function img({ src, width, height }: Figure, alt: string, { lazy = true, step = false } = {}): Markup {
  // What is there already waits for nobody, and a printer does not scroll.
  const wait = lazy && !src.startsWith('data:') && html` loading="lazy" decoding="async"`;
  return html`<img class="small-picture${step && ' step'}" src="${src}" width="${width}" height="${height}" alt="${alt}"${wait}>`;
}

const isVideo = ({ asset }: Report): boolean => asset.kind === 'video';

/** Beside the sentence: what the report is about, or why it cannot be shown. */
export function previewHtml(report: Report, figures: Figures, speech: Speech): Markup | undefined {
  const { preview, missing } = figures;
  if (preview !== undefined) return own(report, preview, speech, true);
  const why = missing.find(({ kind }) => kind === 'preview')?.why;
  return why && html`<p class="no-preview">${speech.words('page.picture.noPreview')}${speech.say(why)}</p>`;
}

/** What the file and its credentials keep of it, side by side; key frames. Undefined where there is nothing to compare. */
export function picturesHtml(report: Report, figures: Figures, speech: Speech): Markup | undefined {
  const { preview, thumbnail, stored, frames } = figures;
  const parts = [
    ...(thumbnail ? [pair(report, preview, thumbnail, speech)] : []),
    ...(stored ? [storedHtml(report, stored, thumbnail ? undefined : preview, figures, speech)] : []),
    ...whyNot('thumbnail', speech.words('page.picture.noThumbnail')),
    ...whyNot('stored', speech.words('page.picture.noStored')),
    ...(frames.length > 1 ? [framesHtml(frames, speech)] : []),
    ...(figures.leftOut ? [html`<p class="small">${speech.words('page.picture.leftOut')}</p>`] : []),
  ];
  if (parts.length === 0) return undefined;
  return lines([html`<p class="small">${speech.words('page.picture.about')}</p>`, ...parts]);

  function whyNot(kind: 'thumbnail' | 'stored', before: string): Markup[] {
    return figures.missing
      .filter((one) => one.kind === kind)
      .map(({ why }) => html`<p>${before}${speech.say(why)}</p>`);
  }
}

/** The script makes a slider of two pictures of one shape; a frame is not the picture that was kept of a video. */
function pair(report: Report, preview: Figure | undefined, thumbnail: Figure, speech: Speech): Markup {
  const altered = report.contentCredentials.integrity === 'altered';
  const kept = figure(
    img(thumbnail, speech.words('page.picture.thumbnailAlt')),
    speech.words(altered ? 'page.picture.thumbnailOfAltered' : 'page.picture.thumbnail'),
  );
  if (preview === undefined) return html`<div class="figures">\n${kept}\n</div>`;
  const overlaid = !isVideo(report) && sameShape(preview, thumbnail);
  const data = html` data-overlay="${speech.words('page.picture.overlay')}" data-slider="${speech.words('page.picture.slider')}" data-shown="${speech.words('page.picture.shown', { percent: '{}' })}"`;
  return html`<div class="figures"${overlaid && data}>\n${own(report, preview, speech)}\n${kept}\n</div>`;
}

/** The file's own, or a frame of it. `first`: beside the sentence. */
function own(report: Report, preview: Figure, speech: Speech, first = false): Markup {
  const alt = speech.words(isVideo(report) ? 'page.picture.frameAlt' : 'page.picture.previewAlt');
  const caption = speech.words(isVideo(report) ? 'page.picture.previewOfVideo' : 'page.picture.preview');
  const damaged = preview.damaged ? `${marksOf(speech).stop} ${speech.words('page.picture.damaged')}` : '';
  return figure(img(preview, alt, { lazy: !first }), caption + damaged, first ? 'preview' : undefined);
}

function storedHtml(
  report: Report,
  stored: Figure,
  beside: Figure | undefined,
  { storedDiffers }: Figures,
  speech: Speech,
): Markup {
  const note = storedDiffers ? ` ${speech.say(meaningOf('file.thumbnailDiffers'))}` : '';
  const kept = figure(
    img(stored, speech.words('page.picture.storedAlt')),
    speech.words('page.picture.stored') + marksOf(speech).stop + note,
  );
  return html`<div class="figures">\n${beside && html`${own(report, beside, speech)}\n`}${kept}\n</div>`;
}

function framesHtml(frames: readonly Figure[], speech: Speech): Markup {
  const items = frames.map((one) => {
    const caption = speech.words('page.picture.frame', { at: clock(one.seconds ?? 0) });
    return html`<li>${figure(img(one, speech.words('page.picture.frameAlt')), caption)}</li>`;
  });
  return html`<h4>${speech.words('page.picture.frames')}</h4>\n<ol class="frames">\n${lines(items)}\n</ol>`;
}

const figure = (picture: Markup, caption: string, name?: string): Markup =>
  html`<figure${name && html` class="${name}"`}>${picture}<figcaption>${caption}</figcaption></figure>`;

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
