import { SYSTEM_CALLS, type SystemCalls } from './system-calls.js';

/**
 * A filter for system calls, as the bytes that the kernel takes (`struct sock_filter`, classic BPF): a list of what a
 * program needs. Every other call fails with EPERM, so that a library that tries one goes on without; calls that have an
 * older form, and those that are newer than our table, fail with ENOSYS, so that it takes that one.
 */

/** `reader`: reads, and starts no program. `programs`: starts some, as ffmpeg. `browser`: one that is shut in by a sandbox. */
export type FilterKind = 'reader' | 'programs' | 'browser';

/** How a filter comes to the program: by something that knows more than the filter's bytes, or by bubblewrap or setpriv. */
export interface Launched {
  /** Both words of it, in the registers behind its arguments, are what `execve` is known by that starts the program. */
  secret: readonly [bigint, bigint];
}

export interface FilterWish {
  kind: FilterKind;
  /** Left out: a wrapper loads it, which needs some calls itself, and `execve` is open for good. */
  launched?: Launched;
  /** The program is a script that another runs, as Debian's `7z`: `execve` stays open. */
  scripted?: boolean;
  /** It sees no processes but those that it has started: these it may end. */
  ownProcesses?: boolean;
  /** A call that is not in the list ends the process with SIGSYS: for a check of what a Node needs. */
  strict?: boolean;
  /** For that check: further numbers that are open, and names that are not. */
  also?: readonly number[];
  without?: readonly string[];
}

export interface Filter {
  bytes: Buffer;
  /** Where the number of the process is to be written (four bytes): only its own threads may be sent a signal. */
  pidAt?: number;
}

