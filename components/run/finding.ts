import { finderOf } from "@/lib/trajectory/find-text";
import { byRow, nextPlace, placesOf } from "./found-rows";

/** What leads from a text to its places among the rows. */
export const finding = { finderOf, byRow, nextPlace, placesOf };
