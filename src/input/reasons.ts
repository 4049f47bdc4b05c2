const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "is a folder",
  ENAMETOOLONG: "the path is too long",
  ELOOP: "too many symbolic links",
  EMFILE: "too many open files",
  ENFILE: "too many open files",
  EIO: "input/output error",
  Z_DATA_ERROR: "the compressed data is broken",
  Z_BUF_ERROR: "the compressed data ends too early",
  ZSTD_error_frameParameter_windowTooLarge:
    "the compressed data needs a window above 128 MiB, which is not read",
  ZSTD_error_dictionary_wrong: "the compressed data needs a dictionary, which is not read",
  ZSTD_error_memory_allocation: "the compressed data needs more memory than there is",
};

/** An error's reason in words, without the machine's own details. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code !== undefined && Object.hasOwn(REASONS, code)) return REASONS[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}

/** Errors of the file system and of decompression have a code; anything else is a fault of ours. */
export function isReadError(error: unknown): boolean {
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
  "ZSTD_error_memory_allocation",
]);

/** Whether reading failed for want of something that another time may have: it says nothing of the file. */
export function isShortage(error: unknown): boolean {
  return SHORTAGES.has((error as NodeJS.ErrnoException | undefined)?.code);
}
