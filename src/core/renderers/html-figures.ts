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
  const { preview, thumbnail, waveform, frames } = figures;
  const parts = [
    ...(proves(report, figures) && thumbnail ? [pair(report, preview, thumbnail, speech, 'first')] : []),
    ...(!proves(report, figures) && preview ? [own(report, preview, speech, { first: true })] : []),
    ...(waveform ? [waveformHtml(waveform, speech)] : []),
    ...(frames.length > 1 ? [framesHtml(frames, speech)] : []),
    ...(figures.framesCut ? [html`<p class="small">${speech.words('page.picture.framesCut')}</p>`] : []),
  ];
  if (parts.length > 0) {
    const many = proves(report, figures) || frames.length > 1;
    return html`<div class="preview${many && ' many'}"${words(speech)}>\n${lines(parts)}\n${noPreview(report, figures, speech)}</div>`;
  }
  return noPreview(report, figures, speech);
}

/** The file is no longer what was signed, and what was is there to look at: the two stand at the head of the page. */
const proves = ({ contentCredentials }: Report, { preview, thumbnail }: Figures): boolean =>
  contentCredentials.integrity === 'altered' && preview !== undefined && thumbnail !== undefined;

/** Whether the fault was told of the one or the other, a sound has a waveform to miss. */
function noPreview({ asset }: Report, { missing }: Figures, speech: Speech): Markup | undefined {
  const why = missing.find(({ kind }) => kind === 'preview' || kind === 'waveform')?.why;
  const before = asset.kind === 'audio' ? 'page.picture.noWaveform' : 'page.picture.noPreview';
  return why && html`<p class="no-preview">${speech.words(before)}${speech.say(why)}</p>`;
}

/** What the file and its credentials keep of it, side by side. Undefined where there is nothing to compare. */
export function picturesHtml(report: Report, figures: Figures, speech: Speech): Markup | undefined {
  const { preview, thumbnail, stored } = figures;
  const parts = [
    ...(thumbnail && !proves(report, figures) ? [pair(report, preview, thumbnail, speech, 'kept')] : []),
    ...(stored ? [storedHtml(report, stored, thumbnail ? undefined : preview, figures, speech)] : []),
    ...whyNot('thumbnail', speech.words('page.picture.noThumbnail')),
    ...whyNot('stored', speech.words('page.picture.noStored')),
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

type Place = 'first' | 'kept';

/** The script makes a slider of two pictures of one shape; a frame is not the picture that was kept of a video. */
function pair(
  report: Report,
  preview: Figure | undefined,
  thumbnail: Figure,
  speech: Speech,
  place: Place,
): Markup {
  const altered = report.contentCredentials.integrity === 'altered';
  const kept = figure(
    thumbnail,
    { alt: speech.words('page.picture.thumbnailAlt'), id: 'thumbnail', lazy: place !== 'first' },
    speech.words(altered ? 'page.picture.thumbnailOfAltered' : 'page.picture.thumbnail'),
    speech,
  );
  if (preview === undefined) return html`<div class="figures"${words(speech)}>\n${kept}\n</div>`;
  const overlaid = !isVideo(report) && sameShape(preview, thumbnail);
  const data = html` data-overlay="${speech.words('page.picture.overlay')}" data-slider="${speech.words('page.picture.slider')}" data-shown="${speech.words('page.picture.shown', { percent: '{}' })}"`;
  return html`<div class="figures"${words(speech)}${overlaid && data}>\n${own(report, preview, speech, { first: place === 'first', id: place })}\n${kept}\n</div>`;
}

/** The file's own, or a frame of it. `first`: beside the sentence. */
function own(report: Report, preview: Figure, speech: Speech, { first = false, id = 'preview' }): Markup {
  const alt = speech.words(isVideo(report) ? 'page.picture.frameAlt' : 'page.picture.previewAlt');
  const caption = speech.words(isVideo(report) ? 'page.picture.previewOfVideo' : 'page.picture.preview');
  const damaged = preview.damaged ? `${marksOf(speech).stop} ${speech.words('page.picture.damaged')}` : '';
  return figure(preview, { alt, id, lazy: !first }, caption + damaged, speech);
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
    stored,
    { alt: speech.words('page.picture.storedAlt'), id: 'stored' },
    speech.words('page.picture.stored') + marksOf(speech).stop + note,
    speech,
  );
  const other = beside && html`${own(report, beside, speech, { id: 'beside-stored' })}\n`;
  return html`<div class="figures"${words(speech)}>\n${other}${kept}\n</div>`;
}

function framesHtml(frames: readonly Figure[], speech: Speech): Markup {
  const alt = speech.words('page.picture.frameAlt');
  const items = frames.map((one, at) => {
    const caption = speech.words('page.picture.frame', { at: clock(one.seconds ?? 0) });
    return html`<li>${figure(one, { alt, id: `frame-${at + 1}` }, caption, speech)}</li>`;
  });
  return html`<p><strong>${speech.words('page.picture.frames')}</strong></p>\n<ol class="frames">\n${lines(items)}\n</ol>`;
}

function waveformHtml(waveform: Figure, speech: Speech): Markup {
  const end = clock(waveform.seconds ?? 0);
  const caption = speech.words(waveform.cut ? 'page.picture.waveformCut' : 'page.picture.waveform', { end });
  const damaged = waveform.damaged ? `${marksOf(speech).stop} ${speech.words('page.picture.damaged')}` : '';
  const alt = speech.words('page.picture.waveformAlt');
  return html`<div class="waveform">${figure(waveform, { alt, id: 'waveform', lazy: false }, caption + damaged, speech)}</div>`;
}

/** What the script of the large picture says. */
const words = (speech: Speech): Markup =>
  html` data-dialog="${speech.words('page.picture.dialog')}" data-close="${speech.words('page.picture.close')}" data-magnify="${speech.words('page.picture.magnify')}" data-how="${speech.words('page.picture.magnifyHow')}"`;

interface Seen {
  alt: string;
  /** Of this place in the page. */
  id: string;
  lazy?: boolean;
}

/**
 * A picture that opens large. Where it has an address, the larger one is behind a link, which a script makes a dialog of;
 * in a page that is one file it grows in its place.
 */
function figure(picture: Figure, { alt, id, lazy = true }: Seen, caption: string, speech: Speech): Markup {
  const small = img(picture, alt, { lazy });
  const name = speech.words('page.picture.openLarge', { picture: alt });
  const words = html`<figcaption>${caption}</figcaption>`;
  if (picture.src.startsWith('data:')) {
    const back = html`<a class="closes" href="#main">${speech.words('page.picture.close')}</a>`;
    return html`<figure id="shown-${id}"><a class="opens" href="#shown-${id}" aria-label="${name}">${small}</a>${words}${back}</figure>`;
  }
  const { src, width, height } = picture.large ?? picture;
  return html`<figure><a class="opens" href="${src}" aria-label="${name}" data-width="${width}" data-height="${height}">${small}</a>${words}</figure>`;
}

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
