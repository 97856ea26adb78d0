import { message } from '../../../i18n/message.js';
import type { Translator } from '../../../i18n/translator.js';
import { optionsAt } from '../../../inspect/options/members.js';
import { FETCH_REFUSALS } from '../../../service/fetching/fetched.js';
import type { Problem } from '../../contract/problems/problem.js';
import type { ProblemCode } from '../../contract/problems/problems.js';
import type { FormOption, RefillableField } from '../../contract/queries/field-selection.js';

export type FormField = FormOption | 'file' | 'url';

/** Error of a submitted form, shown next to the field that caused it, or above the form. */
export interface RefusedForm {
  fault: { field: FormField; says: string } | undefined;
  notice: string | undefined;
  values: ReadonlyMap<RefillableField, string>;
  /** The link as the caller typed it. */
  link?: string | undefined;
}

/** Problems of a link. The detail of the actual failure is shown, because only the link itself can be changed. */
const LINK_PROBLEMS: readonly ProblemCode[] = FETCH_REFUSALS;
const FILE_PROBLEMS = ['file-missing', 'file-empty', 'several-files', 'too-large'] as const;
const FIELDS: readonly Exclude<FormField, 'url'>[] = ['file', ...optionsAt('page')];

/** Problems that no field causes, shown with the form all the same because it can be submitted again. */
const SERVER_PROBLEMS: readonly ProblemCode[] = [
  'bad-multipart',
  'inspection-failed',
  'unavailable',
  'storage-full',
  'quota-full',
  'quota-used-up',
  'too-many-uploads',
];

/**
 * Returns the error to show in the form; `undefined` for missing permissions and internal faults, which have their own
 * page.
 */
export function toRefusedForm(
  problem: Problem,
  chosen: ReadonlyMap<RefillableField, string>,
  translator: Translator,
  link?: string,
): RefusedForm | undefined {
  const ofLink = problem.errors?.find(({ pointer }) => pointer === '/url' || pointer === '/page');
  if (ofLink !== undefined || LINK_PROBLEMS.includes(problem.code)) {
    const says =
      ofLink === undefined
        ? translator.translate(problem.detail)
        : translator.text(ofLink.pointer === '/url' ? 'form.fault.url' : 'form.fault.page');
    return { fault: { field: 'url', says }, notice: undefined, values: chosen, link };
  }
  const field = FIELDS.find((one) => problem.errors?.some(({ pointer }) => pointer === `/${one}`));
  if (field !== undefined) {
    const says = translator.text(
      problem.code === 'too-large'
        ? 'form.fault.sidecarTooLarge'
        : `form.fault.${field === 'deep' || field === 'visible' ? 'box' : field}`,
    );
    return { fault: { field, says }, notice: undefined, values: chosen, link };
  }
  const ofFile = FILE_PROBLEMS.find((code) => code === problem.code);
  if (ofFile !== undefined) {
    return {
      fault: { field: 'file', says: translator.text(`form.fault.${ofFile}`) },
      notice: undefined,
      values: chosen,
      link,
    };
  }
  if (!SERVER_PROBLEMS.includes(problem.code)) return undefined;
  const title = message(`problem.${problem.code}.title`);
  const notice = translator.text('problem.notice', { title, detail: problem.detail });
  return { fault: undefined, notice, values: chosen, link };
}
