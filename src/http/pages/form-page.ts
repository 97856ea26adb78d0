import type { IsolationReason } from '../../base/isolation-level.js';
import { ENGINE_CHOICES } from '../../core/c2pa/engine-names.js';
import type { Rulebook } from '../../core/law/rulebook.js';
import { listJurisdictions } from '../../core/law/rulebooks/index.js';
import { jurisdictionName } from '../../core/law/rulebooks/jurisdictions.js';
import { textsOf } from '../../core/law/rulebooks/texts.js';
import { escapeVerbatim, html, lines, type Markup } from '../../core/renderers/html/escape.js';
import { ALL_RULEBOOKS, ROLES, type Role } from '../../core/report/rule-terms.js';
import { PERSONAL, type Personal } from '../../core/signals/personal.js';
import { type Message, message, type PlainMessageId } from '../../i18n/message.js';
import { fetchLimits } from '../../service/fetching/fetch-limits.js';
import { roundedBoundMessage } from '../contract/format-bytes.js';
import { httpLimits } from '../contract/limits.js';
import type { FormOption, RefillableField } from '../contract/queries/field-selection.js';
import type { Introduction } from '../services/first-use.js';
import type { PageTranslator } from '../services/language.js';
import { renderPage } from './page.js';
import { renderIntroductionSection } from './sections/first-use-section.js';
import type { FormField, RefusedForm } from './sections/refused-form.js';

export interface FormFacts {
  maxUploadBytes: number;
  /** Days until a report is deleted; 0: stored until somebody deletes it. */
  retentionDays: number;
  /** Hours for which an upload is stored after its report is finished; 0: deleted at once then. */
  keepUploadsHours: number;
  /** Hours for which the upload of a failed inspection is stored. */
  failedUploadHours: number;
  /** Whether thumbnails are stored with reports. */
  previews: boolean;
  /** Reason why files are read without a sandbox, for the operator; left out: they are sandboxed. */
  unsandboxed?: IsolationReason | undefined;
  rulebooks: readonly Rulebook[];
  /** Law selection used if the caller chooses nothing. */
  presets: { jurisdictions?: readonly string[]; roles?: readonly Role[] };
  /** Whether this server reads visible words and marks anyway, so that there is nothing to choose. */
  alwaysVisible?: boolean;
  /** Whether the caller may see personal data unmasked. */
  canReveal: boolean;
  /** Hosts to which links are accepted: any public host, or those named by the operator. Left out: links are off. */
  links?: 'hosts' | 'all' | undefined;
  /** Set if a report's link requests the file again with other options. */
  preselected?: PreselectedOptions;
  /** Warning for the operator about the trust lists: none installed, or their age. */
  trustListsNotice?: ListsNotice | undefined;
  /** Set after a report was deleted. */
  wasDeleted?: boolean;
  /** Set after a submission was refused. */
  refused?: RefusedForm;
  /** Set for a caller without inspections of their own. */
  introduction?: Introduction;
}

/** Options that a link from a report preselects. */
export interface PreselectedOptions {
  deep: boolean;
  visible: boolean;
  reveal: readonly Personal[];
  /** The link requested unmasked data, which this caller may not see. */
  isRevealRefused: boolean;
  manifest: boolean;
  /** Day, `YYYY-MM-DD`. */
  asOf?: string;
}

