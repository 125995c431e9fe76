import { startE2b } from "./server";

/** The stand-in of E2B in a process of its own: its port, and the key it takes. */
const [port = "0", key = ""] = process.argv.slice(2);
const { url } = await startE2b(key, Number(port));
process.stdout.write(`${url}\n`);
