import { mirothinker } from "./mirothinker";
import { native } from "./native";
import type { Protocol } from "./protocol";

const PROTOCOLS: Record<Protocol["id"], Protocol> = { mirothinker, native };

export const protocolOf = (id: Protocol["id"]): Protocol => PROTOCOLS[id];
