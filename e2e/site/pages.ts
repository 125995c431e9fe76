/** A small invented web about an invented island: enough links and facts for questions that take two or three hops. */
export type SitePage = { path: string; title: string; date: string; body: string };

const page = (path: string, title: string, date: string, body: string): SitePage => ({ path, title, date, body });

export const PAGES: SitePage[] = [
	page(
		"/",
		"Ternholm gazette",
		"2024-03-01",
		`<p>Ternholm is an invented island used by the tests. Start with the <a href="/lighthouse">lighthouse</a>, the <a href="/harbour">harbour</a>, the <a href="/people">people of the island</a> or the <a href="/tides">tide tables</a>.</p><p>The gazette has appeared every spring since 1931 and is printed by <a href="/people/ada-brek">Ada Brek</a>.</p>`,
	),
	page(
		"/lighthouse",
		"The lighthouse of Ternholm",
		"2023-06-11",
		`<p>The lighthouse of Ternholm stands on Gull Point and was first lit on 4 October 1874. It was designed by the engineer <a href="/people/jonas-verhal">Jonas Verhal</a>, who also drew the plans of the <a href="/harbour">harbour</a> wall.</p><p>The lamp burned rape oil until 1903, then paraffin, and was electrified in 1938. Its light reaches 17 nautical miles in clear weather.</p><table><tr><th>Keeper</th><th>From</th><th>To</th></tr><tr><td><a href="/people/mila-orsted">Mila Orsted</a></td><td>1874</td><td>1891</td></tr><tr><td>Pieter Sande</td><td>1891</td><td>1912</td></tr><tr><td>Rosa Lindqvist</td><td>1912</td><td>1938</td></tr></table>`,
	),
	page(
		"/harbour",
		"Harbour of Ternholm",
		"2022-09-30",
		`<p>The harbour wall of Ternholm is 412 metres long. Work began in 1869 and took five years. The stone came from the quarry at <a href="/places/skarn">Skarn</a>.</p><p>The harbour master keeps the <a href="/tides">tide tables</a>; the mean spring range is 4.6 metres.</p>`,
	),
	page(
		"/tides",
		"Tide tables of Ternholm",
		"2024-01-02",
		`<p>High water at Ternholm follows high water at Skarn by 38 minutes. The highest tide on record, 6.3 metres, was measured on 12 January 1926.</p><table><tr><th>Month</th><th>Springs</th><th>Neaps</th></tr><tr><td>March</td><td>4.9 m</td><td>2.1 m</td></tr><tr><td>September</td><td>4.8 m</td><td>2.2 m</td></tr></table>`,
	),
	page(
		"/people",
		"People of Ternholm",
		"2023-01-15",
		`<ul><li><a href="/people/jonas-verhal">Jonas Verhal</a>, engineer</li><li><a href="/people/mila-orsted">Mila Orsted</a>, first keeper of the light</li><li><a href="/people/ada-brek">Ada Brek</a>, printer</li></ul>`,
	),
	page(
		"/people/jonas-verhal",
		"Jonas Verhal",
		"2021-05-20",
		`<p>Jonas Verhal (1831 to 1899) was an engineer born at <a href="/places/skarn">Skarn</a>. He studied bridge building in Lund before he designed the lighthouse of Ternholm. He married <a href="/people/mila-orsted">Mila Orsted</a> in 1876.</p>`,
	),
	page(
		"/people/mila-orsted",
		"Mila Orsted",
		"2021-05-21",
		`<p>Mila Orsted (1840 to 1916) was the first keeper of the Ternholm light and kept a weather log for seventeen years. Her log is held by the museum at <a href="/places/skarn">Skarn</a>. She counted 211 wrecks and strandings, of which 19 were total losses.</p>`,
	),
	page(
		"/people/ada-brek",
		"Ada Brek",
		"2024-02-02",
		`<p>Ada Brek has printed the Ternholm gazette since 1998. She restored the hand press that her grandfather bought in 1931 from a printer at <a href="/places/skarn">Skarn</a>.</p>`,
	),
	page(
		"/places/skarn",
		"Skarn",
		"2020-11-08",
		`<p>Skarn is the market town across the sound from Ternholm, with 5,240 inhabitants. Its museum, opened in 1952, shows the weather log of Mila Orsted and the drawings of Jonas Verhal. The quarry closed in 1913.</p>`,
	),
];
