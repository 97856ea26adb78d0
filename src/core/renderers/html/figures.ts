import type { Translator } from '../../../i18n/translator.js';
import type { Region } from '../../media/visible-mark.js';
import { type Figure, haveSameShape } from '../../page/history/figures.js';
import { punctuationFor } from '../../page/marks.js';
import type { PagePictures } from '../../page/pictures.js';
import type { StatedRegions } from '../../page/stated-regions.js';
import { meaningMessage } from '../../signals/meaning.js';
import { html, lines, type Markup } from './escape.js';

/** Renders a picture. `lazy`: it is loaded when it scrolls into view. */
export function img({ src, width, height }: Figure, alt: string, { lazy = true, step = false } = {}): Markup {
  // A `data:` URI needs no loading, and printers do not scroll.
  const wait = lazy && !src.startsWith('data:') && html` loading="lazy" decoding="async"`;
  return html`<img class="small-picture${step && ' step'}" src="${src}" width="${width}" height="${height}" alt="${alt}"${wait}>`;
}

/** Renders the preview next to the sentence, or the reason why there is none. */
export function previewHtml(pictures: PagePictures, translator: Translator): Markup | undefined {
  const { figures, pair } = pictures;
  const { preview, waveform, frames } = figures;
  const parts = [
    ...(pair ? [figurePair(pictures, pair.thumbnail, translator, 'first')] : []),
    ...(!pair && preview ? [ownFigure(pictures, preview, translator, { first: true })] : []),
    ...(waveform ? [waveformHtml(waveform, translator)] : []),
    ...(frames.length > 1 ? [framesHtml(frames, translator)] : []),
    ...(figures.framesCut ? [html`<p class="small">${translator.text('page.picture.framesCut')}</p>`] : []),
  ];
  if (parts.length > 0) {
    const many = pair !== undefined || frames.length > 1;
    return html`<div class="preview${many && ' many'}"${dialogTexts(translator)}>\n${lines(parts)}\n${noPreview(pictures, translator)}</div>`;
  }
  return noPreview(pictures, translator);
}

/** The fault may be recorded for the preview or the waveform; for sounds, the text mentions the waveform. */
function noPreview(
  { kind: medium, figures: { missing } }: PagePictures,
  translator: Translator,
): Markup | undefined {
  const why = missing.find(({ kind }) => kind === 'preview' || kind === 'waveform')?.why;
  const before = medium === 'audio' ? 'page.picture.noWaveform' : 'page.picture.noPreview';
  return why && html`<p class="no-preview">${translator.text(before)}${translator.translate(why)}</p>`;
}

/** Renders the pictures stored in the file and its credentials side by side; `undefined` if there is nothing to compare. */
export function picturesHtml(pictures: PagePictures, translator: Translator): Markup | undefined {
  const { figures, pair } = pictures;
  const { preview, thumbnail, stored } = figures;
  const parts = [
    ...(thumbnail && !pair ? [figurePair(pictures, thumbnail, translator, 'kept')] : []),
    ...(stored ? [storedHtml(pictures, stored, thumbnail ? undefined : preview, translator)] : []),
    ...whyNot('thumbnail', translator.text('page.picture.noThumbnail')),
    ...whyNot('stored', translator.text('page.picture.noStored')),
    ...(figures.leftOut ? [html`<p class="small">${translator.text('page.picture.leftOut')}</p>`] : []),
  ];
  if (parts.length === 0) return undefined;
  return lines([html`<p class="small">${translator.text('page.picture.about')}</p>`, ...parts]);

  function whyNot(kind: 'thumbnail' | 'stored', before: string): Markup[] {
    return figures.missing
      .filter((one) => one.kind === kind)
      .map(({ why }) => html`<p>${before}${translator.translate(why)}</p>`);
  }
}

type Place = 'first' | 'kept';

/**
 * The script turns two pictures of equal aspect ratio into a slider; a video frame differs from the stored thumbnail,
 * so it is excluded.
 */
