import { CallDialog } from "./call-dialog";
import { RangeDialog } from "./range-dialog";
import { TitleForm } from "./title-form";

/** What asks for a number, two numbers, or a title. */
export const smallForms = { CallDialog, RangeDialog, TitleForm };
