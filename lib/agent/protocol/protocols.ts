import type { RunSettings } from "../../trajectory/settings";
import { mirothinker } from "./mirothinker";
import { native } from "./native";
import type { Protocol } from "./protocol";

/** The protocol of that name. */
export const protocolOf = (id: RunSettings["protocol"]): Protocol => (id === "native" ? native : mirothinker);
