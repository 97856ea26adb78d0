import type { IsolationReason } from '../../core/ground/isolation-level.js';
import type { Rulebook } from '../../core/law/rulebook.js';
import { countryOf } from '../../core/law/rulebooks/index.js';
import { jurisdictionName } from '../../core/law/rulebooks/jurisdictions.js';
import { textsOf } from '../../core/law/rulebooks/texts.js';
import { asTyped, html, type Markup } from '../../core/renderers/html-escape.js';
import { said } from '../../say/said.js';
import type { KeptField } from '../chosen.js';
import type { FirstUse } from '../first-use.js';
import { boundSaid } from '../format-bytes.js';
import type { PageLanguage } from '../language.js';
import { firstUseSection } from './first-use-section.js';
import { page } from './page.js';
import type { FormField, RefusedForm } from './refused-form.js';

export interface FormFacts {
  maxUploadBytes: number;
  /** 0: until somebody deletes it. */
  retentionDays: number;
  /** 0: the file goes with its report. */
  keepUploadsHours: number;
  /** The same of one that could not be inspected. */
  failedUploadHours: number;
  /** Small pictures are kept with reports. */
  previews: boolean;
  /** Why files are read without a sandbox, where they are: for whoever runs the server. */
  unsandboxed?: IsolationReason | undefined;
  rulebooks: readonly Rulebook[];
  /** A report was just deleted. */
  deleted?: boolean;
  /** It was sent, and could not be taken. */
  refused?: RefusedForm;
  /** For whoever has inspected nothing of their own yet. */
  guide?: FirstUse;
}

/** The form. It posts to the API's own route, so both doors take the same upload. */
export function formPage(facts: FormFacts, speaks: PageLanguage): string {
  const { refused } = facts;
  const field = fieldsOf(refused);
  const chosenDeep = refused?.chosen.get('deep') === 'true';
  return page({
    title:
      refused === undefined
        ? speaks.words('form.upload.title')
        : speaks.words('form.upload.titleRefused', {
            fault: said('form.upload.faultTitle'),
            title: said('form.upload.title'),
          }),
    speaks,
    script: 'form',
    body: html`${facts.deleted && html`<p class="notice" role="status">${speaks.words('form.upload.deleted')}</p>`}
<h1>${speaks.words('form.upload.heading')}</h1>
<p>${speaks.words('form.upload.about')}</p>
${refused?.notice !== undefined && html`<p class="notice" role="alert" tabindex="-1" autofocus>${refused.notice}</p>`}
<form class="upload" action="${speaks.form('/v1/inspections')}" method="post" enctype="multipart/form-data"
  data-max-bytes="${facts.maxUploadBytes}" data-too-large="${speaks.words('form.fault.too-large')}" data-sending="${speaks.words('form.upload.sending')}"
  data-taken="${speaks.words('form.upload.taken')}" data-queue="${queueWords(speaks)}">
<div class="drop">
<label for="file">${speaks.words('form.upload.file')}</label>
<input id="file" name="file" type="file" required${field('file', 'file-error file-terms')}>
<p class="error" id="file-error" role="alert"${refused?.fault?.field === 'file' ? '' : html` hidden`}>${refused?.fault?.field === 'file' ? refused.fault.says : ''}</p>
<p class="small" id="file-terms">${speaks.words('form.upload.fileTerms', { most: boundSaid(facts.maxUploadBytes) })}</p>
</div>
${rulesFields(facts, speaks)}
${section(
  speaks.words('form.upload.pixels'),
  refused?.fault?.field === 'deep' || chosenDeep,
  html`<label><input id="deep" name="deep" type="checkbox" value="true"${chosenDeep && html` checked`}${field('deep', 'deep-terms')}> ${speaks.words('form.upload.deep')}</label>
${fault(refused, 'deep')}<p class="small" id="deep-terms">${speaks.words('form.upload.deepTerms')}</p>`,
)}
${section(
  speaks.words('form.upload.elsewhere'),
  refused?.fault?.field === 'sidecar',
  html`<label for="sidecar">${speaks.words('form.upload.sidecar')}</label>
<input id="sidecar" name="sidecar" type="file" accept=".c2pa,application/c2pa"${field('sidecar', 'sidecar-terms')}>
${fault(refused, 'sidecar')}<p class="small" id="sidecar-terms">${speaks.words('form.upload.sidecarTerms')}</p>`,
)}
<button class="send" type="submit">${speaks.words('form.upload.submit')}</button>
<p class="progress" role="status" aria-live="polite"></p>
<ol class="queue" aria-label="${speaks.words('form.queue.label')}" hidden></ol>
</form>
${facts.guide === undefined ? '' : firstUseSection(facts.guide, speaks)}
<h2>${speaks.words('form.upload.whatHappens')}</h2>
<ul>
${happens(facts, speaks).map((line) => html`<li>${line}</li>\n`)}</ul>
${facts.unsandboxed !== undefined && html`<p class="notice" id="unsandboxed">${speaks.words(`form.unsandboxed.${facts.unsandboxed}`)}</p>`}`,
  });
}

