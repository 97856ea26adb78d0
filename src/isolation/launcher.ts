import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { AUTOGROUP } from './child-environment.js';
import { FILTER_FD } from './sandbox.js';
import { type FilterWish, seccompFilter } from './seccomp.js';
import { SYSTEM_CALLS } from './system-calls.js';

/**
 * The last program before the one that is to be held: it loads the filter for system calls, so that no wrapper's needs are
 * in it, and starts the program by an `execve` with a secret in the registers behind its arguments. The filter lets only
 * that one pass. The secret is new for each start, and gone with the launcher's memory when the program has begun.
 */

/** Part of every Debian (perl-base). It makes a system call of any number without a compiler. */
export const PERL = '/usr/bin/perl';

/** PR_SET_NO_NEW_PRIVS; PR_SET_SECCOMP, SECCOMP_MODE_FILTER. */
const NO_NEW_PRIVS = 38;
const [SET_SECCOMP, MODE_FILTER] = [22, 2];

/**
 * On its descriptor: two words of the secret, where in the filter the number of this process belongs, and the filter. The
 * autogroup (sched(7)) is opened for a reader that is to yield later: it opens nothing to write itself.
 */
const script = ({ prctl, execve }: { prctl: number; execve: number }): string =>
  `
  open(my $in, '<&=', ${FILTER_FD}) or die "no filter: $!\\n";
  binmode $in;
  my $all = do { local $/; <$in> };
  close $in;
  my ($one, $other, $at, $filter) = unpack 'q< q< V a*', $all;
  substr($filter, $at, 4) = pack 'V', $$ if $at;
  $^F = 255;
  our $group;
  $ENV{'${AUTOGROUP}'} = fileno $group if open($group, '+<', '/proc/self/autogroup');
  my @env = map { "$_=$ENV{$_}" } keys %ENV;
  my ($arguments, $environment) = (pack('p*', @ARGV, undef), pack('p*', @env, undef));
  my $program = pack 'S x![P] P', length($filter) / 8, $filter;
  syscall(${prctl}, ${NO_NEW_PRIVS}, 1, 0, 0, 0) == 0 or die "no_new_privs: $!\\n";
  syscall(${prctl}, ${SET_SECCOMP}, ${MODE_FILTER}, $program) == 0 or die "seccomp: $!\\n";
  syscall(${execve}, $ARGV[0], $arguments, $environment, $one, $other);
  die "$ARGV[0]: $!\\n";
  `.replace(/\n\s*/g, '\n');

/** How the filter comes to a program: read by the launcher, or where there is none by bubblewrap or setpriv. */
export interface LoadedFilter {
  /** To be handed over on `FILTER_FD`. */
  bytes: Buffer;
  /** To stand right before the program; undefined where a wrapper loads it. */
  launcher?: readonly string[];
}

/** Undefined where the numbers of this processor's calls are not known. */
export function loadedFilter(wish: Omit<FilterWish, 'launched'>): LoadedFilter | undefined {
  const numbers = SYSTEM_CALLS.get(process.arch)?.numbers;
  const [prctl, execve] = [numbers?.get('prctl'), numbers?.get('execve')];
  if (prctl === undefined || execve === undefined || !existsSync(PERL)) {
    const bytes = seccompFilter(process.arch, wish)?.bytes;
    return bytes && { bytes };
  }
  const random = randomBytes(16);
  const secret = [random.readBigInt64LE(0), random.readBigInt64LE(8)] as const;
  const filter = seccompFilter(process.arch, { ...wish, launched: { secret } });
  if (filter === undefined) return undefined;
  const head = Buffer.alloc(20);
  random.copy(head);
  head.writeUInt32LE(filter.pidAt ?? 0, 16);
  return {
    bytes: Buffer.concat([head, filter.bytes]),
    launcher: [PERL, '-e', script({ prctl, execve }), '--'],
  };
}