/** Renders the upload form. It posts to the API's own route, so pages and programs share one upload path. */
export function renderFormPage(facts: FormFacts, translator: PageTranslator): string {
  const { refused } = facts;
  const field = fieldAttributes(refused);
  return renderPage({
    title:
      refused === undefined
        ? translator.text('form.upload.title')
        : translator.text('form.upload.titleRefused', {
            fault: message('form.upload.faultTitle'),
            title: message('form.upload.title'),
          }),
    translator,
    script: 'form',
    body: html`${facts.wasDeleted && html`<p class="notice" role="status" data-forget>${translator.text('form.upload.deleted')}</p>`}
<h1>${translator.text('form.upload.heading')}</h1>
<p>${translator.text('form.upload.about')}</p>
${refused?.notice !== undefined && html`<p class="notice" role="alert" tabindex="-1" autofocus>${refused.notice}</p>`}
<form class="upload" action="${translator.formTarget('/v1/inspections')}" method="post" enctype="multipart/form-data"
  data-max-bytes="${facts.maxUploadBytes}" data-most-files="${httpLimits.formFiles}" data-queue="${queueWords(translator)}">
${preselectedSection(facts, translator)}<div class="drop">
<label for="file">${translator.text('form.upload.file')}</label>
<input id="file" name="file" type="file" multiple${facts.links === undefined && html` required`}${field('file', 'file-error file-terms')}>
<p class="error" id="file-error" role="alert"${refused?.fault?.field === 'file' ? '' : html` hidden`}>${refused?.fault?.field === 'file' ? refused.fault.says : ''}</p>
<p class="small" id="file-terms">${translator.text('form.upload.fileTerms', { most: roundedBoundMessage(facts.maxUploadBytes) })}</p>
<button class="send" type="submit">${translator.text('form.upload.submit')}</button>
<p class="progress" role="status" aria-live="polite"></p>
<ol class="queue" aria-label="${translator.text('form.queue.label')}" hidden></ol>
</div>
${link(facts, translator)}<p class="small">${translator.text('form.upload.original')}</p>
${options(facts, translator)}</form>
${facts.introduction === undefined ? '' : renderIntroductionSection(facts.introduction, translator)}
${facts.introduction === undefined && html`<p><a href="${translator.linkTo('/samples')}">${translator.text('form.firstUse.link')}</a></p>\n`}<h2>${translator.text('form.upload.whatHappens')}</h2>
<ul>
${retentionTerms(facts, translator).map((line) => html`<li>${line}</li>\n`)}</ul>
${facts.introduction === undefined && renderListsNotice(facts.trustListsNotice, translator)}${facts.unsandboxed !== undefined && html`<p class="notice" id="unsandboxed">${translator.text(`form.unsandboxed.${facts.unsandboxed}`)}</p>`}`,
  });
}

/** Renders the field for a link in place of a file. If the link leads to a page, its media are listed for selection. */
function link({ links, refused }: FormFacts, translator: PageTranslator): Markup {
  if (links === undefined) return html``;
  return html`<div class="link">
<label for="url">${translator.text('form.link.label')}</label>
<span class="one-line"><input id="url" name="url" type="url" inputmode="url" maxlength="${fetchLimits.urlCharacters}" dir="ltr" autocomplete="off" spellcheck="false" placeholder="https://" value="${escapeVerbatim(refused?.link ?? '')}"${fieldAttributes(refused)('url', 'url-terms')}> <button type="submit">${translator.text('form.link.submit')}</button></span>
${fault(refused, 'url')}<p class="small" id="url-terms">${translator.text('form.link.terms', { links })}</p>
<p class="progress" id="link-progress" role="status" aria-live="polite" data-waiting="${translator.text('form.link.waiting')}"></p>
</div>
`;
}

/**
 * Returns the attributes that link a field to its description; for the invalid field also those of its error and the
 * focus.
 */