/** What describes a field, and, where it is the one that is wrong, that it is and has the focus. */
function fieldsOf(refused: RefusedForm | undefined) {
  return (name: FormField, terms = ''): Markup => {
    const wrong = refused?.fault?.field === name;
    const ids = [...new Set([...(wrong ? [`${name}-error`] : []), ...terms.split(' ')])].filter(
      (id) => id !== '',
    );
    return html`${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}${wrong && html` aria-invalid="true" autofocus`}`;
  };
}

function fault(refused: RefusedForm | undefined, name: FormField): Markup {
  return refused?.fault?.field === name
    ? html`<p class="error" id="${name}-error" role="alert">${refused.fault.says}</p>\n`
    : html``;
}

/** For the script, which has no words of its own. */
const queueWords = (speaks: PageLanguage): string =>
  JSON.stringify({
    ...Object.fromEntries(QUEUE.map((one) => [one, speaks.words(`form.queue.${one}`)])),
    // The script puts the numbers in.
    progress: speaks.words('form.queue.progress', { done: '{done}', all: '{all}' }),
    faults: {
      'file-empty': speaks.words('form.fault.file-empty'),
      'too-large': speaks.words('form.fault.too-large'),
    },
  });

const QUEUE = ['label', 'waits', 'sending', 'reading', 'done', 'later', 'open', 'failed', 'alone'] as const;

function happens(facts: FormFacts, speaks: PageLanguage): string[] {
  const { retentionDays, keepUploadsHours, failedUploadHours, previews } = facts;
  return [
    speaks.words('form.upload.goes', { hours: keepUploadsHours }),
    ...(failedUploadHours === 0
      ? []
      : [speaks.words('form.upload.failedKept', { hours: failedUploadHours })]),
    ...(previews ? [speaks.words('form.upload.picturesKept')] : []),
    speaks.words('form.upload.reportKept', { days: retentionDays }),
    speaks.words('form.upload.masked'),
  ];
}

/** Folded away: what most uploads do without. */
function section(title: string, open: boolean, ...fields: readonly (Markup | '')[]): Markup {
  return html`<details${open && html` open`}>
<summary>${title}</summary>
<div class="fields">
${fields.map((field) => html`<div>${field}</div>\n`)}</div>
</details>`;
}

function rulesFields({ rulebooks, refused }: FormFacts, speaks: PageLanguage): Markup {
  const field = fieldsOf(refused);
  const { chosen } = refused ?? {};
  const wrong = refused?.fault?.field;
  const open =
    wrong === 'asOf' ||
    wrong === 'jurisdiction' ||
    wrong === 'rulebooks' ||
    (['asOf', 'jurisdiction', 'rulebooks'] as const).some((name) => (chosen?.get(name) ?? '') !== '');
  const option = (name: KeptField, value: string, words: string) =>
    html`<option value="${value}"${chosen?.get(name) === value && html` selected`}>${words}</option>\n`;
  const asOf = html`<label for="asOf">${speaks.words('form.upload.asOf')}</label>
<input id="asOf" name="asOf" type="date" value="${asTyped(chosen?.get('asOf') ?? '')}"${field('asOf', 'asOf-terms')}>
${fault(refused, 'asOf')}<p class="small" id="asOf-terms">${speaks.words('form.upload.asOfTerms')}</p>`;
  if (rulebooks.length === 0) return section(speaks.words('form.upload.rules'), open, asOf);
  const named = (code: string) => jurisdictionName(code, rulebooks, speaks);
  const jurisdictions = [...new Set(rulebooks.map(({ jurisdiction }) => jurisdiction))];
  // A country with several states of its own is a choice as well.
  const choices = jurisdictions.flatMap((one, at) => {
    const country = countryOf(one);
    const first = jurisdictions.findIndex((other) => other.startsWith(`${country}-`)) === at;
    return one !== country && first ? [country, one] : [one];
  });
  return section(
    speaks.words('form.upload.rules'),
    open,
    html`<label for="jurisdiction">${speaks.words('form.upload.jurisdiction')}</label>
<select id="jurisdiction" name="jurisdiction"${field('jurisdiction')}>
<option value="">${speaks.words('form.upload.all')}</option>
${choices.map((one) => option('jurisdiction', one, named(one)))}</select>
${fault(refused, 'jurisdiction')}`,
    html`<label for="rulebooks">${speaks.words('form.upload.rulebooks')}</label>
<select id="rulebooks" name="rulebooks"${field('rulebooks')}>
<option value="">${speaks.words('form.upload.all')}</option>
${jurisdictions.map(
  (one) => html`<optgroup label="${named(one)}">
${rulebooks.map((book) => (book.jurisdiction === one ? option('rulebooks', book.id, textsOf(book, speaks.language).title) : html``))}</optgroup>\n`,
)}</select>
${fault(refused, 'rulebooks')}`,
    asOf,
  );
}
