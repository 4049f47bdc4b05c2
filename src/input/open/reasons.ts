import { constants } from "node:os";

const NETWORK = "the network disk does not answer: try again, or copy the file to a disk of this machine";
const MEMORY = "there is not enough memory: close other programs, or raise the limit";
const ELSEWHERE = "make room there, or name another place";

/** The meaning of error codes, with advice unless it is obvious. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  ENOTDIR: "a part of the path is no folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "is a folder",
  EEXIST: "it exists already",
  ENOTEMPTY: "the folder is not empty",
  ENAMETOOLONG: "the path is too long",
  ELOOP: "too many symbolic links",
  EINVAL: "the system does not accept this path: name another one",
  EILSEQ: "the system does not accept this name: rename the file",
  EMFILE: "too many open files: raise the limit with ulimit -n",
  ENFILE: "too many open files on this machine: close other programs",
  ENOMEM: MEMORY,
  EIO: "the disk reports an input/output error: check it, or copy the file elsewhere",
  EUCLEAN: "the file system is damaged: have it checked, or copy the file elsewhere",
  ENXIO: "it is a socket, or a device that is not there: name another file",
  ENODEV: "the device is not there: connect it, or name another file",
  ENOMEDIUM: "there is no disk in the drive: insert it, or name another file",
  ESTALE: "the network disk no longer knows the file: mount the disk again, or copy the file elsewhere",
  ENOTCONN: NETWORK,
  EREMOTEIO: NETWORK,
  ETIMEDOUT: NETWORK,
  EHOSTDOWN: NETWORK,
  EHOSTUNREACH: NETWORK,
  ENETDOWN: NETWORK,
  ENETUNREACH: NETWORK,
  ECONNABORTED: NETWORK,
  ECONNREFUSED: NETWORK,
  ECONNRESET: NETWORK,
  ENOLINK: NETWORK,
  EPROTO: NETWORK,
  ENOSPC: `there is no space left for it: ${ELSEWHERE}`,
  EDQUOT: `there is no space left for it in your quota: ${ELSEWHERE}`,
  EFBIG: "the file would be larger than the disk allows: name another place",
  EROFS: "the disk is read-only: name another place",
  EBUSY: "another program is using it: try again when that has ended",
  ETXTBSY: "it is a program that is running: try again when that has ended",
  EAGAIN: "it is not ready: try again",
  EDEADLK: "another program has locked it: try again when that has ended",
  ENOLCK: "it cannot be locked: try again, or copy the file elsewhere",
  ENOTSUP: "this disk cannot do that: copy the file to another one",
  EOPNOTSUPP: "this disk cannot do that: copy the file to another one",
  ENOSYS: "this system cannot do that: copy the file elsewhere",
  EXDEV: "it would have to go to another disk: name a place on the same one",
  EPIPE: "nobody reads it any more",
  ERR_FS_FILE_TOO_LARGE: "it has more than 2 GiB, which cannot be read at once",
  "no-wasm-memory":
    "the address space is too small for WebAssembly: raise the limit (ulimit -v), or set NODE_OPTIONS=--disable-wasm-trap-handler",
  Z_DATA_ERROR: "the compressed data is broken",
  Z_BUF_ERROR: "the compressed data ends too early",
  ZSTD_error_frameParameter_windowTooLarge:
    "the compressed data needs a window above 128 MiB, which is not read",
  ZSTD_error_dictionary_wrong: "the compressed data needs a dictionary, which is not read",
  ZSTD_error_memory_allocation: "the compressed data needs more memory than there is",
};

/** For an error of the operating system that this file does not know. */
const UNKNOWN = "the operating system refuses it for an unknown reason: try a copy on another disk";

/** The reason of an error in words, without details of the machine, and what to do about it. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined && Object.hasOwn(REASONS, code)) return REASONS[code] ?? code;
  if (isOfSystem(error)) return UNKNOWN;
  return error instanceof Error ? error.message : String(error);
}

/** An error's code. For network disks Node.js gives only a number. */
function codeOf(error: unknown): string | undefined {
  const { code, errno } = (error ?? {}) as NodeJS.ErrnoException;
  if (errno === undefined || (code !== undefined && Object.hasOwn(REASONS, code))) return code;
  const named = Object.entries(constants.errno).find(([, number]) => number === -errno);
  return named?.[0] ?? (process.platform === "linux" ? LINUX.get(-errno) : undefined) ?? code;
}

/** Errors of Linux for which Node.js has no name. */
const LINUX: ReadonlyMap<number, string> = new Map([
  [112, "EHOSTDOWN"],
  [116, "ESTALE"],
  [117, "EUCLEAN"],
  [121, "EREMOTEIO"],
  [122, "EDQUOT"],
  [123, "ENOMEDIUM"],
]);

function isOfSystem(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

/** True for errors of the file system and of decompression, which have a code. All others are our own bugs. */
export function isReadError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    !error.code.startsWith("ERR_")
  );
}

const SHORTAGES: ReadonlySet<unknown> = new Set([
  "EMFILE",
  "ENFILE",
  "ENOMEM",
  "no-wasm-memory",
  "ZSTD_error_memory_allocation",
]);

/** True if a resource was short, which says nothing about the file: a later try may succeed. */
export function isShortage(error: unknown): boolean {
  return SHORTAGES.has((error as NodeJS.ErrnoException | undefined)?.code);
}
