import type { NotReadReason } from "../../model/report.js";

/** A file whose beginning shows that it is not a log, sample, snapshot or mapping. */
export interface Foreign {
  /** The kind of file, with an article. */
  readonly what: string;
  /** How the user can have its content checked. */
  readonly advice?: string;
  readonly reason: NotReadReason;
}

/** Files of one kind, and the signs of them. */
export interface Kind extends Foreign {
  /** The first bytes, in hexadecimal digits; a dot is any digit. */
  readonly magic?: RegExp;
  /** The beginning of a text. */
  readonly text?: RegExp;
  /** The name's ending, for kinds without a signature. */
  readonly name?: RegExp;
}

const UNPACK = "unpack it first";
const DECOMPRESS = "decompress it first, or use gzip or zstd";
const DECRYPT = "decrypt it first";
const EXPORT = "export its events as NDJSON";
const EXPORT_TABLE = `${EXPORT}; write a mapping in YAML, JSON or as a table in Markdown`;

/** Detected from the bytes as stored. */
export const STORED: readonly Kind[] = [
  { what: "a zip archive", magic: /^504b(?:0304|0506|0708)/, advice: UNPACK, reason: "archive" },
  { what: "a 7z archive", magic: /^377abcaf271c/, advice: UNPACK, reason: "archive" },
  { what: "a rar archive", magic: /^526172211a07/, advice: UNPACK, reason: "archive" },
  { what: "a cab archive", magic: /^4d53434600000000/, advice: UNPACK, reason: "archive" },
  { what: "an ar archive", magic: /^213c617263683e0a/, advice: UNPACK, reason: "archive" },
  {
    what: "a cpio archive",
    magic: /^30373037303[12](?:3\d|4[1-6]|6[1-6]){8}/,
    advice: UNPACK,
    reason: "archive",
  },
  { what: "compressed with xz", magic: /^fd377a585a00/, advice: DECOMPRESS, reason: "archive" },
  {
    what: "compressed with bzip2",
    magic: /^425a68(?:3.)(?:314159265359|177245385090)/,
    advice: DECOMPRESS,
    reason: "archive",
  },
  { what: "compressed with lz4", magic: /^(?:04224d18|02214c18)/, advice: DECOMPRESS, reason: "archive" },
  { what: "compressed with lzip", magic: /^4c5a495001/, advice: DECOMPRESS, reason: "archive" },
  { what: "compressed with lzop", magic: /^894c5a4f000d0a1a0a/, advice: DECOMPRESS, reason: "archive" },
  { what: "compressed with snappy", magic: /^ff060000734e61507059/, advice: DECOMPRESS, reason: "archive" },
  { what: "compressed with compress", magic: /^1f(?:9d|a0)/, advice: DECOMPRESS, reason: "archive" },
  {
    what: "encrypted with age",
    magic: /^6167652d656e6372797074696f6e2e6f7267/,
    advice: DECRYPT,
    reason: "archive",
  },
  { what: "encrypted with openssl", magic: /^53616c7465645f5f/, advice: DECRYPT, reason: "archive" },
  {
    what: "a SQLite database",
    magic: /^53514c69746520666f726d6174203300/,
    advice: EXPORT,
    reason: "unclear content",
  },
  { what: "a Parquet file", magic: /^50415231/, advice: EXPORT, reason: "unclear content" },
  { what: "an Arrow file", magic: /^4152524f57310000/, advice: EXPORT, reason: "unclear content" },
  { what: "an Avro file", magic: /^4f626a01/, advice: EXPORT, reason: "unclear content" },
  { what: "a PNG image", magic: /^89504e470d0a1a0a/, reason: "not MPLP" },
  { what: "a JPEG image", magic: /^ffd8ff/, reason: "not MPLP" },
  { what: "a GIF image", magic: /^47494638(?:37|39)61/, reason: "not MPLP" },
  { what: "a WebP image", magic: /^52494646.{8}57454250/, reason: "not MPLP" },
  { what: "a TIFF image", magic: /^(?:49492a00|4d4d002a)/, reason: "not MPLP" },
  { what: "a BMP image", magic: /^424d.{8}00000000/, reason: "not MPLP" },
  { what: "an icon", magic: /^00000100..00/, reason: "not MPLP" },
  { what: "a PDF document", magic: /^255044462d/, reason: "not MPLP" },
  { what: "an Office document", magic: /^d0cf11e0a1b11ae1/, reason: "not MPLP" },
  {
    what: "a program",
    magic: /^(?:7f454c46|cafebabe|feedfac[ef]|c[ef]faedfe|0061736d|4d5a(?:90|50)00)/,
    reason: "not MPLP",
  },
  { what: "a font", magic: /^(?:774f46(?:46|32)|4f54544f|0001000000)/, reason: "not MPLP" },
  {
    what: "a video or sound",
    magic:
      /^(?:.{8}66747970|4f676753|664c6143|494433(?:02|03|04)|1a45dfa3|52494646.{8}(?:57415645|41564920))/,
    reason: "not MPLP",
  },
];

