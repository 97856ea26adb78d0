import { WAYS_OUT } from '../src/isolation/seccomp.ts';
import { SYSTEM_CALLS } from '../src/isolation/system-calls.ts';

/** Beside what any program may call, what bubblewrap does to make a sandbox as an ordinary user. */
const BUBBLEWRAP = ['clone', 'mount', 'pivot_root', 'umount2', 'unshare'];
/** Named pipes, and a form of `open` that Docker's own rules let pass. */
const USUAL = ['mknod', 'mknodat', 'openat2', 'socketpair'];

const AF_VSOCK = 40;
const ENOSYS = 38;

/**
 * Rules for system calls of a container, in the form that Docker, Podman and the container runtimes take. What is not named
 * is refused with EPERM, as under Docker's own rules.
 */
export function dockerSeccomp() {
  const known = new Set([...SYSTEM_CALLS.values()].flatMap(({ numbers }) => [...numbers.keys()]));
  const open = [...BUBBLEWRAP, ...USUAL];
  const names = [...known].filter((name) => !WAYS_OUT.includes(name) || open.includes(name)).sort();
  const profile = {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: 1,
    archMap: [
      { architecture: 'SCMP_ARCH_X86_64', subArchitectures: [] },
      { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: [] },
    ],
    syscalls: [
      { names, action: 'SCMP_ACT_ALLOW' },
      // Between virtual machines and their host.
      {
        names: ['socket'],
        action: 'SCMP_ACT_ALLOW',
        args: [{ index: 0, value: AF_VSOCK, op: 'SCMP_CMP_NE' }],
      },
      // Its flags stand in memory; `clone` is tried instead.
      { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS },
    ],
  };
  return `${JSON.stringify(profile, null, 2)}\n`;
}
