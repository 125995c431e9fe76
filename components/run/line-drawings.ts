import { SoundingDrawing } from "./sounding-drawing";
import { StripDrawing } from "./strip-drawing";

/** The sounding line as it is drawn, upright and on its side. */
export const lineDrawings = { SoundingDrawing, StripDrawing };
