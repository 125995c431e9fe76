"use client";
import { lazy } from "react";
import { afterFirstRows } from "./first-rows";

/** Fetched before it is needed: what it says may be that the server cannot be reached. */
const beside = async () => (await import("./beside-rows")).besideRows;

export const Announcer = lazy(async () => ({ default: (await afterFirstRows(beside)).Announcer }));
export const ConnectionNote = lazy(async () => ({ default: (await afterFirstRows(beside)).ConnectionNote }));
export const FindNote = lazy(async () => ({ default: (await afterFirstRows(beside)).FindNote }));
export const ForkNote = lazy(async () => ({ default: (await afterFirstRows(beside)).ForkNote }));
export const NotifySwitch = lazy(async () => ({ default: (await afterFirstRows(beside)).NotifySwitch }));
export const Notifier = lazy(async () => ({ default: (await afterFirstRows(beside)).Notifier }));
