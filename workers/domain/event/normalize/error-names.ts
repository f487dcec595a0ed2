/** Names of errors that crash reporters send as numbers; from the systems' public headers. */
export type ErrorSystem = 'darwin' | 'linux' | 'windows'

/** Signals 1–31 in order; the two families number them differently. */
const SIGNALS: Record<'darwin' | 'linux', string[]> = {
  darwin: (
    'SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGEMT SIGFPE SIGKILL SIGBUS SIGSEGV SIGSYS ' +
    'SIGPIPE SIGALRM SIGTERM SIGURG SIGSTOP SIGTSTP SIGCONT SIGCHLD SIGTTIN SIGTTOU SIGIO SIGXCPU ' +
    'SIGXFSZ SIGVTALRM SIGPROF SIGWINCH SIGINFO SIGUSR1 SIGUSR2'
  ).split(' '),
  linux: (
    'SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGUSR1 SIGSEGV SIGUSR2 ' +
    'SIGPIPE SIGALRM SIGTERM SIGSTKFLT SIGCHLD SIGCONT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGURG ' +
    'SIGXCPU SIGXFSZ SIGVTALRM SIGPROF SIGWINCH SIGIO SIGPWR SIGSYS'
  ).split(' '),
}

/** Codes of a Darwin signal, from 1; by the signal's number. */
const SIGNAL_CODES: Record<number, string[]> = {
  4: 'ILL_ILLOPC ILL_ILLTRP ILL_PRVOPC ILL_ILLOPN ILL_ILLADR ILL_PRVREG ILL_COPROC ILL_BADSTK'.split(
    ' ',
  ),
  5: 'TRAP_BRKPT TRAP_TRACE'.split(' '),
  8: 'FPE_FLTDIV FPE_FLTOVF FPE_FLTUND FPE_FLTRES FPE_FLTINV FPE_FLTSUB FPE_INTDIV FPE_INTOVF'.split(
    ' ',
  ),
  10: 'BUS_ADRALN BUS_ADRERR BUS_OBJERR'.split(' '),
  11: 'SEGV_MAPERR SEGV_ACCERR'.split(' '),
}

const MACH_EXCEPTIONS =
  'EXC_BAD_ACCESS EXC_BAD_INSTRUCTION EXC_ARITHMETIC EXC_EMULATION EXC_SOFTWARE EXC_BREAKPOINT EXC_SYSCALL EXC_MACH_SYSCALL EXC_RPC_ALERT EXC_CRASH EXC_RESOURCE EXC_GUARD EXC_CORPSE_NOTIFY'.split(
    ' ',
  )

/** Errors 1–34 are the same on every Unix; 11 and 35 are not. */
const ERRNO =
  'EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE'.split(
    ' ',
  )
const ERRNO_OF: Record<ErrorSystem, Record<number, string>> = {
  darwin: {
    11: 'EDEADLK',
    35: 'EAGAIN',
    48: 'EADDRINUSE',
    54: 'ECONNRESET',
    60: 'ETIMEDOUT',
    61: 'ECONNREFUSED',
    63: 'ENAMETOOLONG',
    66: 'ENOTEMPTY',
    78: 'ENOSYS',
  },
  linux: {
    35: 'EDEADLK',
    36: 'ENAMETOOLONG',
    38: 'ENOSYS',
    39: 'ENOTEMPTY',
    98: 'EADDRINUSE',
    104: 'ECONNRESET',
    110: 'ETIMEDOUT',
    111: 'ECONNREFUSED',
  },
  windows: {
    36: 'EDEADLK',
    38: 'ENAMETOOLONG',
    40: 'ENOSYS',
    41: 'ENOTEMPTY',
    100: 'EADDRINUSE',
    107: 'ECONNREFUSED',
    108: 'ECONNRESET',
    138: 'ETIMEDOUT',
  },
}

export function signalName(number: unknown, system: ErrorSystem | null): string | undefined {
  return system === 'darwin' || system === 'linux' ? at(SIGNALS[system], number) : undefined
}

/** Only Darwin's codes are told apart by the signal alone. */
export function signalCodeName(signal: unknown, code: unknown): string | undefined {
  const codes = typeof signal === 'number' ? SIGNAL_CODES[signal] : undefined
  return codes && at(codes, code)
}

export function machExceptionName(number: unknown): string | undefined {
  return at(MACH_EXCEPTIONS, number)
}

export function errnoName(number: unknown, system: ErrorSystem | null): string | undefined {
  if (!system || typeof number !== 'number') return undefined
  return ERRNO_OF[system][number] ?? at(ERRNO, number)
}

/** Counted from one. */
function at(names: string[], number: unknown): string | undefined {
  return typeof number === 'number' ? names[number - 1] : undefined
}
