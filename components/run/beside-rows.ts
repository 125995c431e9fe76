import { Announcer } from "./announcer";
import { ConnectionNote } from "./connection-note";
import { FindNote } from "./find-note";
import { ForkNote } from "./fork-note";
import { Notifier } from "./notifier";
import { NotifySwitch } from "./notify-switch";

/** What the workbench shows and tells beside the rows: one piece of script, fetched right after them. */
export const besideRows = { Announcer, ConnectionNote, FindNote, ForkNote, Notifier, NotifySwitch };
