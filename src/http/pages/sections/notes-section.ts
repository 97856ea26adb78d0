import { escapeVerbatim, html, type Markup } from '../../../core/renderers/html/escape.js';
import { renderNotesHtml } from '../../../core/renderers/html/notes.js';
import type { InspectionRecord } from '../../../storage/inspections/inspections.js';
import { deskLimits } from '../../services/desk-fields.js';
import type { PageTranslator } from '../../services/language.js';
import { toNoteViews } from '../../services/shown-notes.js';

/** Text that was entered and cannot be stored as it is, with the reason. */
export interface RefusedNote {
  text: string;
  fault: string;
}

/** Renders people's notes on a report, and the field to add one. */
export function renderNotesSection(
  { id, notes }: Pick<InspectionRecord, 'id' | 'notes'>,
  translator: PageTranslator,
  { shares, refused }: { shares: boolean; refused?: RefusedNote | undefined },
): Markup {
  const open = notes.length > 0 || refused !== undefined;
  return html`<div class="report" id="notes">
${renderNotesHtml(toNoteViews(notes), translator)}
<details class="note"${open && html` open`}>
<summary>${translator.text('form.cases.add.note')}</summary>
<form action="${translator.formTarget(`/inspections/${id}/notes`)}" method="post">
<label for="note">${translator.text('form.notes.field')}</label>
<textarea id="note" name="note" rows="4" required maxlength="${deskLimits.noteCharacters}" dir="auto" aria-describedby="note-terms${refused === undefined ? '' : ' note-error'}"${refused !== undefined && html` aria-invalid="true" autofocus`}>
${escapeVerbatim(refused?.text ?? '')}</textarea>
${refused !== undefined && html`<p class="error" id="note-error" role="alert">${refused.fault}</p>`}
<p class="small" id="note-terms">${translator.text('form.notes.terms')}${shares ? translator.text('form.notes.inLinks') : ''}</p>
<p><button type="submit">${translator.text('form.notes.submit')}</button></p>
</form>
</details>
</div>`;
}