function figurePair(pictures: PagePictures, thumbnail: Figure, translator: Translator, place: Place): Markup {
  const { preview } = pictures.figures;
  const kept = figure(
    thumbnail,
    { alt: translator.text('page.picture.thumbnailAlt'), id: 'thumbnail', lazy: place !== 'first' },
    translator.text(pictures.isAltered ? 'page.picture.thumbnailOfAltered' : 'page.picture.thumbnail'),
    translator,
  );
  if (preview === undefined) return html`<div class="figures"${dialogTexts(translator)}>\n${kept}\n</div>`;
  const overlaid = pictures.kind !== 'video' && haveSameShape(preview, thumbnail);
  const data = html` data-overlay="${translator.text('page.picture.overlay')}" data-slider="${translator.text('page.picture.slider')}" data-shown="${translator.text('page.picture.shown', { percent: '{}' })}"`;
  return html`<div class="figures"${dialogTexts(translator)}${overlaid && data}>\n${ownFigure(pictures, preview, translator, { first: place === 'first', id: place })}\n${kept}\n</div>`;
}

/** Renders the file's own picture, or a frame of it. `first`: next to the sentence. */
function ownFigure(
  { kind, stated: regionsStated, marks }: PagePictures,
  preview: Figure,
  translator: Translator,
  { first = false, id = 'preview' },
): Markup {
  const isVideo = kind === 'video';
  const { stop } = punctuationFor(translator);
  const alt = translator.text(isVideo ? 'page.picture.frameAlt' : 'page.picture.previewAlt');
  const caption = translator.text(isVideo ? 'page.picture.previewOfVideo' : 'page.picture.preview');
  const damaged = preview.damaged ? `${stop} ${translator.text('page.picture.damaged')}` : '';
  const stated = first ? regionsStated : undefined;
  const legend =
    stated === undefined
      ? ''
      : `${stop} ${
          stated.percent === undefined
            ? translator.text('page.picture.someRegions')
            : translator.text('page.picture.statedRegions', { percent: stated.percent })
        }`;
  const over = stated && drawRegions(stated);
  return figure(
    preview,
    { alt, id, lazy: !first, over, regions: marks.regions },
    caption + damaged + legend + marks.legend,
    translator,
  );
}

function storedHtml(
  pictures: PagePictures,
  stored: Figure,
  beside: Figure | undefined,
  translator: Translator,
): Markup {
  const note = pictures.figures.storedDiffers
    ? ` ${translator.translate(meaningMessage('file.thumbnailDiffers'))}`
    : '';
  const kept = figure(
    stored,
    { alt: translator.text('page.picture.storedAlt'), id: 'stored' },
    translator.text('page.picture.stored') + punctuationFor(translator).stop + note,
    translator,
  );
  const other = beside && html`${ownFigure(pictures, beside, translator, { id: 'beside-stored' })}\n`;
  return html`<div class="figures"${dialogTexts(translator)}>\n${other}${kept}\n</div>`;
}

function framesHtml(frames: readonly Figure[], translator: Translator): Markup {
  const alt = translator.text('page.picture.frameAlt');
  const items = frames.map((one, at) => {
    const caption = translator.text('page.picture.frame', { at: clock(one.seconds ?? 0) });
    return html`<li>${figure(one, { alt, id: `frame-${at + 1}` }, caption, translator)}</li>`;
  });
  return html`<p><strong>${translator.text('page.picture.frames')}</strong></p>\n<ol class="frames">\n${lines(items)}\n</ol>`;
}

function waveformHtml(waveform: Figure, translator: Translator): Markup {
  const end = clock(waveform.seconds ?? 0);
  const caption = translator.text(waveform.cut ? 'page.picture.waveformCut' : 'page.picture.waveform', {
    end,
  });
  const damaged = waveform.damaged
    ? `${punctuationFor(translator).stop} ${translator.text('page.picture.damaged')}`
    : '';
  const alt = translator.text('page.picture.waveformAlt');
  return html`<div class="waveform">${figure(waveform, { alt, id: 'waveform', lazy: false }, caption + damaged, translator)}</div>`;
}

