/** Joins a folder and a name the way a person would write the path. */
export function inFolder(folder: string, name: string): string {
  return folder === "." ? name : `${folder === "/" ? "" : folder}/${name}`;
}
