/** The path of something in a folder, as a person would write it. */
export function inFolder(folder: string, name: string): string {
  return folder === "." ? name : `${folder === "/" ? "" : folder}/${name}`;
}
