import { SYSTEM_CALLS, type SystemCalls } from './system-calls.js';

/**
 * Builds a filter for system calls as the bytes that the kernel expects (`struct sock_filter`, classic BPF): a list of
 * the calls a program needs. Every other call fails with EPERM, so that a library that tries one continues without.
 * Calls with an older form, and calls newer than the table, fail with ENOSYS, so that the library uses the older form.
 */

/**
 * `reader`: reads and starts no program. `programs`: starts some, such as ffmpeg. `browser`: a browser confined by a
 * sandbox.
 */
export type FilterKind = 'reader' | 'programs' | 'browser';

/**
 * Data of a filter loaded by the launcher, which knows more than the filter's bytes; otherwise bubblewrap or setpriv
 * loads it.
 */
export interface LaunchedFilter {
  /** Two words in the registers after the arguments, which identify the `execve` that starts the program. */
  secret: readonly [bigint, bigint];
}

export interface SeccompOptions {
  kind: FilterKind;
  /** If absent, a wrapper loads the filter: the calls it needs are allowed, and `execve` stays allowed. */
  launched?: LaunchedFilter;
  /** The program is a script run by another program, such as Debian's `7z`: `execve` stays allowed. */
  isScript?: boolean;
  /** The program sees only processes that it has started, and may end them. */
  canEndOwnProcesses?: boolean;
  /** A call outside the list ends the process with SIGSYS: used to check which calls a Node version needs. */
  strict?: boolean;
  /** Additional numbers to allow and names to forbid, for that check. */
  also?: readonly number[];
  without?: readonly string[];
}

export interface SeccompFilter {
  bytes: Buffer;
  /** Offset (four bytes) of the process number: signals may only be sent to its own threads. */
  pidAt?: number;
}

/** Calls for threads, memory, time and existing files: for a program that reads and answers through its descriptors. */
const READER = splitWords(`
  access arch_prctl brk capget clock_getres clock_gettime clock_nanosleep close epoll_create1
  epoll_ctl epoll_pwait epoll_wait eventfd2 exit exit_group faccessat faccessat2 fadvise64 fstat
  fstatfs futex getcpu getcwd getdents64 getegid geteuid getgid getpid getppid getpriority getrandom
  getrusage getsockname getsockopt gettid gettimeofday getuid lseek lstat madvise membarrier mincore
  mmap mprotect mremap munmap nanosleep newfstatat pipe2 pkey_alloc pkey_free pkey_mprotect poll ppoll
  pread64 preadv pwrite64 read readlink readlinkat readv restart_syscall rseq rt_sigaction
  rt_sigprocmask rt_sigreturn sched_get_priority_max sched_get_priority_min sched_getaffinity
  sched_getparam sched_getscheduler sched_yield set_robust_list set_tid_address shutdown sigaltstack
  stat statfs statx sysinfo time times umask uname write writev
`);

/** Additional calls for starting other programs, and for those programs. */
const PROGRAMS = splitWords(`
  chdir close_range dup dup2 dup3 execve fork ftruncate getpgrp pipe vfork wait4 waitid
`);

/** Calls of setpriv, prlimit and bubblewrap's first process if a wrapper has loaded the filter. */
const WRAPPERS = splitWords(`
  capset execve getgroups getresgid getresuid landlock_add_rule landlock_create_ruleset
  landlock_restrict_self seccomp setgid setgroups setregid setresgid setresuid setreuid setuid wait4 waitid
`);

/**
 * Calls that escape namespaces or administer the machine. A browser, which confines its own processes, may use all
 * others.
 */
