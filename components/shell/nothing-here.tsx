"use client";
import { lazy } from "react";

const Words = lazy(async () => ({ default: (await import("./nothing-here-words")).NothingHereWords }));

/** What stands at an address that leads nowhere. In the browser's code, so that no page carries its links along. */
export const NothingHere = () => <Words />;
