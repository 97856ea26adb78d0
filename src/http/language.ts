import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { tell } from '../core/law/tell.js';
import type { Report } from '../core/report/report.js';
import { LANGUAGES, type Language, languageOf } from '../say/languages.js';
import { said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import { callerIfKnown } from './access.js';
import { withFormToken } from './guards/form-token.js';
import { httpLimits } from './limits.js';
import { badField } from './problem.js';

/** For OpenAPI; checked by `askedLanguage`. */
export const LanguageSchema = Type.Object({
  lang: Type.Optional(
    Type.String({
      description: `Language of the sentences and statements: ${LANGUAGES.join(', ')}. Left out: English.`,
      examples: ['zh-Hans'],
    }),
  ),
});

/** What the address asks for; undefined where it asks for nothing. */
export function askedLanguage(request: FastifyRequest): Language | undefined {
  const tag = askedTag(request);
  if (tag === '') return undefined;
  const language = languageOf(tag);
  if (language === undefined) throw badField('lang', said('problem.field.one', { names: LANGUAGES }));
  return language;
}

/** The same for what is answered all the same: a tag that is none of ours asks for nothing. */
export const languageIfAsked = (request: FastifyRequest): Language | undefined =>
  languageOf(askedTag(request));

/** To say it as the address asks; English where it asks for nothing. */
export const askedSpeech = (request: FastifyRequest): Speech => speechOf(askedLanguage(request) ?? 'en');

const askedTag = ({ url }: FastifyRequest): string =>
  new URL(url, 'http://local').searchParams.get('lang')?.trim() ?? '';

/** A page in a language that its reader has; where it links on, it keeps what the address asked for. */
export interface PageLanguage extends Speech {
  /** The address, with the language that was asked for by address. */
  to(address: string): string;
  /** The same for the target of a form, which says whose page it stands in. */
  form(address: string): string;
  signedIn: boolean;
  /** What the address asked for; left out: the browser was asked. */
  asked?: Language | undefined;
  /** With the page's own language in any case: for what does not ask the browser. */
  said(address: string): string;
  /** This page in another language. */
  here(language: Language): string;
}

/** A page is never refused for its language: what the address asks for, else what the browser would rather have. */
export function pageLanguage(request: FastifyRequest, reply: FastifyReply): PageLanguage {
  const asked = languageOf(askedTag(request));
  const language = asked ?? preferred(request.headers['accept-language']);
  reply.header('content-language', language);
  addVary(reply, 'Accept-Language');
  const { pathname } = new URL(request.url, 'http://local');
  // What was sent to an address cannot be asked for again by a link.
  const here = request.method === 'GET' ? pathname : '/';
  const to = (address: string) => (asked === undefined ? address : withLanguage(address, asked));
  const formToken = callerIfKnown(request)?.formToken;
  return {
    ...speechOf(language),
    to,
    form: (address) => withFormToken(to(address), formToken),
    signedIn: formToken !== undefined,
    asked,
    said: (address) => withLanguage(address, language),
    here: (other) => withLanguage(here, other),
  };
}

function addVary(reply: FastifyReply, name: string): void {
  const before = reply.getHeader('vary');
  reply.header('vary', before === undefined ? name : `${String(before)}, ${name}`);
}

const withLanguage = (address: string, language: Language): string =>
  `${address}${address.includes('?') ? '&' : '?'}lang=${language}`;

/** RFC 9110 12.5.4: the first of those with the highest weight; English where none is ours. */
function preferred(header: string | undefined): Language {
  const wishes = (header ?? '').split(',', httpLimits.acceptHeaderItems).flatMap((item) => {
    const [tag = '', ...parameters] = item.split(';').map((part) => part.trim());
    const q = parameters.find((one) => one.startsWith('q='));
    const quality = q === undefined ? 1 : Number(q.slice(2));
    const language = languageOf(tag);
    return language !== undefined && quality > 0 && quality <= 1 ? [{ language, quality }] : [];
  });
  return wishes.sort((a, b) => b.quality - a.quality)[0]?.language ?? 'en';
}

/** A kept Report as it is sent or shown in a language; made from what is kept, without the file. */
export function reportIn(report: Report, language: Language | undefined): Report {
  return tell(report, speechOf(language ?? 'en'));
}
