import { createHash } from "node:crypto";

/** A page that loads nothing and runs only its own style and script. */
export function policyOf({
  style,
  script,
}: {
  readonly style: string;
  readonly script?: string;
}): readonly string[] {
  return [
    "default-src 'none'",
    `style-src '${sourceHash(style)}'`,
    `script-src '${script === undefined ? "none" : sourceHash(script)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
}

function sourceHash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
