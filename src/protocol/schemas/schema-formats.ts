import { createRequire } from "node:module";
import { isDateTime, isUuid } from "../fields/formats.js";

type Format = (text: string) => boolean;

/** The formats in the bundled schemas. */
export const SCHEMA_FORMATS = {
  uuid: isUuid,
  "date-time": isDateTime,
  email: (text) => loaded().email.test(text),
  uri: (text) => loaded().uri(text),
} satisfies Record<string, Format>;

/** A variable of this name, so that checks of imports see the package. */
const require = createRequire(import.meta.url);

interface Package {
  readonly fullFormats: { readonly email: RegExp; readonly uri: Format };
}

let formats: Package | undefined;

/** Loads the package on first use, because few events have a value with such a format. */
function loaded(): Package["fullFormats"] {
  formats ??= require("ajv-formats/dist/formats.js") as Package;
  return formats.fullFormats;
}
