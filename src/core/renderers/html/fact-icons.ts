import type { FourFactName } from '../../report/report-terms.js';
import { html, type Markup } from './escape.js';

/** Icons of the four facts. They repeat the text, so they are hidden from assistive technology. */
const DRAWN: Record<FourFactName, readonly string[]> = {
  // Person.
  who: ['M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8z', 'M4 21c0-4.5 3.5-7 8-7s8 2.5 8 7'],
  // Pencil.
  changed: ['M4 20l1-5L16 4l4 4L9 19z', 'M13.5 6.5l4 4'],
  // Chip.
  ai: ['M7 7h10v10H7z', 'M10 3v4M14 3v4M10 17v4M14 17v4M3 10h4M3 14h4M17 10h4M17 14h4'],
  // Clock.
  when: ['M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z', 'M12 7v5l3.5 2'],
};

export const factIcon = (name: keyof typeof DRAWN): Markup =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${DRAWN[name].map((d) => html`<path d="${d}"></path>`)}</svg>`;
