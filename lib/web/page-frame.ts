/** What a page says of an element by its tag or role: it belongs to the site, not to the page. */
const FRAME_TAGS = new Set(["HEADER", "FOOTER", "ASIDE", "NAV", "DIALOG"]);
const FRAME_ROLES = new Set(["navigation", "banner", "contentinfo", "complementary", "search", "dialog"]);
/** The same by class or id, as whole words of it. */
const FRAME_NAMES =
	/(?:^|[-_ ])(?:nav|navbar|navigation|menu|footer|sidebar|side-bar|cookie|consent|breadcrumbs?|share|sharing|social|related|recommend(?:ed|ations)?|promo|newsletter|subscribe|signup|popup|modal|overlay|banner|advert(?:isement)?|ads?|sponsor(?:ed)?|comments?-form|toolbar|pagination|pager|skip|masthead|copyright|widget|dropdown|search-form|login)(?:[-_ ]|$)/i;
const NAME_CHARS = 300;

/** Larger shares of a page's text are content, whatever they are called. */
const LARGEST_FRAME = 0.4;
const LARGEST_LINK_LIST = 0.3;
const LINK_LIST_CHARS = 1200;
const LINK_LIST_DENSITY = 0.75;
const LIST_TAGS = new Set(["UL", "OL", "DIV", "SECTION", "TABLE", "P"]);

/** Letters and marks of an element's text, blanks left out, and how many of them stand in links. */
type Weight = { chars: number; linked: number };

/**
 * Takes off `body` what frames its content: menus, footers, dialogs, advertisements, short lists of links. Returns the
 * characters of text that are left. One walk over the tree, which must not be nested deeper than the stack holds.
 */
export function takeOffFrame(body: Element): number {
	return keep(body, solidChars(body.textContent ?? ""), false).chars;
}

function keep(element: Element, whole: number, inContent: boolean): Weight {
	const weight: Weight = { chars: 0, linked: 0 };
	const isContent = inContent || element.nodeName === "ARTICLE" || element.nodeName === "MAIN";
	for (const child of [...element.childNodes]) {
		if (child.nodeType === 3) weight.chars += solidChars(child.nodeValue ?? "");
		if (child.nodeType !== 1) continue;
		const part = keep(child as Element, whole, isContent);
		if (isFrame(child as Element, part, whole, isContent)) {
			child.remove();
			continue;
		}
		weight.chars += part.chars;
		weight.linked += child.nodeName === "A" ? part.chars : part.linked;
	}
	return weight;
}

function isFrame(element: Element, { chars, linked }: Weight, whole: number, inContent: boolean): boolean {
	if (chars >= whole * LARGEST_FRAME) return false;
	if (isNamedFrame(element, inContent)) return true;
	return (
		LIST_TAGS.has(element.nodeName) &&
		linked > chars * LINK_LIST_DENSITY &&
		chars < Math.min(LINK_LIST_CHARS, whole * LARGEST_LINK_LIST)
	);
}

function isNamedFrame(element: Element, inContent: boolean): boolean {
	const tag = element.nodeName;
	if (tag === "HEADER" && inContent) return false;
	if (FRAME_TAGS.has(tag) || FRAME_ROLES.has(element.getAttribute("role") ?? "")) return true;
	if (element.hasAttribute("hidden") || element.getAttribute("aria-hidden") === "true") return true;
	if (tag === "MAIN" || tag === "ARTICLE") return false;
	return namesOf(element).some((name) => FRAME_NAMES.test(name));
}

const namesOf = (element: Element): string[] =>
	[element.getAttribute("class"), element.getAttribute("id")].flatMap((name) =>
		name ? name.slice(0, NAME_CHARS) : [],
	);

/** Characters of a text without its blanks. */
export const solidChars = (text: string): number => text.replace(/\s+/g, "").length;
