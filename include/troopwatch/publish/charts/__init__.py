"""Charts of the reports: drawn by Altair when a report is made, as SVG that needs no script and no font of its own."""
