import {
  type Message,
  type MessageId,
  type Messages,
  message,
  type Param,
  type Params,
} from '../i18n/message.js';
import { limits } from './limits.js';

type CodeOf<Id> = Id extends `fault.${infer Code}` ? Code : never;
/** Codes of all faults. Each has a text in the catalogues with the id `fault.` plus the code. */
type KnownCode = CodeOf<MessageId>;
type Capital = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' extends infer All ? Letters<All> : never;
type Letters<All> = All extends `${infer First}${infer Rest}` ? First | Letters<Rest> : never;
/**
 * Code of an error of an engine, such as `c2pa.JumbfParseError`. They all share one text, which contains the engine’s
 * words.
 */
export type EngineCode = `c2pa.${Capital}${string}` | `sidecar.${Capital}${string}`;
export type FaultCode = KnownCode | EngineCode;

/** Fault of a reader: a stable code and the parameters of its message. */
export interface ReadFault {
  code: FaultCode;
  params?: Params;
}

type ParamsOf<C extends KnownCode> = Messages[`fault.${C}`];

export type { KnownCode };
export type FaultParams<C extends KnownCode> = keyof ParamsOf<C> extends never ? [] : [params: ParamsOf<C>];

/** Creates a fault. Code and parameters are checked against the catalogue at compile time. */
export function fault<C extends KnownCode>(code: C, ...[params]: FaultParams<C>): ReadFault {
  return params === undefined ? { code } : { code, params: shortenParams(params as Params) };
}

/** Creates a fault as the result of an operation that failed. */
export const faultResult = <C extends KnownCode>(
  code: C,
  ...params: FaultParams<C>
): { fault: ReadFault } => ({
  fault: fault(code, ...params),
});

/** Returns the message of a fault. */
export function faultMessage({ code, params }: ReadFault): Message {
  const id = faultMessageId(code);
  return params === undefined ? { id } : { id, params };
}

/**
 * Returns the message of a fault written by another version or in a results file. Falls back to the code if the
 * catalogue has no text for it.
 */
export function storedFaultMessage(
  storedFault: ReadFault,
  { canTranslate }: { canTranslate(one: Message): boolean },
): Message {
  const why = faultMessage(storedFault);
  return canTranslate(why) ? why : message('text.asWritten', { text: storedFault.code });
}

const ENGINE_CODE = /^(c2pa|sidecar)\.[A-Z]/;

function faultMessageId(code: FaultCode): MessageId {
  const [, whose] = ENGINE_CODE.exec(code) ?? [];
  return (whose === undefined ? `fault.${code}` : `fault.${whose}.refused`) as MessageId;
}

/** The engines' name for a manifest store in a form from before C2PA 1.0, which they reject. */
const PRERELEASE_ERROR = 'PrereleaseError';
export const PRERELEASE_CODE = `c2pa.${PRERELEASE_ERROR}` satisfies EngineCode;

/** Creates the fault of a named engine error. `cutOff`: the engine read past the end of the file. */
export function engineFault(name: string, how: { error: string; cutOff?: boolean }): ReadFault {
  const code = `c2pa.${name}` as EngineCode;
  const kind = name === PRERELEASE_ERROR ? 'oldForm' : how.cutOff ? 'cutOff' : 'other';
  return { code, params: shortenParams({ error: how.error, how: kind }) };
}

/**
 * Returns the message of a fault in a Report. Its code may be known only to another version; a `reason` stored by an
 * older version is used as it is.
 */
export function codedMessage({ code, params, reason }: CodedReason): Message | undefined {
  if (reason !== undefined) return message('text.asWritten', { text: reason });
  if (code === undefined) return undefined;
  return faultMessage({ code: code as FaultCode, ...(params === undefined ? {} : { params }) });
}
interface CodedReason {
  code?: string | undefined;
  params?: Params | undefined;
  reason?: string | undefined;
}

/** Returns only code and parameters of an object that has further members. */
export function pickFault({ code, params }: ReadFault): ReadFault {
  return params === undefined ? { code } : { code, params };
}

/** Shortens string parameters, because the file determines the length of locators and error messages. */
export function shortenParams(params: Params): Params {
  // Avoids a copy: nearly always nothing has to be shortened, and a file has some forty faults.
  let isShort = true;
  for (const value of Object.values(params)) isShort &&= shortenParam(value) === value;
  if (isShort) return params;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shortenParam(value)]));
}

function shortenParam(value: Param): Param {
  if (typeof value !== 'string' || value.length <= limits.faultParamCharacters) return value;
  return `${value.slice(0, limits.faultParamCharacters - 1)}…`;
}
