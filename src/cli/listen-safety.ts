import { createSecureContext } from "node:tls";
import { isReadError, readBounded, whyNotRead } from "../index.js";
import type { OptionValues } from "./options/table.js";
import { UsageError } from "./usage-error.js";

type Safety = Pick<OptionValues, "host" | "tokenFile" | "tlsCert" | "tlsKey" | "insecure">;

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

/**
 * Refuses to accept other machines without a token, or without TLS unless `--insecure` is given.
 *
 * @throws UsageError
 */
export function refuseUnsafe({ host, tokenFile, tlsCert, tlsKey, insecure }: Safety): void {
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    throw new UsageError("--tls-cert and --tls-key need each other: give both");
  if (host.trim() === "") throw new UsageError("--host is empty: give an address, such as 127.0.0.1");
  if (LOOPBACK.test(host)) return;
  if (tokenFile === undefined)
    throw new UsageError(`${host} can be reached from other machines: give a --token-file`);
  if (tlsCert === undefined && !insecure)
    throw new UsageError(
      `${host} can be reached from other machines: give --tls-cert and --tls-key, or --insecure`,
    );
}

const SHORTEST = 16;

/** The token in a file. @throws UsageError if it is too short, or cannot be read */
export async function tokenIn(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const token = (await contentOf(file)).toString("utf8").trim();
  if (token.length < SHORTEST || /\s/.test(token))
    throw new UsageError(`${file} must hold a token: one word of at least ${SHORTEST} characters`);
  return token;
}

/** No token and no chain of certificates has more bytes. */
const MOST_BYTES = 1_000_000;

async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readBounded(file, MOST_BYTES);
  } catch (error) {
    if (isReadError(error)) throw new UsageError(`${file}: ${await whyNotRead(file, error)}`);
    if (!(error instanceof Error)) throw error;
    throw new UsageError(`${file} cannot be read: ${error.message}`);
  }
}

/** The certificate in a file, with its key in another. @throws UsageError if they are none, or cannot be read */
export async function tlsIn(
  certFile: string | undefined,
  keyFile: string | undefined,
): Promise<{ readonly cert: Buffer; readonly key: Buffer } | undefined> {
  if (certFile === undefined || keyFile === undefined) return undefined;
  const pair = { cert: await contentOf(certFile), key: await contentOf(keyFile) };
  try {
    createSecureContext(pair);
  } catch {
    throw new UsageError(`${certFile} and ${keyFile} must hold a certificate and its key, in PEM`);
  }
  return pair;
}
