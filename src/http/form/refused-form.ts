import { FETCH_REFUSALS } from '../../fetching/fetched.js';
import { membersAt } from '../../question/members.js';
import { said } from '../../say/said.js';
import type { Speech } from '../../say/speech.js';
import type { KeptField, PageField } from '../chosen.js';
import type { Problem } from '../problem.js';
import type { ProblemCode } from '../problems.js';

export type FormField = PageField | 'file' | 'url';

/** What the server said of a form, beside the field it is about, or above all of them. */
export interface RefusedForm {
  fault: { field: FormField; says: string } | undefined;
  notice: string | undefined;
  chosen: ReadonlyMap<KeptField, string>;
  /** The link as it was given. */
  link?: string | undefined;
}

/** Said as they happened this time: what to change is the link, or nothing. */
const OF_THE_LINK: readonly ProblemCode[] = FETCH_REFUSALS;
const OF_THE_FILE = ['file-missing', 'file-empty', 'several-files', 'too-large'] as const;
const FIELDS: readonly Exclude<FormField, 'url'>[] = ['file', ...membersAt('page')];

/** Of no field, and for people in front of the form all the same: it can be sent again. */
const OF_THE_SERVER: readonly ProblemCode[] = [
  'bad-multipart',
  'inspection-failed',
  'unavailable',
  'storage-full',
  'quota-full',
  'quota-used-up',
  'too-many-uploads',
];

/** Undefined where the form cannot help: who may not ask, and faults of ours, have their own page. */
export function refusedForm(
  problem: Problem,
  chosen: ReadonlyMap<KeptField, string>,
  speech: Speech,
  link?: string,
): RefusedForm | undefined {
  const ofLink = problem.errors?.find(({ pointer }) => pointer === '/url' || pointer === '/page');
  if (ofLink !== undefined || OF_THE_LINK.includes(problem.code)) {
    const says =
      ofLink === undefined
        ? speech.say(problem.detail)
        : speech.words(ofLink.pointer === '/url' ? 'form.fault.url' : 'form.fault.page');
    return { fault: { field: 'url', says }, notice: undefined, chosen, link };
  }
  const field = FIELDS.find((one) => problem.errors?.some(({ pointer }) => pointer === `/${one}`));
  if (field !== undefined) {
    const says = speech.words(
      problem.code === 'too-large' ? 'form.fault.sidecarTooLarge' : `form.fault.${field}`,
    );
    return { fault: { field, says }, notice: undefined, chosen, link };
  }
  const ofFile = OF_THE_FILE.find((code) => code === problem.code);
  if (ofFile !== undefined) {
    return {
      fault: { field: 'file', says: speech.words(`form.fault.${ofFile}`) },
      notice: undefined,
      chosen,
      link,
    };
  }
  if (!OF_THE_SERVER.includes(problem.code)) return undefined;
  const title = said(`problem.${problem.code}.title`);
  const notice = speech.words('problem.notice', { title, detail: problem.detail });
  return { fault: undefined, notice, chosen, link };
}
