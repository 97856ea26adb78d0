import { formatBytes } from '../format-bytes.js';
import { html, type Markup } from './html.js';
import { page } from './page.js';

export interface FormFacts {
  maxUploadBytes: number;
  keepInspections: number;
  rulebooks: readonly { id: string; title: string }[];
  /** A report was just deleted. */
  deleted: boolean;
}

/** The form. It posts to the API's own route, so both doors take the same upload. */
export function formPage(facts: FormFacts): string {
  return page({
    title: 'Assay – what a file declares about its origin',
    script: true,
    body: html`${facts.deleted ? html`<p class="notice" role="status">The report was deleted.</p>` : ''}
<h1>What does this file declare about its origin?</h1>
<p>Assay reads the Content Credentials, AI labels and generator traces of a photo, video or sound file. It says who
stands behind them, where in the file they stand, and what could not be checked.</p>
<form class="upload" action="/v1/inspections" method="post" enctype="multipart/form-data"
  data-max-bytes="${facts.maxUploadBytes}">
<div class="drop">
<label for="file">Photo, video or sound file</label>
<input id="file" name="file" type="file" required aria-describedby="file-terms">
<p class="small" id="file-terms">Up to ${formatBytes(facts.maxUploadBytes)}. The original file tells most: messengers and
platforms often remove what Assay looks for.</p>
</div>
<details>
<summary>Rules and date</summary>
<div class="fields">
${rulebookChoice(facts.rulebooks)}
<div>
<label for="asOf">As of</label>
<input id="asOf" name="asOf" type="date" aria-describedby="asOf-terms">
<p class="small" id="asOf-terms">The day the rules are asked about. Left empty: today (UTC).</p>
</div>
</div>
</details>
<details>
<summary>Content Credentials kept elsewhere</summary>
<div class="fields">
<div>
<label for="sidecar">Manifest file (.c2pa)</label>
<input id="sidecar" name="sidecar" type="file" accept=".c2pa,application/c2pa" aria-describedby="sidecar-terms">
<p class="small" id="sidecar-terms">Where a file only points to its credentials, fetch them yourself and add them here:
Assay fetches nothing.</p>
</div>
</div>
</details>
<button type="submit">Inspect the file</button>
<p class="progress" role="status" aria-live="polite"></p>
</form>
<h2>What happens with the file</h2>
<ul>
<li>It goes to this server and nowhere else, and it is deleted as soon as its report is done.</li>
<li>The report has an address that cannot be guessed. It is kept until you delete it or ${facts.keepInspections} newer
reports have taken its place.</li>
<li>Locations, serial numbers and personal names are left out of the report or masked.</li>
</ul>`,
  });
}

function rulebookChoice(rulebooks: FormFacts['rulebooks']): Markup | '' {
  if (rulebooks.length === 0) return '';
  return html`<div>
<label for="rulebooks">Rules</label>
<select id="rulebooks" name="rulebooks">
<option value="">All</option>
${rulebooks.map(({ id, title }) => html`<option value="${id}">${title}</option>\n`)}</select>
</div>`;
}
