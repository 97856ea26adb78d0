import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { AUTOGROUP_VARIABLE } from './child-environment.js';
import { FILTER_FD } from './sandbox.js';
import { buildSeccompFilter, type SeccompOptions } from './seccomp.js';
import { SYSTEM_CALLS } from './system-calls.js';

/**
 * The launcher is the last program before the confined one. It loads the filter for system calls, so that the filter
 * need not allow the calls of the wrappers, and starts the program by an `execve` with a secret in the registers after
 * its arguments. The filter allows only that `execve`. The secret is new for each start and disappears with the
 * launcher's memory.
 */

/** Part of every Debian system (perl-base). It can make any system call without a compiler. */
export const PERL = '/usr/bin/perl';

/** PR_SET_NO_NEW_PRIVS; PR_SET_SECCOMP, SECCOMP_MODE_FILTER. */
const NO_NEW_PRIVS = 38;
const [SET_SECCOMP, MODE_FILTER] = [22, 2];

/**
 * Input on the descriptor: two words of the secret, the offset in the filter for this process's number, and the filter.
 * Opens the autogroup (sched(7)) for a reader that lowers its priority later, since the reader itself opens nothing for
 * writing.
 */
const launcherScript = ({ prctl, execve }: { prctl: number; execve: number }): string =>
  `
  open(my $in, '<&=', ${FILTER_FD}) or die "no filter: $!\\n";
  binmode $in;
  my $all = do { local $/; <$in> };
  close $in;
  my ($one, $other, $at, $filter) = unpack 'q< q< V a*', $all;
  substr($filter, $at, 4) = pack 'V', $$ if $at;
  $^F = 255;
  our $group;
  $ENV{'${AUTOGROUP_VARIABLE}'} = fileno $group if open($group, '+<', '/proc/self/autogroup');
  my @env = map { "$_=$ENV{$_}" } keys %ENV;
  my ($arguments, $environment) = (pack('p*', @ARGV, undef), pack('p*', @env, undef));
  my $program = pack 'S x![P] P', length($filter) / 8, $filter;
  syscall(${prctl}, ${NO_NEW_PRIVS}, 1, 0, 0, 0) == 0 or die "no_new_privs: $!\\n";
  syscall(${prctl}, ${SET_SECCOMP}, ${MODE_FILTER}, $program) == 0 or die "seccomp: $!\\n";
  syscall(${execve}, $ARGV[0], $arguments, $environment, $one, $other);
  die "$ARGV[0]: $!\\n";
  `.replace(/\n\s*/g, '\n');

/** Filter and the program that loads it: the launcher or, if there is none, bubblewrap or setpriv. */
export interface LoadedFilter {
  /** Bytes to pass on `FILTER_FD`. */
  bytes: Buffer;
  /** Command prefix for the program; `undefined` if a wrapper loads the filter. */
  launcher?: readonly string[];
}

/** Returns `undefined` if the system call numbers of this processor are not known. */
export function loadFilter(wish: Omit<SeccompOptions, 'launched'>): LoadedFilter | undefined {
  const numbers = SYSTEM_CALLS.get(process.arch)?.numbers;
  const [prctl, execve] = [numbers?.get('prctl'), numbers?.get('execve')];
  if (prctl === undefined || execve === undefined || !existsSync(PERL)) {
    const bytes = buildSeccompFilter(process.arch, wish)?.bytes;
    return bytes && { bytes };
  }
  const random = randomBytes(16);
  const secret = [random.readBigInt64LE(0), random.readBigInt64LE(8)] as const;
  const filter = buildSeccompFilter(process.arch, { ...wish, launched: { secret } });
  if (filter === undefined) return undefined;
  const head = Buffer.alloc(20);
  random.copy(head);
  head.writeUInt32LE(filter.pidAt ?? 0, 16);
  return {
    bytes: Buffer.concat([head, filter.bytes]),
    launcher: [PERL, '-e', launcherScript({ prctl, execve }), '--'],
  };
}
