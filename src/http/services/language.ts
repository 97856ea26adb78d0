import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { localizeReport } from '../../core/law/localize.js';
import type { LocalizedReport, StoredReport } from '../../core/report/report.js';
import { LANGUAGES, type Language, matchLanguage } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import { callerIfKnown } from '../contract/access.js';
import { withFormToken } from '../contract/form-token.js';
import { httpLimits } from '../contract/limits.js';
import { badField } from '../contract/problems/problem.js';

/** For OpenAPI; `requestedLanguage` checks it. */
export const LanguageSchema = Type.Object({
  lang: Type.Optional(
    Type.String({
      description: `Language of the sentences and statements: ${LANGUAGES.join(', ')}. Default: English.`,
      examples: ['zh-Hans'],
    }),
  ),
});

/** Returns the language that the address names; `undefined` if it names none. */
export function requestedLanguage(request: FastifyRequest): Language | undefined {
  const tag = requestedTag(request);
  if (tag === '') return undefined;
  const language = matchLanguage(tag);
  if (language === undefined) throw badField('lang', message('problem.field.one', { names: LANGUAGES }));
  return language;
}

/**
 * Returns the language that the address names; an unsupported tag counts as none, because the request is answered
 * anyway.
 */
export const requestedLanguageIfKnown = (request: FastifyRequest): Language | undefined =>
  matchLanguage(requestedTag(request));

/** Returns the translator for the language of the address; English if it names none. */
export const requestedTranslator = (request: FastifyRequest): Translator =>
  translatorFor(requestedLanguage(request) ?? 'en');

const requestedTag = ({ url }: FastifyRequest): string =>
  new URL(url, 'http://local').searchParams.get('lang')?.trim() ?? '';

/** Language of a page; its links preserve the language that the address named. */
export interface PageTranslator extends Translator {
  /** Adds the language that the address named. */
  linkTo(address: string): string;
  /** Adds the language to the target of a form, and the form token of the session. */
  formTarget(address: string): string;
  isSignedIn: boolean;
  /** Language that the address named; left out: taken from the browser's preferences. */
  requestedLanguage?: Language | undefined;
  /** Always adds the page's own language: for targets that ignore the browser's preferences. */
  withLanguage(address: string): string;
  /** Address of this page in another language. */
  inLanguage(language: Language): string;
}

/**
 * Returns the page's language: as the address names it, else as the browser prefers. A page is never refused for its
 * language.
 */
export function createPageTranslator(request: FastifyRequest, reply: FastifyReply): PageTranslator {
  const asked = matchLanguage(requestedTag(request));
  const language = asked ?? preferredLanguage(request.headers['accept-language']);
  reply.header('content-language', language);
  addVary(reply, 'Accept-Language');
  const { pathname } = new URL(request.url, 'http://local');
  // The answer to a POST cannot be requested again by a link.
  const here = request.method === 'GET' ? pathname : '/';
  const to = (address: string) => (asked === undefined ? address : withLanguage(address, asked));
  const formToken = callerIfKnown(request)?.formToken;
  return {
    ...translatorFor(language),
    linkTo: to,
    formTarget: (address) => withFormToken(to(address), formToken),
    isSignedIn: formToken !== undefined,
    requestedLanguage: asked,
    withLanguage: (address) => withLanguage(address, language),
    inLanguage: (other) => withLanguage(here, other),
  };
}

function addVary(reply: FastifyReply, name: string): void {
  const before = reply.getHeader('vary');
  reply.header('vary', before === undefined ? name : `${String(before)}, ${name}`);
}

const withLanguage = (address: string, language: Language): string =>
  `${address}${address.includes('?') ? '&' : '?'}lang=${language}`;

/** RFC 9110 12.5.4: the first supported tag with the highest weight; English if none is supported. */
function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? '').split(',', httpLimits.acceptHeaderItems).flatMap((item) => {
    const [tag = '', ...parameters] = item.split(';').map((part) => part.trim());
    const q = parameters.find((one) => one.startsWith('q='));
    const quality = q === undefined ? 1 : Number(q.slice(2));
    const language = matchLanguage(tag);
    return language !== undefined && quality > 0 && quality <= 1 ? [{ language, quality }] : [];
  });
  return wishes.sort((a, b) => b.quality - a.quality)[0]?.language ?? 'en';
}

/** Localizes a stored Report from the stored data, without the file. */
export function localizeReportFor(report: StoredReport, language: Language | undefined): LocalizedReport {
  return localizeReport(report, translatorFor(language ?? 'en'));
}
