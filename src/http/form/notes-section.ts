import { asTyped, html, type Markup } from '../../core/renderers/html-escape.js';
import { renderNotesHtml } from '../../core/renderers/html-notes.js';
import type { InspectionRecord } from '../../store/inspections.js';
import { deskLimits } from '../desk-words.js';
import type { PageLanguage } from '../language.js';
import { shownNotes } from '../shown-notes.js';

/** What was written and cannot be kept as it is, and why. */
export interface RefusedNote {
  text: string;
  fault: string;
}

/** Notes by people below a report, and the field to add one. */
export function notesSection(
  { id, notes }: Pick<InspectionRecord, 'id' | 'notes'>,
  speaks: PageLanguage,
  { shares, refused }: { shares: boolean; refused?: RefusedNote | undefined },
): Markup {
  const open = notes.length > 0 || refused !== undefined;
  return html`<div class="report" id="notes">
${renderNotesHtml(shownNotes(notes), speaks)}
<details class="note"${open && html` open`}>
<summary>${speaks.words('form.notes.add')}</summary>
<form action="${speaks.form(`/inspections/${id}/notes`)}" method="post">
<label for="note">${speaks.words('form.notes.field')}</label>
<textarea id="note" name="note" rows="4" required maxlength="${deskLimits.noteCharacters}" dir="auto" aria-describedby="note-terms${refused === undefined ? '' : ' note-error'}"${refused !== undefined && html` aria-invalid="true" autofocus`}>
${asTyped(refused?.text ?? '')}</textarea>
${refused !== undefined && html`<p class="error" id="note-error" role="alert">${refused.fault}</p>`}
<p class="small" id="note-terms">${speaks.words('form.notes.terms')}${shares ? speaks.words('form.notes.inLinks') : ''}</p>
<p><button type="submit">${speaks.words('form.notes.submit')}</button></p>
</form>
</details>
</div>`;
}
