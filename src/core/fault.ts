import { type MessageId, type Messages, type Param, type Params, type Said, said } from '../say/said.js';
import { limits } from './limits.js';

type CodeOf<Id> = Id extends `fault.${infer Code}` ? Code : never;
/** What can go wrong, one code a kind; the text of each stands in the catalogues as `fault.` and the code. */
export type FaultCode = CodeOf<MessageId>;

/** A fault of reading: a stable code, and what goes into the places of its text. */
export interface ReadFault {
  code: FaultCode;
  params?: Params;
}

type ParamsOf<C extends FaultCode> = Messages[`fault.${C}`];
export type FaultParams<C extends FaultCode> = keyof ParamsOf<C> extends never ? [] : [params: ParamsOf<C>];

/** The one way to make a fault in code: code and params are those of the catalogue, or it does not compile. */
export function fault<C extends FaultCode>(code: C, ...[params]: FaultParams<C>): ReadFault {
  return params === undefined ? { code } : { code, params: shortened(params as Params) };
}

/** The same as the answer of whatever came to a fault instead of an end. */
export const faulty = <C extends FaultCode>(code: C, ...params: FaultParams<C>): { fault: ReadFault } => ({
  fault: fault(code, ...params),
});

/** What is to be said of it. */
export function faultSaid({ code, params }: ReadFault): Said {
  return params === undefined ? { id: `fault.${code}` } : { id: `fault.${code}`, params };
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
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, short(value)]));
}

function short(value: Param): Param {
  if (typeof value !== 'string' || value.length <= limits.faultParamCharacters) return value;
  return `${value.slice(0, limits.faultParamCharacters - 1)}…`;
}
