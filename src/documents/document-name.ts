const WRITTEN = /\.(?:ya?ml|md|mdx|markdown)(?:\.(?:gz|zst))?$/i;
const JSON_NAME = /\.json(?:\.(?:gz|zst))?$/i;

/** True if the file's name is that of a text document, not of a log. */
export function isDocumentName(path: string): boolean {
  return WRITTEN.test(path);
}

/** True if the file's name is that of a JSON file, which may be a document or a log. */
export function isJsonName(path: string): boolean {
  return JSON_NAME.test(path);
}
