import Link, { type LinkProps } from "next/link";

/**
 * A way to another page. Nothing of it is fetched before it is taken: every page is made when it is asked for, and Next
 * would ask for all that are in view again after each server action, of which a run page has one for every row opened.
 */
export const PageLink = <RouteType,>(props: LinkProps<RouteType>) => <Link prefetch={false} {...props} />;
