import { ENGINE_CHOICES } from '../../core/c2pa/engine-names.js';
import type { IsolationReason } from '../../core/ground/isolation-level.js';
import type { Rulebook } from '../../core/law/rulebook.js';
import { placesWithLaw } from '../../core/law/rulebooks/index.js';
import { jurisdictionName } from '../../core/law/rulebooks/jurisdictions.js';
import { textsOf } from '../../core/law/rulebooks/texts.js';
import { asTyped, html, lines, type Markup } from '../../core/renderers/html-escape.js';
import { ALL_RULEBOOKS, ROLES, type Role } from '../../core/report/rule-terms.js';
import { PERSONAL, type Personal } from '../../core/signals/personal.js';
import { fetchLimits } from '../../fetching/fetch-limits.js';
import { type PlainId, type Said, said } from '../../say/said.js';
import type { KeptField, PageField } from '../chosen.js';
import type { FirstUse } from '../first-use.js';
import { roundBound } from '../format-bytes.js';
import type { PageLanguage } from '../language.js';
import { httpLimits } from '../limits.js';
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
  /** What of the law is asked where nothing is chosen. */
  presets: { jurisdictions?: readonly string[]; roles?: readonly Role[] };
  /** Whether whoever asks may have personal data shown. */
  mayReveal: boolean;
  /** A link is taken in place of a file: to whatever is public, or to hosts that the operator named. Left out: none. */
  links?: 'hosts' | 'all' | undefined;
  /** A report asks for its file once more, to be looked at in another way. */
  asked?: AskedAgain;
  /** What is wrong with the trust lists, for whoever runs the server: none at all, or how old they are. */
  lists?: ListsNotice | undefined;
  /** A report was just deleted. */
  deleted?: boolean;
  /** It was sent, and could not be taken. */
  refused?: RefusedForm;
  /** For whoever has inspected nothing of their own yet. */
  guide?: FirstUse;
}

/** What a link from a report ticks, and says so. */
export interface AskedAgain {
  deep: boolean;
  reveal: readonly Personal[];
  /** Asked, and not allowed here. */
  revealRefused: boolean;
  manifest: boolean;
}

