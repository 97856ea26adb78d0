import type { Note } from '../../core/renderers/html/notes.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import type { InspectionNote } from '../../storage/inspections/inspections.js';

/** Builds the view of notes. Without keys (the local tenant) there is no name to show. */
export const toNoteViews = (notes: readonly InspectionNote[]): Note[] =>
  notes.map(({ text, by, at }) => ({ text, at, ...(by === LOCAL_TENANT ? {} : { by }) }));
