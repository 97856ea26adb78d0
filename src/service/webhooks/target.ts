import { isIP } from 'node:net';
import { AddressPolicy, isInnerName } from '../../base/net/address-check.js';
import { type Message, message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import { webhookLimits as limits } from './webhook-limits.js';

/** Reason why nothing is sent to an address. The code is stable. */
export class TargetFault extends MessageError {
  override name = 'TargetFault';
  constructor(
    readonly code: 'target.address' | 'target.notHttps' | 'target.private',
    what: Message,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

/**
 * Hosts that the operator names (`host` or `host:port`): they may be inside the private network and use plain http. For
 * all others only https and public addresses are allowed.
 */
export type AllowedHosts = ReadonlySet<string>;

export const isAllowedHost = (url: URL, allowed: AllowedHosts): boolean =>
  allowed.has(url.host) || allowed.has(url.hostname);

/**
 * Parses and checks an address; throws a TargetFault. Called when an endpoint is created and again before each attempt,
 * since the operator's list may have changed. The resolved address is checked at connect time (guarded-connect.ts).
 * `denied`: networks that even named hosts must not be in.
 */
export function parseTarget(address: string, allowed: AllowedHosts, denied: readonly string[] = []): URL {
  const check = new AddressPolicy(denied);
  if (address.length > limits.urlCharacters)
    throw badTarget(message('problem.field.characters', { most: limits.urlCharacters }));
  if (!URL.canParse(address)) throw badTarget(message('problem.target.address'));
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') throw badTarget(message('problem.target.secret'));
  if (url.hash !== '') throw badTarget(message('problem.target.fragment'));
  const known = isAllowedHost(url, allowed);
  if (url.protocol !== 'https:' && !(known && url.protocol === 'http:'))
    throw new TargetFault('target.notHttps', message('problem.target.notHttps'));
  // The URL parser has normalized every spelling of an IPv4 address (decimal, octal, hexadecimal).
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  const guard = known ? check.guardForNamed(literal) : check.allowsPublic;
  if (isIP(literal) !== 0 && !guard(literal)) throw privateTarget();
  if (!known && isInnerName(url.hostname)) throw privateTarget();
  return url;
}

const badTarget = (what: Message) => new TargetFault('target.address', what);

const privateTarget = () => new TargetFault('target.private', message('problem.target.private'));