function fieldAttributes(refused: RefusedForm | undefined) {
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

/** Texts for the script, which contains none of its own. */
const queueWords = (translator: PageTranslator): string =>
  JSON.stringify({
    ...Object.fromEntries(QUEUE.map((one) => [one, translator.text(`form.queue.${one}`)])),
    // The script fills in numbers and names.
    sent: translator.text('form.queue.sent', { percent: '{percent}' }),
    tooMany: translator.text('form.queue.tooMany', { most: httpLimits.formFiles }),
    leftOut: translator.text('form.queue.leftOut', { name: '{name}' }),
    faults: {
      'file-empty': translator.text('form.fault.file-empty'),
      'too-large': translator.text('form.fault.too-large'),
    },
  });

const QUEUE = [
  ...(['waits', 'sending', 'arrived', 'reading', 'again', 'failed'] as const),
  ...(['manifestAlone', 'manifestFirst'] as const),
] as const;

function retentionTerms(facts: FormFacts, translator: PageTranslator): string[] {
  const { retentionDays, keepUploadsHours, failedUploadHours, previews } = facts;
  return [
    translator.text('form.upload.goes', { hours: keepUploadsHours }),
    translator.text('form.upload.browserKeeps'),
    ...(failedUploadHours === 0
      ? []
      : [translator.text('form.upload.failedStored', { hours: failedUploadHours })]),
    ...(previews ? [translator.text('form.upload.picturesStored')] : []),
    translator.text('form.upload.reportStored', { days: retentionDays }),
    translator.text('form.upload.masked'),
    ...(facts.links === undefined ? [] : [translator.text('form.link.stored')]),
  ];
}

export type ListsNotice = { days: number };

export function renderListsNotice(lists: ListsNotice | undefined, translator: PageTranslator): Markup {
  if (lists === undefined) return html``;
  return html`<p class="notice small" id="lists">${translator.text('form.lists.old', { days: lists.days })}</p>\n`;
}

/** In the order of the page; a field without choices is left out. */
const SECTIONS = [
  { title: 'form.upload.rules', fields: ['jurisdiction', 'role', 'rulebooks', 'asOf'] },
  { title: 'form.upload.pixels', fields: ['deep', 'visible'] },
  { title: 'form.upload.personal', fields: ['reveal'] },
  { title: 'form.upload.elsewhere', fields: ['sidecar'] },
  { title: 'form.upload.engines', fields: ['engine'] },
] as const satisfies { title: PlainMessageId; fields: readonly FormOption[] }[];

/** Options that a link preselected are shown above the file, ticked, with the reason; the rest stays folded. */
function preselectedSection(facts: FormFacts, translator: PageTranslator): Markup {
  const { preselected: asked } = facts;
  if (asked === undefined) return html``;
  const parts = [
    ...(asked.isRevealRefused ? [html`<p>${translator.text('form.again.revealRefused')}</p>`] : []),
    ...preselectedFields(facts).map(
      (name) =>
        html`<p>${translator.text(`form.again.${name}`)}</p>\n<div>${FIELDS[name](facts, translator)}</div>`,
    ),
  ];
  return parts.length === 0 ? html`` : html`<div class="notice again" id="again">\n${lines(parts)}\n</div>\n`;
}

function preselectedFields({
  preselected: asked,
  alwaysVisible,
}: FormFacts): ('asOf' | 'deep' | 'visible' | 'reveal' | 'sidecar')[] {
  return [
    ...(asked?.asOf === undefined ? [] : (['asOf'] as const)),
    ...(asked?.deep ? (['deep'] as const) : []),
    ...(asked?.visible && !alwaysVisible ? (['visible'] as const) : []),
    ...((asked?.reveal.length ?? 0) > 0 ? (['reveal'] as const) : []),
    ...(asked?.manifest ? (['sidecar'] as const) : []),
  ];
}

/** Options that most uploads do without; folded by default. */
function options(facts: FormFacts, translator: PageTranslator): Markup {
  const { refused } = facts;
  const elsewhere: readonly FormOption[] = preselectedFields(facts);
  const isChosen = (name: FormOption) => name !== 'sidecar' && (refused?.values.get(name) ?? '') !== '';
  let open = false;
  const groups = SECTIONS.flatMap(({ title, fields }) => {
    const here: readonly FormOption[] = fields.filter((name) => !elsewhere.includes(name));
    open ||= here.some((name) => refused?.fault?.field === name || isChosen(name));
    const shown = here.map((name) => FIELDS[name](facts, translator)).filter((field) => field !== undefined);
    if (shown.length === 0) return [];
    return [
      html`<fieldset>
<legend>${translator.text(title)}</legend>
<div class="fields">
${shown.map((field) => html`<div>${field}</div>\n`)}</div>
</fieldset>
`,
    ];
  });
  return html`<details class="options"${open && html` open`}>
<summary>${translator.text('form.upload.options')}</summary>
<p class="small" data-first hidden>${translator.text('form.upload.optionsFirst')}</p>
${groups}</details>
`;
}

/** One way to ask each member that the page asks (inspect/options/members.ts). */
const FIELDS: Record<FormOption, (facts: FormFacts, speaks: PageTranslator) => Markup | undefined> = {
  asOf: (
    { refused, preselected: asked },
    speaks,
  ) => html`<label for="asOf">${speaks.text('form.upload.asOf')}</label>
<input id="asOf" name="asOf" type="date" value="${escapeVerbatim(refused?.values.get('asOf') ?? asked?.asOf ?? '')}"${fieldAttributes(refused)('asOf', 'asOf-terms')}>
${fault(refused, 'asOf')}<p class="small" id="asOf-terms">${speaks.text('form.upload.asOfTerms')}</p>`,
  deep: ({ refused, preselected: asked }, speaks) => {
    const checked = refused === undefined ? asked?.deep : refused.values.get('deep') === 'true';
    return html`<label><input id="deep" name="deep" type="checkbox" value="true"${checked && html` checked`}${fieldAttributes(refused)('deep', 'deep-terms')}> ${speaks.text('form.upload.deep')}</label>
${fault(refused, 'deep')}<p class="small" id="deep-terms">${speaks.text('form.upload.deepTerms')}</p>`;
  },
  visible: ({ refused, preselected: asked, alwaysVisible }, speaks) => {
    if (alwaysVisible) return undefined;
    const checked = refused === undefined ? asked?.visible : refused.values.get('visible') === 'true';
    return html`<label><input id="visible" name="visible" type="checkbox" value="true"${checked && html` checked`}${fieldAttributes(refused)('visible', 'visible-terms')}> ${speaks.text('form.upload.visible')}</label>
${fault(refused, 'visible')}<p class="small" id="visible-terms">${speaks.text('form.upload.visibleTerms')}</p>`;
  },
  engine: ({ refused }, speaks) => {
    const options = ENGINE_CHOICES.map((one) =>
      option(refused, 'engine', one, speaks.text(`form.upload.engine.${one}`)),
    );
    return html`${select(refused, 'engine', message('form.upload.engine.server'), options, speaks, 'engine-terms')}<p class="small" id="engine-terms">${speaks.text('form.upload.engineTerms')}</p>`;
  },
  reveal: ({ refused, preselected: asked, canReveal: mayReveal }, speaks) => {
    if (!mayReveal) return undefined;
    const ticked: readonly string[] = refused?.values.get('reveal')?.split(',') ?? asked?.reveal ?? [];
    const boxes = PERSONAL.map(
      (kind) =>
        html`<label><input name="reveal" type="checkbox" value="${kind}"${ticked.includes(kind) && html` checked`}${fieldAttributes(refused)('reveal', 'reveal-terms')}> ${speaks.text(`form.upload.reveal.${kind}`)}</label>\n`,
    );
    return html`${boxes}${fault(refused, 'reveal')}<p class="small" id="reveal-terms">${speaks.text('form.upload.revealTerms')}</p>`;
  },
  sidecar: ({ refused }, speaks) => html`<label for="sidecar">${speaks.text('form.upload.sidecar')}</label>
<input id="sidecar" name="sidecar" type="file" multiple accept=".c2pa,.xmp,application/c2pa,application/rdf+xml"${fieldAttributes(refused)('sidecar', 'sidecar-terms')}>
${fault(refused, 'sidecar')}<p class="small" id="sidecar-terms">${speaks.text('form.upload.sidecarTerms')}</p>`,
  jurisdiction: ({ refused, rulebooks, presets }, speaks) => {
    if (rulebooks.length === 0) return undefined;
    const options = listJurisdictions(rulebooks).map((one) =>
      option(refused, 'jurisdiction', one, jurisdictionName(one, rulebooks, speaks)),
    );
    const preset = presets.jurisdictions?.map((one) => jurisdictionName(one, rulebooks, speaks));
    const none = preset === undefined ? message('form.upload.everywhere') : presetMessage(preset);
    return select(refused, 'jurisdiction', none, options, speaks);
  },
  role: ({ refused, presets }, speaks) => {
    const options = ROLES.map((one) => option(refused, 'role', one, speaks.text(`law.role.${one}`)));
    const preset = presets.roles?.map((one) => speaks.text(`law.role.${one}`));
    const none = preset === undefined ? message('form.upload.anyRole') : presetMessage(preset);
    return select(refused, 'role', none, options, speaks);
  },
  rulebooks: ({ refused, rulebooks }, speaks) => {
    if (rulebooks.length === 0) return undefined;
    const jurisdictions = [...new Set(rulebooks.map(({ jurisdiction }) => jurisdiction))];
    const groups = jurisdictions.map(
      (one) => html`<optgroup label="${jurisdictionName(one, rulebooks, speaks)}">
${rulebooks.map((book) => (book.jurisdiction === one ? option(refused, 'rulebooks', book.id, textsOf(book, speaks.language).title) : html``))}</optgroup>\n`,
    );
    const all = option(refused, 'rulebooks', ALL_RULEBOOKS, speaks.text('form.upload.all'));
    return select(refused, 'rulebooks', message('form.upload.inFull.none'), [all, ...groups], speaks);
  },
};

const presetMessage = (names: readonly string[]): Message =>
  message('form.upload.preset', { names: [...names] });

const option = (
  refused: RefusedForm | undefined,
  name: RefillableField,
  value: string,
  words: string,
): Markup =>
  html`<option value="${value}"${refused?.values.get(name) === value && html` selected`}>${words}</option>\n`;

function select(
  refused: RefusedForm | undefined,
  name: 'jurisdiction' | 'role' | 'rulebooks' | 'engine',
  none: Message,
  options: Markup[],
  translator: PageTranslator,
  terms = '',
): Markup {
  return html`<label for="${name}">${translator.text(`form.upload.${name}`)}</label>
<select id="${name}" name="${name}"${fieldAttributes(refused)(name, terms)}>
<option value="">${translator.translate(none)}</option>
${options}</select>
${fault(refused, name)}`;
}