/** Texts for the script that shows the large picture. */
const dialogTexts = (translator: Translator): Markup =>
  html` data-dialog="${translator.text('page.picture.dialog')}" data-close="${translator.text('page.picture.close')}" data-magnify="${translator.text('page.picture.magnify')}" data-how="${translator.text('page.picture.magnifyHow')}"`;

interface FigureOptions {
  alt: string;
  /** Fragment identifier within the page. */
  id: string;
  lazy?: boolean;
  /** Regions that signals point at, drawn as frames. */
  regions?: readonly Region[];
  /** Drawing on top of the picture; the caption says what it is. */
  over?: Markup | undefined;
}

/**
 * Renders a picture that opens large. A picture with an address links to the larger one, which a script opens as a
 * dialog; in a single-file page it grows in its place.
 */
function figure(
  picture: Figure,
  { alt, id, lazy = true, over, regions = [] }: FigureOptions,
  caption: string,
  translator: Translator,
): Markup {
  const own = withRegions(img(picture, alt, { lazy }), regions);
  const small = over === undefined ? own : html`<span class="stated-regions">${own}${over}</span>`;
  const name = translator.text('page.picture.openLarge', { picture: alt });
  const words = html`<figcaption>${caption}</figcaption>`;
  if (picture.src.startsWith('data:')) {
    const back = html`<a class="closes" href="#main">${translator.text('page.picture.close')}</a>`;
    return html`<figure id="shown-${id}"><a class="opens" href="#shown-${id}" aria-label="${name}">${small}</a>${words}${back}</figure>`;
  }
  const { src, width, height } = picture.large ?? picture;
  return html`<figure><a class="opens" href="${src}" aria-label="${name}" data-width="${width}" data-height="${height}">${small}</a>${words}</figure>`;
}

/** Draws frames around regions of a picture. The text beside it names their corner, so they have no text of their own. */
function withRegions(picture: Markup, regions: readonly Region[]): Markup {
  if (regions.length === 0) return picture;
  const frames = regions.map(({ left, top, width, height, pictureWidth, pictureHeight }) => {
    const gap = Math.round(Math.min(width, height) / 4);
    const [x, y] = [Math.max(0, left - gap), Math.max(0, top - gap)];
    const [right, bottom] = [
      Math.min(pictureWidth, left + width + gap),
      Math.min(pictureHeight, top + height + gap),
    ];
    return html`<svg class="region" viewBox="0 0 ${pictureWidth} ${pictureHeight}" preserveAspectRatio="none" aria-hidden="true"><rect x="${x}" y="${y}" width="${right - x}" height="${bottom - y}"/></svg>`;
  });
  return html`<span class="regions">${picture}${lines(frames)}</span>`;
}

/** Draws each region twice, light below dark, so that it is seen on any picture. */
function drawRegions({ shapes }: StatedRegions): Markup {
  const drawn = shapes.map((shape) => {
    if ('points' in shape)
      return html`<polygon points="${shape.points.map((point) => point.join()).join(' ')}"/>`;
    const { x, y, across, down } = shape;
    return html`<ellipse cx="${x}" cy="${y}" rx="${across}" ry="${down}"/>`;
  });
  return html`<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true"><g class="under">${drawn}</g><g>${drawn}</g></svg>`;
}

/** Formats a time as `1:02:03` or `0:12.5`; tenths are shown only below a minute and if they are not zero. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (count: number): string => String(count).padStart(2, '0');
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor(whole / 60) % 60;
  const tenths = Math.floor((seconds - whole) * 10);
  const rest = `${two(whole % 60)}${whole < 10 && tenths > 0 ? `.${tenths}` : ''}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
