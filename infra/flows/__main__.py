"""Write the flow files anew."""

from infra.flows.source import FOLDER, files

for name, text in files().items():
    (FOLDER / name).write_text(text, encoding="utf-8")