export const ESCAPE_CALLS = splitWords(`
  _sysctl acct add_key adjtimex bpf chroot clock_adjtime clock_settime clone clone3 create_module
  delete_module execveat fanotify_init fanotify_mark finit_module fsconfig fsmount fsopen fspick
  get_kernel_syms init_module io_uring_enter io_uring_register io_uring_setup ioperm iopl kcmp
  kexec_file_load kexec_load keyctl listmount lookup_dcookie memfd_secret mknod mknodat mount mount_setattr
  move_mount msgget name_to_handle_at nfsservctl open_by_handle_at open_tree open_tree_attr openat2
  perf_event_open personality pidfd_getfd pivot_root process_vm_readv process_vm_writev ptrace query_module
  quotactl quotactl_fd reboot request_key semget setdomainname sethostname setns settimeofday shmget socket
  socketpair statmount swapoff swapon sysfs syslog umount2 unshare uselib userfaultfd ustat vhangup
`);

/**
 * Calls with older forms, which libraries use if the kernel does not know these; their arguments are in memory and
 * cannot be filtered.
 */
const ABSENT = splitWords(`clone3 io_uring_setup io_uring_enter io_uring_register openat2`);

/** Node, its libraries and the programs try these calls and continue without; they do not indicate that Node is too new. */
const TRIED = splitWords(`
  get_mempolicy kill landlock_create_ruleset mbind sched_setaffinity unlink
`);

const CLONE_THREAD = 0x0001_0000;
/** Flags for new namespaces of any kind: mount, cgroup, UTS, IPC, user, PID, network. */
const CLONE_NEW = 0x7e02_0000;
const AF_UNIX = 1;
/** O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND and the distinct bit of O_TMPFILE; identical on both architectures. */
const OPEN_TO_WRITE = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000 | 0o20000000;
/**
 * F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC. F_SETOWN and F_SETSIG are excluded because they can
 * send signals to any process.
 */
const FCNTL = [0, 1, 2, 3, 4, 1030];
/** TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX. FIOSETOWN is excluded for the same reason. */
const IOCTL = [0x5401, 0x5413, 0x541b, 0x5421, 0x5450, 0x5451];
/** PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_CAPBSET_READ, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_SET_VMA. */
const PRCTL = [3, 15, 16, 23, 38, 39, 0x53564d41];
/** PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_SECUREBITS, PR_GET_SECUREBITS, PR_CAP_AMBIENT. */
const PRCTL_WRAPPERS = [1, 8, 22, 24, 27, 28, 47];

function splitWords(text: string): string[] {
  return text.trim().split(/\s+/);
}

const EPERM = 1;
const ENOSYS = 38;

const RETURN_ALLOW = 0x7fff_0000;
const RETURN_KILL_PROCESS = 0x8000_0000;
const RETURN_ERRNO = 0x0005_0000;

/**
 * `struct seccomp_data`: nr, arch, instruction pointer, six arguments of eight bytes; both architectures are
 * little-endian.
 */
const NUMBER_AT = 0;
const ARCHITECTURE_AT = 4;
const ARGUMENTS_AT = 16;

const LOAD = 0x20;
const AND = 0x54;
const JUMP_EQUAL = 0x15;
const JUMP_AT_LEAST = 0x35;
const JUMP_GREATER = 0x25;
const JUMP_ANY_BIT = 0x45;
const RETURN = 0x06;

type Instruction = [code: number, value: number, ifTrue: number, ifFalse: number];

const load = (at: number): Instruction => [LOAD, at, 0, 0];
const returnInstruction = (value: number): Instruction => [RETURN, value, 0, 0];

/** Check of one argument, by default of its lower four bytes, which is what the kernel uses. */
type Check = { argument: number; upper?: true } & (
  | { oneOf: readonly number[] }
  | { allBits: number }
  | { noBits: number }
);

interface Rule {
  name: string;
  checks: readonly Check[];
}

/** Placeholder that no process has as its number, for a filter that does not know the process's. */
const NO_PID = 0x7fff_fff1;

