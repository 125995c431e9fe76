import { startSite } from "./server";

const { url } = await startSite(Number(process.argv[2] ?? 3106));
console.log(`The invented web is at ${url}`);
