/**
 * A Perl program that makes system calls by number: it tries what could harm another process of the same user, and
 * prints each result, such as `kill EPERM`. Arguments: a process, a file, and the numbers of the calls in JSON. Calls
 * that would replace the program come last.
 */
export const ATTACK = String.raw`
use strict; use warnings FATAL => 'uninitialized'; no warnings 'exec';
my ($victim, $file, $json) = @ARGV;
# What came as text would be handed over by its address.
$victim += 0;
my %number = $json =~ /"(\w+)":(\d+)/g;
my %name = (1 => 'EPERM', 2 => 'ENOENT', 3 => 'ESRCH', 9 => 'EBADF', 13 => 'EACCES', 14 => 'EFAULT', 22 => 'EINVAL',
  25 => 'ENOTTY', 38 => 'ENOSYS');
$| = 1;
sub say_it { syswrite STDERR, "$_[0] $_[1]\n" }
sub told { my ($name, $came) = @_; my $error = $! + 0; say_it($name, $came >= 0 ? 'done' : ($name{$error} // $error)) }
sub call { my ($name, @rest) = @_; return syscall($number{$name}, @rest) }
sub attempt { my ($name, @rest) = @_; told($name, exists $number{$name} ? call($name, @rest) : ($! = 38, -1)[1]) }
my $pid = $$;
my $empty = "\0" x 512;
# siginfo: SIGKILL, SI_QUEUE.
my $info = pack('l l l x4', 9, 0, -1) . "\0" x 112;
my $path = "$file\0";
my $other = "$file.other\0";
my $limits = pack('Q Q', 1, 1);
my $mask = pack('Q', 1) . "\0" x 120;
my $param = pack('l', 0);
my $attr = pack('L L Q l L Q Q Q', 48, 5, 0, 0, 0, 0, 0, 0);

attempt('pidfd_open', $victim, 0);
attempt('pidfd_getfd', 0, 0, 0);
told('prlimit64', call('prlimit64', $victim, 4, $limits, 0));
attempt('sched_setaffinity', $victim, 8, $mask);
attempt('sched_setscheduler', $victim, 5, $param);
attempt('sched_setattr', $victim, $attr, 0);
attempt('sched_setparam', $victim, $param);
told('setpriority', call('setpriority', 0, $victim, 19));
told('setpriority_user', call('setpriority', 2, 0, 19));
attempt('ioprio_set', 1, $victim, 3 << 13);
attempt('migrate_pages', $victim, 8, $empty, $empty);
attempt('process_madvise', 0, $empty, 1, 0, 0);
attempt('ptrace', 16, $victim, 0, 0);
attempt('process_vm_readv', $victim, $empty, 1, $empty, 1, 0);
attempt('process_vm_writev', $victim, $empty, 1, $empty, 1, 0);
attempt('kcmp', $pid, $victim, 1, 0, 0);
attempt('shmget', 1, 4096, 0);
attempt('msgget', 1, 0);
attempt('semget', 1, 1, 0);
attempt('bpf', 0, $empty, 48);
attempt('userfaultfd', 0);
attempt('unshare', 0x10000000);
attempt('setns', 0, 0);
attempt('mount', $empty, $empty, $empty, 0, 0);
attempt('keyctl', 0, 0, 0, 0, 0);
attempt('perf_event_open', $empty, 0, -1, -1, 0);
attempt('socket', 2, 1, 0);
attempt('clone3', $empty, 0);
attempt('io_uring_setup', 1, $empty);
attempt('openat2', -100, $path, $empty, 24);
told('number_470', syscall(470, 0));
told('number_1000', syscall(1000, 0));

my ($O_WRONLY, $O_CREAT) = (1, 0100);
told('read', my $fd = call('openat', -100, $path, 0, 0));
told('write', call('openat', -100, $path, $O_WRONLY, 0));
told('create', call('openat', -100, $other, $O_WRONLY | $O_CREAT, 0600));
told('chmod', call('fchmodat', -100, $path, 0644, 0));
attempt('truncate', $path, 4);
attempt('utimensat', -100, $path, 0, 0);
told('symlink', call('symlinkat', $path, -100, "$file.link\0"));
told('rename', exists $number{renameat} ? call('renameat', -100, $other, -100, "$file.moved\0") : call('renameat2', -100, $other, -100, "$file.moved\0", 0));
told('unlink', call('unlinkat', -100, "$file.moved\0", 0));

told('own_prlimit64', call('prlimit64', 0, 4, 0, $empty));
told('own_setpriority', call('setpriority', 0, 0, 5));
told('own_tgkill', call('tgkill', $pid, $pid, 0));

# A signal by way of a pipe that becomes readable: F_SETSIG, F_SETOWN, O_ASYNC; and the same by ioctl, which sends SIGIO.
my $ends = "\0" x 8;
call('pipe2', $ends, 0);
my ($reader, $writer) = unpack('l l', $ends);
my $set = call('fcntl', $reader, 10, 0);
told('sigio', $set < 0 ? $set : call('fcntl', $reader, 8, $victim));
my $owner = pack('l', $victim);
told('sigio_ioctl', call('ioctl', $reader, 0x8901, $owner));

attempt('pidfd_send_signal', 0, 0, 0, 0);
told('tgkill', call('tgkill', $victim, $victim, 9));
attempt('tkill', $victim, 9);
attempt('rt_sigqueueinfo', $victim, 9, $info);
attempt('rt_tgsigqueueinfo', $victim, $victim, 9, $info);
told('kill', call('kill', $victim, 9));

my $arguments = pack('p p', '/bin/true', undef);
my $none = pack('p', undef);
sub begun { my ($name, $came) = @_; call('exit_group', 0) if $came == 0; told($name, $came); waitpid($came, 0) if $came > 0 }
begun('clone', call('clone', 17, 0, 0, 0, 0));
begun('fork', exists $number{fork} ? call('fork') : call('clone', 17, 0, 0, 0, 0));
# In a child where there may be one, since it would not come back.
sub replaced {
  my ($name, @rest) = @_;
  my $child = call('clone', 17, 0, 0, 0, 0);
  my $error;
  if ($child > 0) { waitpid($child, 0); $error = $? >> 8 }
  else {
    call($name, @rest);
    $error = $! + 0;
    call('exit_group', $error || 1) if $child == 0;
  }
  $! = $error;
  told($name, $error == 0 ? 0 : -1);
}
replaced('execve', "/bin/true\0", $arguments, $none);
replaced('execveat', -100, "/bin/true\0", $arguments, $none, 0);

say_it('end', '-');
`;
