import type { Note } from '../core/renderers/html-notes.js';
import type { InspectionNote } from '../store/inspections.js';
import { LOCAL_TENANT } from '../store/scopes.js';

/** As they are shown. Where nobody shows a key, there is no name to tell. */
export const shownNotes = (notes: readonly InspectionNote[]): Note[] =>
  notes.map(({ text, by, at }) => ({ text, at, ...(by === LOCAL_TENANT ? {} : { by }) }));
