"""How a report looks, on a screen and on two sheets of A4; ink and greys only."""

PAGE_STYLE = """
@page { size: A4; margin: 8mm 12mm; }
* { box-sizing: border-box; }
html { background: #e4e4e4; }
body { margin: 0; color: #222; font: 8.1pt/1.28 "Helvetica Neue", Arial, "Liberation Sans",
  "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
.page { width: 210mm; max-width: 100%; margin: 6mm auto; padding: 11mm 12mm; background: #fff; }
h1 { margin: 0; font-size: 15pt; line-height: 1.15; }
h2 { margin: 2mm 0 0.8mm; font-size: 10pt; break-after: avoid; }
header p { margin: 0.6mm 0 0; font-size: 9.5pt; color: #555; }
p { margin: 0 0 1.2mm; }
.answer { margin: 2mm 0; padding: 0.4mm 0 1mm 4mm; border-left: 1.2mm solid #222; }
.answer h2 { margin-top: 0.6mm; font-size: 8.1pt; text-transform: uppercase;
  letter-spacing: .06em; }
.answer p { font-size: 10.2pt; line-height: 1.32; margin: 0; }
.answer p + p { margin-top: 1mm; font-size: 8.6pt; color: #555; }
figure { margin: 1mm 0; break-inside: avoid; }
img { display: block; width: 100%; height: auto; }
figcaption, caption { font-size: 7.2pt; color: #555; }
caption { text-align: left; padding-bottom: 0.8mm; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.35mm 0 0.35mm 3mm; text-align: right; vertical-align: baseline;
  white-space: nowrap; }
th:first-child { padding-left: 0; text-align: left; }
tbody th { font-weight: normal; }
thead th { border-bottom: 0.4mm solid #222; }
tbody tr { border-bottom: 0.2mm solid #d9d9d9; break-inside: avoid; }
ul { margin: 0; padding-left: 4mm; }
li { margin-bottom: 0.3mm; }
dl { margin: 0; }
dl div { margin-bottom: 0.3mm; }
dt, dd { display: inline; margin: 0; }
dt { font-weight: bold; }
dt::after { content: ": "; }
pre { margin: 0 0.5mm 1mm 0; padding: 0.8mm 1.5mm; border: 0.2mm solid #707070; font-size: 7.4pt;
  white-space: pre-wrap; }
.columns { columns: 2; column-gap: 6mm; font-size: 7.8pt; }
.columns h2 { margin-top: 1.6mm; }
.columns section:first-child h2 { margin-top: 0; }
@media (max-width: 170mm) { .columns { columns: 1; } th, td { white-space: normal; } }
@media print {
  html { background: none; }
  .page { width: auto; margin: 0; padding: 0; }
  .page + .page { break-before: page; }
}
"""