/** Returns rules for calls that are allowed with certain arguments only. The first rule for a name counts. */
function rulesFor({ kind, launched, isScript: scripted }: SeccompOptions): Rule[] {
  const isReader = kind === 'reader';
  const wrapped = launched === undefined;
  const flags = (argument: number): Check[] => (isReader ? [{ argument, noBits: OPEN_TO_WRITE }] : []);
  return [
    {
      name: 'clone',
      checks: [
        { argument: 0, noBits: CLONE_NEW },
        ...(isReader ? [{ argument: 0, allBits: CLONE_THREAD }] : []),
      ],
    },
    { name: 'open', checks: flags(1) },
    { name: 'openat', checks: flags(2) },
    ...(isReader && launched && !scripted ? [{ name: 'execve', checks: secretChecks(launched) }] : []),
    ...(kind === 'browser'
      ? [
          { name: 'socket', checks: [{ argument: 0, oneOf: [AF_UNIX] }] },
          { name: 'socketpair', checks: [{ argument: 0, oneOf: [AF_UNIX] }] },
        ]
      : [
          ...(isReader ? [] : [{ name: 'socketpair', checks: [{ argument: 0, oneOf: [AF_UNIX] }] }]),
          {
            name: 'fcntl',
            checks: [{ argument: 1, oneOf: FCNTL }],
          },
          { name: 'ioctl', checks: [{ argument: 1, oneOf: IOCTL }] },
          {
            name: 'prctl',
            checks: [{ argument: 0, oneOf: wrapped ? [...PRCTL, ...PRCTL_WRAPPERS] : PRCTL }],
          },
          // Allowed for the process itself only: it could limit, slow down or move another process of this user.
          { name: 'prlimit64', checks: [{ argument: 0, oneOf: [0] }] },
          {
            name: 'setpriority',
            checks: [
              { argument: 0, oneOf: [0] },
              { argument: 1, oneOf: [0] },
            ],
          },
          // Used by `abort`. Programs started by the process have other numbers and end by an illegal instruction
          // instead.
          { name: 'tgkill', checks: [{ argument: 0, oneOf: [NO_PID] }] },
        ]),
  ];
}

/** Checks the registers after the arguments of `execve`. */
const secretChecks = ({ secret }: LaunchedFilter): Check[] =>
  secret.flatMap((word, at): Check[] => [
    { argument: 3 + at, oneOf: [Number(BigInt.asUintN(32, word))] },
    { argument: 3 + at, upper: true, oneOf: [Number(BigInt.asUintN(32, word >> 32n))] },
  ]);

/** Returns the filter for a processor architecture (`process.arch`); `undefined` if there is no table for it. */
export function buildSeccompFilter(arch: string, wish: SeccompOptions): SeccompFilter | undefined {
  const calls = SYSTEM_CALLS.get(arch);
  if (calls === undefined) return undefined;
  const refused = returnInstruction(wish.strict ? RETURN_KILL_PROCESS : RETURN_ERRNO | EPERM);
  const absent = returnInstruction(RETURN_ERRNO | ENOSYS);
  const code: Instruction[] = [
    load(ARCHITECTURE_AT),
    [JUMP_EQUAL, calls.audit, 1, 0],
    returnInstruction(RETURN_KILL_PROCESS),
    load(NUMBER_AT),
  ];
  if (calls.foreignFrom !== undefined) code.push([JUMP_AT_LEAST, calls.foreignFrom, 0, 1], absent);
  const rules = rulesFor(wish);
  for (const { name, checks } of rules) {
    const number = calls.numbers.get(name);
    if (number !== undefined && !wish.without?.includes(name)) code.push(...ruleCode(number, checks));
  }
  const ruled = rules.map(({ name }) => name);
  code.push(
    ...answerInstructions(
      numbersOf(calls, allowedCalls(wish, calls), [...ruled, ...(wish.without ?? [])]),
      returnInstruction(RETURN_ALLOW),
    ),
  );
  if (wish.also !== undefined)
    code.push(...answerInstructions([...wish.also], returnInstruction(RETURN_ALLOW)));
  code.push(...answerInstructions(numbersOf(calls, ABSENT, ruled), absent));
  code.push(
    ...answerInstructions(
      numbersOf(calls, TRIED, wish.without ?? []),
      returnInstruction(RETURN_ERRNO | EPERM),
    ),
  );
  // Call of a newer kernel, unknown here.
  if (!wish.strict) code.push([JUMP_GREATER, calls.highest, 0, 1], absent);
  code.push(refused);
  const pidAt = code.findIndex(([operation, value]) => operation === JUMP_EQUAL && value === NO_PID);
  return { bytes: bytesOf(code), ...(pidAt === -1 ? {} : { pidAt: pidAt * 8 + 4 }) };
}