/** Detected from the bytes after decompression. */
export const DECOMPRESSED: readonly Kind[] = [
  { what: "compressed twice", magic: /^(?:1f8b|28b52ffd)/, advice: "decompress it once", reason: "archive" },
];
export const TAR: Kind = { what: "a tar archive", advice: UNPACK, reason: "archive" };

/** Two lines with commas, semicolons or tabs; the first holds names. */
const CSV = /^(?:["\w .-]+,){1,100}["\w .-]+\r?\n[^{,]*,|^(?:["\w .-]+;){1,100}["\w .-]+\r?\n[^{;]*;/;
const TSV = /^(?:["\w .-]+\t){1,100}["\w .-]+\r?\n[^{\t]*\t/;

/** Detected from the beginning of a text without a JSON object. */
export const TEXTS: readonly Kind[] = [
  {
    what: "a Git LFS pointer",
    text: /^version https:\/\/git-lfs\.github\.com\/spec\/v\d/,
    advice: "git lfs pull fetches the file that it stands for",
    reason: "Git LFS pointer",
  },
  { what: "an HTML page", text: /^<(?:!doctype html|html|head|body)[\s>]/i, reason: "not MPLP" },
  { what: "an XML document", text: /^<\?xml\s/i, reason: "not MPLP" },
  { what: "encrypted with PGP", text: /^-----BEGIN PGP MESSAGE-----/, advice: DECRYPT, reason: "archive" },
];

/** Detected from the beginning of a text without a JSON object or a mapping. */
export const WITHOUT_JSON: readonly Omit<Kind, "reason">[] = [
  { what: "a CSV table", text: CSV, advice: EXPORT_TABLE },
  { what: "a TSV table", text: TSV, advice: EXPORT_TABLE },
  { what: "a log in logfmt", text: /^[\w.-]+=\S*(?:[ \t]+[\w.-]+=)/, advice: EXPORT },
  {
    what: "a YAML document",
    text: /^(?:---[ \t]*\r?\n)?(?:#.*\r?\n)*(?:- )?[\w-]+:(?: \S.*)?\r?\n(?:[ \t]|- |[\w-]+:(?: |\r?\n|$))/,
    advice: `${EXPORT}; --as mapping:FILE reads a mapping`,
  },
];

/** A text of unknown kind. */
export const NO_JSON: Omit<Kind, "reason"> = {
  what: "a text without a JSON object",
  advice: "write each event as one JSON object on a line of its own",
};
/** Bytes of unknown kind: compressed, encrypted or otherwise binary. */
export const BINARY: Kind = {
  what: "binary data",
  advice: "decompress or decrypt it first, if it is a log",
  reason: "not MPLP",
};
/** A line that begins like JSON, or like a container's console output, may be a record. */
export const RECORD = /^\s*[[{]|^\d{4}-\d\d-\d\dT\S+ std(?:out|err) [FP] /m;
/** A text that names members of events may be a broken log. */
export const EVENT_WORDS = /event[_-]?(?:id|type|family)/i;

/** Detected from the name of a binary file, or from first bytes that may begin a text too. */
export const BINARIES: readonly Kind[] = [
  { what: "compressed with zlib", magic: /^78(?:01|5e|9c|da)/, advice: DECOMPRESS, reason: "archive" },
  { what: "an ORC file", magic: /^4f5243/, advice: EXPORT, reason: "unclear content" },
  { what: "compressed with brotli", name: /\.br$/i, advice: DECOMPRESS, reason: "archive" },
  { what: "compressed with lzma", name: /\.(?:lzma|tlz)$/i, advice: DECOMPRESS, reason: "archive" },
  { what: "a tar archive", name: /\.tar$/i, advice: UNPACK, reason: "archive" },
  { what: "encrypted", name: /\.(?:gpg|pgp|age|enc|aes)$/i, advice: DECRYPT, reason: "archive" },
];
