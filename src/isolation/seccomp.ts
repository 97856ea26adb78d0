/**
 * A filter for system calls, as the bytes that the kernel takes (`struct sock_filter`, classic BPF): what no reader
 * needs and what has been the way out of containers. Denied calls fail with EPERM, so that a library that tries one
 * goes on without; calls that have an older form fail with ENOSYS, so that it takes that one.
 */

/** Numbers from the kernel's tables: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h. */
interface Architecture {
  /** AUDIT_ARCH_*: a process may call through another architecture's table, where numbers mean other calls. */
  audit: number;
  clone: number;
  socketpair: number;
  socket: number;
  /** What is done with a socket: connect, accept, bind, listen, accept4. */
  socketUse: readonly number[];
  /** Other ways to start a process. */
  forks: readonly number[];
  denied: readonly number[];
  /** x32: the same calls under numbers from this one on. */
  foreignFrom?: number;
}

/** The same number everywhere: io_uring (would walk past this filter) and clone3 (its flags stand in memory). */
const UNKNOWN_TO_US = [425, 426, 427, 435];
/** open_tree … fspick, pidfd_getfd, mount_setattr, quotactl_fd, memfd_secret: also the same everywhere. */
const DENIED_EVERYWHERE = [428, 429, 430, 431, 432, 433, 438, 442, 443, 447];

const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    socketpair: 53,
    socket: 41,
    socketUse: [42, 43, 49, 50, 288],
    forks: [57, 58],
    foreignFrom: 0x40000000,
    denied: [
      // shmget, semget, msgget: memory that no limit of the process counts
      ...[29, 64, 68],
      // ptrace, process_vm_readv, process_vm_writev, kcmp
      ...[101, 310, 311, 312],
      // mknod, mknodat, chroot, pivot_root, mount, umount2, unshare, setns
      ...[133, 259, 161, 155, 165, 166, 272, 308],
      // name_to_handle_at, open_by_handle_at
      ...[303, 304],
      // add_key, request_key, keyctl, bpf, perf_event_open, userfaultfd, fanotify_init
      ...[248, 249, 250, 321, 298, 323, 300],
      // create_module, init_module, delete_module, finit_module, kexec_load, kexec_file_load
      ...[174, 175, 176, 313, 246, 320],
      // syslog, personality, acct, swapon, swapoff, reboot, sethostname, setdomainname, iopl, ioperm, quotactl
      ...[103, 135, 163, 167, 168, 169, 170, 171, 172, 173, 179],
      // adjtimex, settimeofday, clock_settime, clock_adjtime
      ...[159, 164, 227, 305],
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    socketpair: 199,
    socket: 198,
    socketUse: [203, 202, 200, 201, 242],
    forks: [],
    denied: [
      ...[194, 190, 186],
      ...[117, 270, 271, 272],
      ...[33, 51, 41, 40, 39, 97, 268],
      ...[264, 265],
      ...[217, 218, 219, 280, 241, 282, 262],
      ...[105, 106, 273, 104, 294],
      ...[116, 92, 89, 224, 225, 142, 161, 162, 60],
      ...[171, 170, 112, 266],
    ],
  },
};

const CLONE_THREAD = 0x0001_0000;
/** New namespaces of any kind: mount, cgroup, UTS, IPC, user, PID, network. */
const CLONE_NEW = 0x7e02_0000;
const AF_UNIX = 1;

const EPERM = 1;
const ENOSYS = 38;

const RETURN_ALLOW = 0x7fff_0000;
const RETURN_KILL_PROCESS = 0x8000_0000;
const RETURN_ERRNO = 0x0005_0000;

/** `struct seccomp_data`: nr, arch, instruction pointer, six arguments of eight bytes; both are little-endian. */
const NUMBER_AT = 0;
const ARCHITECTURE_AT = 4;
const FIRST_ARGUMENT_AT = 16;

const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_AT_LEAST = 0x35;
const JUMP_ANY_BIT = 0x45;
const RETURN = 0x06;

type Instruction = [code: number, value: number, ifTrue: number, ifFalse: number];

const load = (at: number): Instruction => [LOAD, at, 0, 0];
const answer = (value: number): Instruction => [RETURN, value, 0, 0];
/** Runs the next one where the number is this, and steps over it where not. */
const onNumber = (number: number): Instruction => [JUMP_EQUAL, number, 0, 1];

export interface FilterWish {
  /** Whether new processes may be started; threads always may. */
  programs: boolean;
  /** Whether sockets between processes of one machine may be made (`AF_UNIX`); those of a network never may. */
  localSockets?: boolean;
}

/** The filter for a processor of this kind (`process.arch`); undefined where we have no table for it. */
export function seccompFilter(
  arch: string,
  { programs, localSockets = false }: FilterWish,
): Buffer | undefined {
  const table = ARCHITECTURES[arch];
  if (table === undefined) return undefined;
  const deny = answer(RETURN_ERRNO | EPERM);
  const unknown = answer(RETURN_ERRNO | ENOSYS);
  const allow = answer(RETURN_ALLOW);
  const code: Instruction[] = [
    load(ARCHITECTURE_AT),
    [JUMP_EQUAL, table.audit, 1, 0],
    answer(RETURN_KILL_PROCESS),
    load(NUMBER_AT),
  ];
  if (table.foreignFrom !== undefined) code.push([JUMP_AT_LEAST, table.foreignFrom, 0, 1], unknown);
  for (const number of UNKNOWN_TO_US) code.push(onNumber(number), unknown);
  const denied = [
    ...table.denied,
    ...DENIED_EVERYWHERE,
    ...(programs ? [] : table.forks),
    ...(localSockets ? [] : [table.socket, ...table.socketUse]),
  ];
  for (const number of denied) code.push(onNumber(number), deny);
  for (const number of [table.socketpair, ...(localSockets ? [table.socket] : [])]) {
    code.push([JUMP_EQUAL, number, 0, 4], load(FIRST_ARGUMENT_AT), [JUMP_EQUAL, AF_UNIX, 0, 1], allow, deny);
  }
  code.push([JUMP_EQUAL, table.clone, 0, 5], load(FIRST_ARGUMENT_AT), [JUMP_ANY_BIT, CLONE_NEW, 0, 1], deny);
  code.push([JUMP_ANY_BIT, programs ? 0xffff_ffff : CLONE_THREAD, 1, 0], deny);
  code.push(allow);
  return bytesOf(code);
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
