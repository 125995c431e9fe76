import { notFound } from "next/navigation";

/** No other address below `/share` is there; it must not lead to the workbench's page that says so. */
export default function NothingShared() {
	notFound();
}