/** Threads, memory, time, and files that are there: for a program that reads and answers through what it was given. */
const READER = words(`
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

/** What starting other programs, and those programs, take besides. */
const PROGRAMS = words(`
  chdir close_range dup dup2 dup3 execve fork ftruncate getpgrp pipe vfork wait4 waitid
`);

/** What setpriv, prlimit and bubblewrap's own first process do behind a filter that a wrapper has loaded. */
const WRAPPERS = words(`
  capset execve getgroups getresgid getresuid landlock_add_rule landlock_create_ruleset
  landlock_restrict_self seccomp setgid setgroups setregid setresgid setresuid setreuid setuid wait4 waitid
`);

/** Ways out of namespaces, and what is for who runs a machine. A browser, which is shut in by its own, gets all others. */
export const WAYS_OUT = words(`
  _sysctl acct add_key adjtimex bpf chroot clock_adjtime clock_settime clone clone3 create_module
  delete_module execveat fanotify_init fanotify_mark finit_module fsconfig fsmount fsopen fspick
  get_kernel_syms init_module io_uring_enter io_uring_register io_uring_setup ioperm iopl kcmp
  kexec_file_load kexec_load keyctl listmount lookup_dcookie memfd_secret mknod mknodat mount mount_setattr
  move_mount msgget name_to_handle_at nfsservctl open_by_handle_at open_tree open_tree_attr openat2
  perf_event_open personality pidfd_getfd pivot_root process_vm_readv process_vm_writev ptrace query_module
  quotactl quotactl_fd reboot request_key semget setdomainname sethostname setns settimeofday shmget socket
  socketpair statmount swapoff swapon sysfs syslog umount2 unshare uselib userfaultfd ustat vhangup
`);

/** These have older forms, which are tried where the kernel does not know them; their arguments stand in memory. */
const ABSENT = words(`clone3 io_uring_setup io_uring_enter io_uring_register openat2`);

/** Node, its libraries and the programs try these and go on without: they say nothing of a Node that is too new. */
const TRIED = words(`
  get_mempolicy kill landlock_create_ruleset mbind sched_setaffinity unlink
`);

const CLONE_THREAD = 0x0001_0000;
/** New namespaces of any kind: mount, cgroup, UTS, IPC, user, PID, network. */
const CLONE_NEW = 0x7e02_0000;
const AF_UNIX = 1;
/** O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND and the bit of O_TMPFILE that is its own; the same on both architectures. */
const OPEN_TO_WRITE = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000 | 0o20000000;
/** F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC. F_SETOWN and F_SETSIG send signals to anybody. */
const FCNTL = [0, 1, 2, 3, 4, 1030];
/** TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX. FIOSETOWN is left out for the same reason. */
const IOCTL = [0x5401, 0x5413, 0x541b, 0x5421, 0x5450, 0x5451];
/** PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_CAPBSET_READ, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_SET_VMA. */
const PRCTL = [3, 15, 16, 23, 38, 39, 0x53564d41];
/** PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_SECUREBITS, PR_GET_SECUREBITS, PR_CAP_AMBIENT. */
const PRCTL_WRAPPERS = [1, 8, 22, 24, 27, 28, 47];

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

const EPERM = 1;
const ENOSYS = 38;

const RETURN_ALLOW = 0x7fff_0000;
const RETURN_KILL_PROCESS = 0x8000_0000;
const RETURN_ERRNO = 0x0005_0000;

/** `struct seccomp_data`: nr, arch, instruction pointer, six arguments of eight bytes; both are little-endian. */
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
const answer = (value: number): Instruction => [RETURN, value, 0, 0];

/** Of one argument, of which the kernel takes the lower four bytes where nothing else is said. */
type Check = { argument: number; upper?: true } & (
  | { oneOf: readonly number[] }
  | { allBits: number }
  | { noBits: number }
);

interface Rule {
  name: string;
  checks: readonly Check[];
}

/** A process that was not told its number may be anybody's; no process has this one. */
const NO_PID = 0x7fff_fff1;

/** Calls that are open with some arguments and not with others. The first rule of a name counts. */
function rulesFor({ kind, launched, scripted }: FilterWish): Rule[] {
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
    ...(isReader && launched && !scripted ? [{ name: 'execve', checks: secretIn(launched) }] : []),
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
          // Of itself alone: another process of this user would be bounded, slowed or moved by it.
          { name: 'prlimit64', checks: [{ argument: 0, oneOf: [0] }] },
          {
            name: 'setpriority',
            checks: [
              { argument: 0, oneOf: [0] },
              { argument: 1, oneOf: [0] },
            ],
          },
          // What `abort` does. Programs that a process starts have other numbers, and end by an illegal instruction instead.
          { name: 'tgkill', checks: [{ argument: 0, oneOf: [NO_PID] }] },
        ]),
  ];
}

/** Arguments that `execve` does not have. */
const secretIn = ({ secret }: Launched): Check[] =>
  secret.flatMap((word, at): Check[] => [
    { argument: 3 + at, oneOf: [Number(BigInt.asUintN(32, word))] },
    { argument: 3 + at, upper: true, oneOf: [Number(BigInt.asUintN(32, word >> 32n))] },
  ]);

/** The filter for a processor of this kind (`process.arch`); undefined where we have no table for it. */
export function seccompFilter(arch: string, wish: FilterWish): Filter | undefined {
  const calls = SYSTEM_CALLS.get(arch);
  if (calls === undefined) return undefined;
  const refused = answer(wish.strict ? RETURN_KILL_PROCESS : RETURN_ERRNO | EPERM);
  const absent = answer(RETURN_ERRNO | ENOSYS);
  const code: Instruction[] = [
    load(ARCHITECTURE_AT),
    [JUMP_EQUAL, calls.audit, 1, 0],
    answer(RETURN_KILL_PROCESS),
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
    ...answered(
      numbersOf(calls, openIn(wish, calls), [...ruled, ...(wish.without ?? [])]),
      answer(RETURN_ALLOW),
    ),
  );
  if (wish.also !== undefined) code.push(...answered([...wish.also], answer(RETURN_ALLOW)));
  code.push(...answered(numbersOf(calls, ABSENT, ruled), absent));
  code.push(...answered(numbersOf(calls, TRIED, wish.without ?? []), answer(RETURN_ERRNO | EPERM)));
  // A newer kernel's, which nobody here knows.
  if (!wish.strict) code.push([JUMP_GREATER, calls.highest, 0, 1], absent);
  code.push(refused);
  const pidAt = code.findIndex(([operation, value]) => operation === JUMP_EQUAL && value === NO_PID);
  return { bytes: bytesOf(code), ...(pidAt === -1 ? {} : { pidAt: pidAt * 8 + 4 }) };
}

function openIn(
  { kind, launched, scripted, ownProcesses }: FilterWish,
  { numbers }: SystemCalls,
): readonly string[] {
  const wrappers = launched === undefined ? WRAPPERS : [];
  if (kind === 'browser') return [...numbers.keys()].filter((name) => !WAYS_OUT.includes(name));
  const programs = kind === 'programs' ? [...PROGRAMS, ...(ownProcesses ? ['kill'] : [])] : [];
  return [...READER, ...programs, ...wrappers, ...(scripted ? ['execve'] : [])];
}

const numbersOf = (calls: SystemCalls, names: readonly string[], but: readonly string[]): number[] =>
  names.filter((name) => !but.includes(name)).flatMap((name) => calls.numbers.get(name) ?? []);

/** One answer for all of these numbers, a range at a time: consecutive ones are many. */
function answered(numbers: number[], end: Instruction): Instruction[] {
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

/** Where a check fails it goes on behind the rule, with the number loaded again: what is refused there is told there. */
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
  return [[JUMP_EQUAL, number, 0, length + 2], ...body, answer(RETURN_ALLOW), load(NUMBER_AT)];
}

/** Stands for a jump to the end of the rule, until that is known. */
const FAILS = -1;

/** Falls through where the argument passes. */
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