function allowedCalls(
  { kind, launched, isScript: scripted, canEndOwnProcesses: ownProcesses }: SeccompOptions,
  { numbers }: SystemCalls,
): readonly string[] {
  const wrappers = launched === undefined ? WRAPPERS : [];
  if (kind === 'browser') return [...numbers.keys()].filter((name) => !ESCAPE_CALLS.includes(name));
  const programs = kind === 'programs' ? [...PROGRAMS, ...(ownProcesses ? ['kill'] : [])] : [];
  return [...READER, ...programs, ...wrappers, ...(scripted ? ['execve'] : [])];
}

const numbersOf = (calls: SystemCalls, names: readonly string[], but: readonly string[]): number[] =>
  names.filter((name) => !but.includes(name)).flatMap((name) => calls.numbers.get(name) ?? []);

/** Returns instructions that give one answer for all these numbers, by ranges, since many are consecutive. */
function answerInstructions(numbers: number[], end: Instruction): Instruction[] {
  const ranges: [from: number, to: number][] = [];
  for (const number of [...new Set(numbers)].sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.flatMap(([from, to]): Instruction[] =>
    from === to
      ? [[JUMP_EQUAL, from, 0, 1], end]
      : [[JUMP_AT_LEAST, from, 0, 2], [JUMP_GREATER, to, 1, 0], end],
  );
}

/**
 * If a check fails, execution continues after the rule with the number loaded again, and the code there answers the
 * refusal.
 */
function ruleCode(number: number, checks: readonly Check[]): Instruction[] {
  const steps = checks.map(checkCode);
  const length = steps.reduce((sum, step) => sum + step.length, 0);
  const body: Instruction[] = [];
  for (const step of steps) {
    for (const [operation, value, ifTrue, ifFalse] of step) {
      const behind = length - body.length;
      const jump = (to: number) => (to === FAILS ? behind : to);
      body.push([operation, value, jump(ifTrue), jump(ifFalse)]);
    }
  }
  return [[JUMP_EQUAL, number, 0, length + 2], ...body, returnInstruction(RETURN_ALLOW), load(NUMBER_AT)];
}

/** Placeholder for a jump to the end of the rule, until its position is known. */
const FAILS = -1;

/** Returns instructions that fall through if the argument passes. */
function checkCode(check: Check): Instruction[] {
  const loaded = load(ARGUMENTS_AT + check.argument * 8 + (check.upper ? 4 : 0));
  if ('noBits' in check) return [loaded, [JUMP_ANY_BIT, check.noBits, FAILS, 0]];
  if ('allBits' in check) return [loaded, [AND, check.allBits, 0, 0], [JUMP_EQUAL, check.allBits, 0, FAILS]];
  const { oneOf } = check;
  return [
    loaded,
    ...oneOf.map(
      (value, at): Instruction => [
        JUMP_EQUAL,
        value,
        oneOf.length - 1 - at,
        at === oneOf.length - 1 ? FAILS : 0,
      ],
    ),
  ];
}

function bytesOf(code: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(code.length * 8);
  for (const [i, [operation, value, ifTrue, ifFalse]] of code.entries()) {
    bytes.writeUInt16LE(operation, i * 8);
    bytes.writeUInt8(ifTrue, i * 8 + 2);
    bytes.writeUInt8(ifFalse, i * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, i * 8 + 4);
  }
  return bytes;
}
