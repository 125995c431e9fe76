/**
 * The look of an exported report: paper and ink of the product, light and dark by the reader's own choice, ink on white
 * when printed. Fonts are the reader's: the document fetches nothing.
 */
export const REPORT_CSS = `
:root { color-scheme: light dark; --paper: light-dark(#fbfbf9, #0f1316); --sunk: light-dark(#f4f4f0, #0b0e11);
	--line: light-dark(#e3e2dc, #242b30); --line-2: light-dark(#cdccc4, #353e45); --ink: light-dark(#15181b, #e8ebec);
	--ink-2: light-dark(#4b5157, #b0b8bd); --ink-3: light-dark(#666c73, #8a9399); --accent: light-dark(#a8155f, #f279b2);
	--warn: light-dark(#8a5a00, #e5b454); --mark: light-dark(#fbefc4, #4a3f14);
	--sans: Geist, system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
	--mono: "Geist Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono CJK SC", monospace; }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: none; text-size-adjust: none; }
body { margin: 0; font: 400 17px/28px var(--sans); overflow-wrap: anywhere; text-wrap: pretty; }
:lang(zh) body { line-height: 30px; }
main { max-width: 768px; margin: 0 auto; padding: 56px 32px 96px; }
h1, h2, h3, h4, h5, h6 { font-weight: 600; letter-spacing: -.011em; break-after: avoid; }
:lang(zh) :is(h1, h2, h3, h4, h5, h6) { letter-spacing: normal; }
h1 { font-size: 26px; line-height: 33px; letter-spacing: -.02em; margin: 0 0 12px; text-wrap: balance; }
h2 { font-size: 20px; line-height: 28px; margin: 34px 0 8px; }
h3, h4, h5, h6 { font-size: 17px; line-height: 24px; margin: 28px 0 6px; }
header { border-bottom: 1px solid var(--line); padding-bottom: 14px; margin-bottom: 24px; }
.meta { font-size: 13px; line-height: 20px; color: var(--ink-3); margin: 0; }
.asked { font-size: 14px; line-height: 20px; color: var(--ink-2); margin: 0 0 12px; white-space: pre-line; }
.forced { color: var(--warn); font-weight: 500; }
.boxed { border-left: 2px solid var(--ink); padding-left: 16px; margin: 0 0 24px; font-size: 20px; line-height: 28px;
	font-weight: 500; }
.boxed span { display: block; font-size: 12px; line-height: 16px; font-weight: 400; color: var(--ink-3); }
p { margin: 14px 0; orphans: 3; widows: 3; }
ul, ol { margin: 14px 0; padding-left: 24px; } li { margin: 4px 0; } li::marker { color: var(--ink-3); }
li > :is(p, ul, ol) { margin: 4px 0; } .task-list-item { list-style: none; } .task-list-item input { margin: 0 8px 0 -20px; }
a { color: inherit; text-decoration-color: var(--line-2); text-underline-offset: 3px; } a:hover { text-decoration-color: currentColor; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
sup { font-size: 12px; line-height: 0; font-variant-numeric: tabular-nums; }
sup a { text-decoration: none; color: var(--ink-2); padding: 0 1px; } sup a:hover { text-decoration: underline; }
blockquote { margin: 16px 0; border-left: 2px solid var(--ink); padding-left: 16px; }
code { font-family: var(--mono); font-size: .88em; }
pre { margin: 16px 0; padding: 12px 16px; background: var(--sunk); border: 1px solid var(--line); border-radius: 6px;
	overflow-x: auto; font-size: 14px; line-height: 22px; overflow-wrap: normal; } pre code { font-size: inherit; }
.table { margin: 16px 0; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 20px; overflow-wrap: normal; }
th, td { text-align: left; vertical-align: top; padding: 8px 16px 8px 0; border-bottom: 1px solid var(--line);
	font-variant-numeric: tabular-nums; }
[align="right"] { text-align: right; } [align="center"] { text-align: center; }
th { font-weight: 500; color: var(--ink-3); border-color: var(--line-2); } tr { break-inside: avoid; }
hr { border: 0; border-top: 1px solid var(--line); margin: 24px 0; }
.references { margin-top: 48px; border-top: 1px solid var(--line); padding-top: 18px; font-size: 13px; line-height: 20px; }
.references h2, .footnotes :is(h2, h3) { font-size: 14px; line-height: 20px; letter-spacing: 0; margin: 0 0 8px; }
.references ol { list-style: none; margin: 0; padding: 0; }
.references li { position: relative; margin: 0 0 10px; padding-left: 32px; border-radius: 4px; break-inside: avoid; }
.references li:has(details) { break-inside: auto; }
.references li:target { background: var(--mark); }
.references .n { position: absolute; left: 0; color: var(--ink-3); font-variant-numeric: tabular-nums; }
.references .at { display: block; color: var(--ink-3); font-size: 12px; line-height: 18px; }
.references .at a { text-decoration: none; } .references .at a:hover { text-decoration: underline; }
details { margin-top: 4px; } summary { cursor: pointer; color: var(--ink-2); width: fit-content; }
details pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/20px var(--sans); max-height: 480px; overflow-y: auto; }
.footnotes { margin-top: 40px; font-size: 14px; line-height: 22px; }
@media (max-width: 640px) { body { font-size: 16px; line-height: 26px; } main { padding: 28px 16px 64px; } h1 { font-size: 22px; line-height: 29px; } }
@media print { :root { color-scheme: only light; --paper: #fff; --ink: #000; --ink-2: #333; --ink-3: #555; }
	body { font-size: 10.5pt; line-height: 1.5; } main { max-width: none; padding: 0; } h1 { font-size: 19pt; line-height: 1.25; }
	h2 { font-size: 14pt; } h3, h4, h5, h6 { font-size: 11.5pt; } .boxed { font-size: 13pt; line-height: 1.4; }
	pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 9pt; line-height: 1.45; break-inside: avoid; } .table { overflow: visible; }
	table { font-size: 9.5pt; line-height: 1.4; overflow-wrap: anywhere; } thead { display: table-header-group; }
	.meta, .asked, .references, .footnotes { font-size: 9.5pt; line-height: 1.45; } .references .at { font-size: 9pt; }
	details { display: none; } a { text-decoration-color: #999; } }
@page { size: A4; margin: 20mm 20mm 22mm; }
`;
