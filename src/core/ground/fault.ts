import { type MessageId, type Messages, type Param, type Params, type Said, said } from '../../say/said.js';
import { limits } from './limits.js';

type CodeOf<Id> = Id extends `fault.${infer Code}` ? Code : never;
/** What can go wrong, one code a kind; the text of each stands in the catalogues as `fault.` and the code. */
type KnownCode = CodeOf<MessageId>;
type Capital = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' extends infer All ? Letters<All> : never;
type Letters<All> = All extends `${infer First}${infer Rest}` ? First | Letters<Rest> : never;
/** What an engine itself calls its error, as `c2pa.JumbfParseError`: those have one text, with the engine’s words. */
export type EngineCode = `c2pa.${Capital}${string}` | `sidecar.${Capital}${string}`;
export type FaultCode = KnownCode | EngineCode;

/** A fault of reading: a stable code, and what goes into the places of its text. */
export interface ReadFault {
  code: FaultCode;
  params?: Params;
}

type ParamsOf<C extends KnownCode> = Messages[`fault.${C}`];

export type { KnownCode };
export type FaultParams<C extends KnownCode> = keyof ParamsOf<C> extends never ? [] : [params: ParamsOf<C>];

/** The one way to make a fault in code: code and params are those of the catalogue, or it does not compile. */
export function fault<C extends KnownCode>(code: C, ...[params]: FaultParams<C>): ReadFault {
  return params === undefined ? { code } : { code, params: shortened(params as Params) };
}

/** The same as the answer of whatever came to a fault instead of an end. */
export const faulty = <C extends KnownCode>(code: C, ...params: FaultParams<C>): { fault: ReadFault } => ({
  fault: fault(code, ...params),
});

/** What is to be said of it. */
export function faultSaid({ code, params }: ReadFault): Said {
  const id = textOf(code);
  return params === undefined ? { id } : { id, params };
}

/** The same of one that a results file or another version wrote: its code, where there are no words for it. */
export function keptFaultSaid(kept: ReadFault, { canSay }: { canSay(one: Said): boolean }): Said {
  const why = faultSaid(kept);
  return canSay(why) ? why : said('text.asWritten', { text: kept.code });
}

const ENGINE_CODE = /^(c2pa|sidecar)\.[A-Z]/;

function textOf(code: FaultCode): MessageId {
  const [, whose] = ENGINE_CODE.exec(code) ?? [];
  return (whose === undefined ? `fault.${code}` : `fault.${whose}.refused`) as MessageId;
}

/** What engines call a manifest store in a form that was in use before C2PA 1.0, which they refuse. */
const OLD_FORM = 'PrereleaseError';
export const OLD_FORM_CODE = `c2pa.${OLD_FORM}` satisfies EngineCode;

/** An error that an engine has a name for; `cutOff`: it read past the end of the file. */
export function engineFault(name: string, how: { error: string; cutOff?: boolean }): ReadFault {
  const code = `c2pa.${name}` as EngineCode;
  const kind = name === OLD_FORM ? 'oldForm' : how.cutOff ? 'cutOff' : 'other';
  return { code, params: shortened({ error: how.error, how: kind }) };
}

/**
 * The same of what stands in a Report, where the code may be one that only another version knows; words that one before
 * kept stand for themselves.
 */
export function codedSaid({ code, params, reason }: Coded): Said | undefined {
  if (reason !== undefined) return said('text.asWritten', { text: reason });
  if (code === undefined) return undefined;
  return faultSaid({ code: code as FaultCode, ...(params === undefined ? {} : { params }) });
}
interface Coded {
  code?: string | undefined;
  params?: Params | undefined;
  reason?: string | undefined;
}

/** The code and params alone, of what holds more beside them. */
export function bareFault({ code, params }: ReadFault): ReadFault {
  return params === undefined ? { code } : { code, params };
}

/** A place or an error message may be as long as the file makes it. */
export function shortened(params: Params): Params {
  // Nearly always there is nothing to shorten, and a file has some forty faults.
  let isShort = true;
  for (const value of Object.values(params)) isShort &&= short(value) === value;
  if (isShort) return params;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, short(value)]));
}

function short(value: Param): Param {
  if (typeof value !== 'string' || value.length <= limits.faultParamCharacters) return value;
  return `${value.slice(0, limits.faultParamCharacters - 1)}…`;
}
