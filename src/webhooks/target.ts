import { isIP } from 'node:net';
import { AddressCheck, isInnerName } from '../guarded/address-check.js';
import { type Said, said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
import { webhookLimits as limits } from './webhook-limits.js';

/** Why nothing is sent to an address. The code is stable. */
export class TargetFault extends SaidError {
  override name = 'TargetFault';
  constructor(
    readonly code: 'target.address' | 'target.notHttps' | 'target.private',
    what: Said,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

/**
 * Hosts that the operator names (`host` or `host:port`): they may be inside the private network and speak plain http.
 * To all others only https and public addresses are open.
 */
export type AllowedHosts = ReadonlySet<string>;

export const isAllowedHost = (url: URL, allowed: AllowedHosts): boolean =>
  allowed.has(url.host) || allowed.has(url.hostname);

/**
 * Judged when an endpoint is made and again before each attempt, since the operator's list may have changed. What a
 * name leads to is judged at connect time (guarded-connect.ts). `denied`: networks that not even named hosts may be in.
 */
export function targetOf(address: string, allowed: AllowedHosts, denied: readonly string[] = []): URL {
  const check = new AddressCheck(denied);
  if (address.length > limits.urlCharacters)
    throw bad(said('problem.field.characters', { most: limits.urlCharacters }));
  if (!URL.canParse(address)) throw bad(said('problem.target.address'));
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') throw bad(said('problem.target.secret'));
  if (url.hash !== '') throw bad(said('problem.target.fragment'));
  const known = isAllowedHost(url, allowed);
  if (url.protocol !== 'https:' && !(known && url.protocol === 'http:'))
    throw new TargetFault('target.notHttps', said('problem.target.notHttps'));
  // The parser has turned every spelling of an IPv4 address (decimal, octal, hexadecimal) into the usual one.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  const guard = known ? check.named(literal) : check.public;
  if (isIP(literal) !== 0 && !guard(literal)) throw privateTarget();
  if (!known && isInnerName(url.hostname)) throw privateTarget();
  return url;
}

const bad = (what: Said) => new TargetFault('target.address', what);

const privateTarget = () => new TargetFault('target.private', said('problem.target.private'));