/** The form. It posts to the API's own route, so both doors take the same upload. */
export function formPage(facts: FormFacts, speaks: PageLanguage): string {
  const { refused } = facts;
  const field = fieldsOf(refused);
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
  data-max-bytes="${facts.maxUploadBytes}" data-most-files="${httpLimits.formFiles}" data-queue="${queueWords(speaks)}">
${again(facts, speaks)}<div class="drop">
<label for="file">${speaks.words('form.upload.file')}</label>
<input id="file" name="file" type="file" multiple${facts.links === undefined && html` required`}${field('file', 'file-error file-terms')}>
<p class="error" id="file-error" role="alert"${refused?.fault?.field === 'file' ? '' : html` hidden`}>${refused?.fault?.field === 'file' ? refused.fault.says : ''}</p>
<p class="small" id="file-terms">${speaks.words('form.upload.fileTerms', { most: roundBound(facts.maxUploadBytes) })}</p>
<button class="send" type="submit">${speaks.words('form.upload.submit')}</button>
<p class="progress" role="status" aria-live="polite"></p>
<ol class="queue" aria-label="${speaks.words('form.queue.label')}" hidden></ol>
</div>
${link(facts, speaks)}<p class="small">${speaks.words('form.upload.original')}</p>
${options(facts, speaks)}</form>
${facts.guide === undefined ? '' : firstUseSection(facts.guide, speaks)}
${facts.guide === undefined && html`<p><a href="${speaks.to('/samples')}">${speaks.words('form.firstUse.link')}</a></p>\n`}<h2>${speaks.words('form.upload.whatHappens')}</h2>
<ul>
${happens(facts, speaks).map((line) => html`<li>${line}</li>\n`)}</ul>
${facts.guide === undefined && listsNotice(facts.lists, speaks)}${facts.unsandboxed !== undefined && html`<p class="notice" id="unsandboxed">${speaks.words(`form.unsandboxed.${facts.unsandboxed}`)}</p>`}`,
  });
}

/** Beside the file, and in its place. What it leads to may be a page: then its media are shown to choose from. */
function link({ links, refused }: FormFacts, speaks: PageLanguage): Markup {
  if (links === undefined) return html``;
  return html`<div class="link">
<label for="url">${speaks.words('form.link.label')}</label>
<span class="one-line"><input id="url" name="url" type="url" inputmode="url" maxlength="${fetchLimits.urlCharacters}" dir="ltr" autocomplete="off" spellcheck="false" placeholder="https://" value="${asTyped(refused?.link ?? '')}"${fieldsOf(refused)('url', 'url-terms')}> <button type="submit">${speaks.words('form.link.submit')}</button></span>
${fault(refused, 'url')}<p class="small" id="url-terms">${speaks.words('form.link.terms', { links })}</p>
<p class="progress" id="link-progress" role="status" aria-live="polite" data-waiting="${speaks.words('form.link.waiting')}"></p>
</div>
`;
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
    // The script puts numbers and names in.
    sent: speaks.words('form.queue.sent', { percent: '{percent}' }),
    tooMany: speaks.words('form.queue.tooMany', { most: httpLimits.formFiles }),
    leftOut: speaks.words('form.queue.leftOut', { name: '{name}' }),
    faults: {
      'file-empty': speaks.words('form.fault.file-empty'),
      'too-large': speaks.words('form.fault.too-large'),
    },
  });

const QUEUE = [
  ...(['waits', 'sending', 'arrived', 'reading', 'again', 'failed'] as const),
  ...(['manifestAlone', 'manifestFirst'] as const),
] as const;

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
    ...(facts.links === undefined ? [] : [speaks.words('form.link.kept')]),
  ];
}

export type ListsNotice = { none: true } | { days: number };

export function listsNotice(lists: ListsNotice | undefined, speaks: PageLanguage): Markup {
  if (lists === undefined) return html``;
  const says =
    'none' in lists ? speaks.words('form.lists.none') : speaks.words('form.lists.old', { days: lists.days });
  return html`<p class="notice small" id="lists">${says}</p>\n`;
}

/** In the order of the page; a field is left out where there is nothing to choose. */
const SECTIONS = [
  { title: 'form.upload.rules', fields: ['jurisdiction', 'role', 'rulebooks', 'asOf'] },
  { title: 'form.upload.pixels', fields: ['deep'] },
  { title: 'form.upload.personal', fields: ['reveal'] },
  { title: 'form.upload.elsewhere', fields: ['sidecar'] },
  { title: 'form.upload.engines', fields: ['engine'] },
] as const satisfies { title: PlainId; fields: readonly PageField[] }[];

/** What a link asked for stands above the file, ticked, with the reason: the rest stays folded. */
function again(facts: FormFacts, speaks: PageLanguage): Markup {
  const { asked } = facts;
  if (asked === undefined) return html``;
  const parts = [
    ...(asked.revealRefused ? [html`<p>${speaks.words('form.again.revealRefused')}</p>`] : []),
    ...askedFields(facts).map(
      (name) => html`<p>${speaks.words(`form.again.${name}`)}</p>\n<div>${FIELDS[name](facts, speaks)}</div>`,
    ),
  ];
  return parts.length === 0 ? html`` : html`<div class="notice again" id="again">\n${lines(parts)}\n</div>\n`;
}

function askedFields({ asked }: FormFacts): ('deep' | 'reveal' | 'sidecar')[] {
  return [
    ...(asked?.deep ? (['deep'] as const) : []),
    ...((asked?.reveal.length ?? 0) > 0 ? (['reveal'] as const) : []),
    ...(asked?.manifest ? (['sidecar'] as const) : []),
  ];
}

/** Folded away: what most uploads do without. */
function options(facts: FormFacts, speaks: PageLanguage): Markup {
  const { refused } = facts;
  const elsewhere: readonly PageField[] = askedFields(facts);
  const isChosen = (name: PageField) => name !== 'sidecar' && (refused?.chosen.get(name) ?? '') !== '';
  let open = false;
  const groups = SECTIONS.flatMap(({ title, fields }) => {
    const here: readonly PageField[] = fields.filter((name) => !elsewhere.includes(name));
    open ||= here.some((name) => refused?.fault?.field === name || isChosen(name));
    const shown = here.map((name) => FIELDS[name](facts, speaks)).filter((field) => field !== undefined);
    if (shown.length === 0) return [];
    return [
      html`<fieldset>
<legend>${speaks.words(title)}</legend>
<div class="fields">
${shown.map((field) => html`<div>${field}</div>\n`)}</div>
</fieldset>
`,
    ];
  });
  return html`<details class="options"${open && html` open`}>
<summary>${speaks.words('form.upload.options')}</summary>
<p class="small" data-first hidden>${speaks.words('form.upload.optionsFirst')}</p>
${groups}</details>
`;
}

/** One way to ask each member that the page asks (question/members.ts). */
const FIELDS: Record<PageField, (facts: FormFacts, speaks: PageLanguage) => Markup | undefined> = {
  asOf: ({ refused }, speaks) => html`<label for="asOf">${speaks.words('form.upload.asOf')}</label>
<input id="asOf" name="asOf" type="date" value="${asTyped(refused?.chosen.get('asOf') ?? '')}"${fieldsOf(refused)('asOf', 'asOf-terms')}>
${fault(refused, 'asOf')}<p class="small" id="asOf-terms">${speaks.words('form.upload.asOfTerms')}</p>`,
  deep: ({ refused, asked }, speaks) => {
    const checked = refused === undefined ? asked?.deep : refused.chosen.get('deep') === 'true';
    return html`<label><input id="deep" name="deep" type="checkbox" value="true"${checked && html` checked`}${fieldsOf(refused)('deep', 'deep-terms')}> ${speaks.words('form.upload.deep')}</label>
${fault(refused, 'deep')}<p class="small" id="deep-terms">${speaks.words('form.upload.deepTerms')}</p>`;
  },
  engine: ({ refused }, speaks) => {
    const options = ENGINE_CHOICES.map((one) =>
      option(refused, 'engine', one, speaks.words(`form.upload.engine.${one}`)),
    );
    return html`${select(refused, 'engine', said('form.upload.engine.server'), options, speaks, 'engine-terms')}<p class="small" id="engine-terms">${speaks.words('form.upload.engineTerms')}</p>`;
  },
  reveal: ({ refused, asked, mayReveal }, speaks) => {
    if (!mayReveal) return undefined;
    const ticked: readonly string[] = refused?.chosen.get('reveal')?.split(',') ?? asked?.reveal ?? [];
    const boxes = PERSONAL.map(
      (kind) =>
        html`<label><input name="reveal" type="checkbox" value="${kind}"${ticked.includes(kind) && html` checked`}${fieldsOf(refused)('reveal', 'reveal-terms')}> ${speaks.words(`form.upload.reveal.${kind}`)}</label>\n`,
    );
    return html`${boxes}${fault(refused, 'reveal')}<p class="small" id="reveal-terms">${speaks.words('form.upload.revealTerms')}</p>`;
  },
  sidecar: ({ refused }, speaks) => html`<label for="sidecar">${speaks.words('form.upload.sidecar')}</label>
<input id="sidecar" name="sidecar" type="file" multiple accept=".c2pa,.xmp,application/c2pa,application/rdf+xml"${fieldsOf(refused)('sidecar', 'sidecar-terms')}>
${fault(refused, 'sidecar')}<p class="small" id="sidecar-terms">${speaks.words('form.upload.sidecarTerms')}</p>`,
  jurisdiction: ({ refused, rulebooks, presets }, speaks) => {
    if (rulebooks.length === 0) return undefined;
    const options = placesWithLaw(rulebooks).map((one) =>
      option(refused, 'jurisdiction', one, jurisdictionName(one, rulebooks, speaks)),
    );
    const preset = presets.jurisdictions?.map((one) => jurisdictionName(one, rulebooks, speaks));
    const none = preset === undefined ? said('form.upload.everywhere') : presetSaid(preset);
    return select(refused, 'jurisdiction', none, options, speaks);
  },
  role: ({ refused, presets }, speaks) => {
    const options = ROLES.map((one) => option(refused, 'role', one, speaks.words(`law.role.${one}`)));
    const preset = presets.roles?.map((one) => speaks.words(`law.role.${one}`));
    const none = preset === undefined ? said('form.upload.anyRole') : presetSaid(preset);
    return select(refused, 'role', none, options, speaks);
  },
  rulebooks: ({ refused, rulebooks }, speaks) => {
    if (rulebooks.length === 0) return undefined;
    const jurisdictions = [...new Set(rulebooks.map(({ jurisdiction }) => jurisdiction))];
    const groups = jurisdictions.map(
      (one) => html`<optgroup label="${jurisdictionName(one, rulebooks, speaks)}">
${rulebooks.map((book) => (book.jurisdiction === one ? option(refused, 'rulebooks', book.id, textsOf(book, speaks.language).title) : html``))}</optgroup>\n`,
    );
    const all = option(refused, 'rulebooks', ALL_RULEBOOKS, speaks.words('form.upload.all'));
    return select(refused, 'rulebooks', said('form.upload.inFull.none'), [all, ...groups], speaks);
  },
};

const presetSaid = (names: readonly string[]): Said => said('form.upload.preset', { names: [...names] });

const option = (refused: RefusedForm | undefined, name: KeptField, value: string, words: string): Markup =>
  html`<option value="${value}"${refused?.chosen.get(name) === value && html` selected`}>${words}</option>\n`;

function select(
  refused: RefusedForm | undefined,
  name: 'jurisdiction' | 'role' | 'rulebooks' | 'engine',
  none: Said,
  options: Markup[],
  speaks: PageLanguage,
  terms = '',
): Markup {
  return html`<label for="${name}">${speaks.words(`form.upload.${name}`)}</label>
<select id="${name}" name="${name}"${fieldsOf(refused)(name, terms)}>
<option value="">${speaks.say(none)}</option>
${options}</select>
${fault(refused, name)}`;
}
