import { styleText } from "node:util";

/** Gives a text its look. */
export type Paint = (text: string) => string;

/** A colour, and the same in bold. */
export type Tone = Paint & { readonly bold: Paint };

const COLOURS = ["blue", "cyan", "green", "red", "yellow"] as const;
type Colour = (typeof COLOURS)[number];

/** What a text can look like. */
export interface Paints extends Readonly<Record<Colour, Tone>> {
  readonly bold: Paint;
  readonly dim: Paint;
}

/** Without colours, every text stays as it is. */
export function paintsFor(color: boolean): Paints {
  const look =
    (...styles: (Colour | "bold" | "dim")[]): Paint =>
    (text) =>
      // Whether a stream shows colours has been decided.
      color && text !== "" ? styleText(styles, text, { validateStream: false }) : text;
  const tone = (colour: Colour): Tone => Object.assign(look(colour), { bold: look(colour, "bold") });
  const tones = Object.fromEntries(COLOURS.map((colour) => [colour, tone(colour)])) as Record<Colour, Tone>;
  return { ...tones, bold: look("bold"), dim: look("dim") };
}
