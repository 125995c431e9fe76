import { z } from "zod";
import { storable } from "./event";

/** A text that a person typed, without the blanks around it, in characters that can be stored and sent alike. */
export const typed = () => z.string().overwrite(storable).trim();

/** Whether a text shows anything: signs of no width, marks and blanks alone are nothing to read or to click on. */
export const isVisible = (text: string): boolean => /[^\p{C}\p{Z}\p{M}]/u.test(text);
