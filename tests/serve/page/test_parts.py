"""What a cell shows becomes a part of the page, as text wherever it is text."""

import json
import re

from nbformat.v4 import new_markdown_cell, new_output

from toolkit.serve.page.parts import Parts, WidgetParts

VIEW = {"application/vnd.jupyter.widget-view+json": {"model_id": "m1"}, "text/plain": "Page()"}
PARTS = Parts("Raté", "Laissé")


def shown(**data):
    kinds = {name.replace("__", "+").replace("_", "/"): content for name, content in data.items()}
    return PARTS.shown(new_output("display_data", data=kinds))


def test_a_widget_becomes_its_view():
    part = PARTS.shown(new_output("execute_result", data=VIEW))
    assert part == '<agir-view data-model="m1"></agir-view>\n'


def test_of_an_error_its_page_says_what_it_was_told_to_say():
    part = PARTS.shown(new_output("error", ename="", evalue="<Raté>", traceback=["at x"]))
    assert "&lt;Raté&gt;" in part
    assert "at x" not in part


def test_what_is_printed_is_text():
    assert "<pre>&lt;b&gt;\n</pre>" in PARTS.shown(new_output("stream", text="<b>\n"))


def test_an_svg_becomes_a_picture_which_runs_nothing():
    part = shown(image_svg__xml="<svg><script>x</script></svg>")
    assert 'src="data:image/svg+xml;base64,' in part
    assert "<script" not in part


def test_what_only_a_script_could_show_is_said():
    assert "Laissé" in shown(text_html="<b>a</b><script>x</script>")
    assert "Laissé" in shown(application_javascript="x", text_plain="<Javascript object>")
    assert "Laissé" not in shown(text_html="<b>a</b>", application_json="{}")


def test_plain_text_is_never_read_as_markup():
    assert "&lt;script&gt;" in shown(text_plain="<script>")


def test_a_picture_is_shown_as_a_picture():
    assert 'src="data:image/png;base64,AAAA"' in shown(image_png="AAAA\n", text_plain="<Figure>")


def test_prose_for_the_notebooks_reader_stays_in_the_notebook():
    said = new_markdown_cell("# Bonjour")
    assert "<h1" in PARTS.prose(said)
    said.metadata["tags"] = ["notebook-only"]
    assert PARTS.prose(said) == ""


def test_what_voilas_bundle_reads_cannot_end_its_script():
    parts = WidgetParts("Raté", "Laissé", {"appUrl": "voila/"})
    part = parts.shown(new_output("display_data", data={**VIEW, "text/plain": "</script><b>"}))
    assert part.count("</script>") == 1
    text = re.search(r">(\{.*\})<", part)[1]
    assert json.loads(text)["data"]["text/plain"] == "</script><b>"


def test_voilas_bundle_finds_its_kernel():
    told = WidgetParts("Raté", "Laissé", {"appUrl": "voila/"}).kernel("/base/", "k1")
    found = json.loads(re.search(r">(\{.*\})<", told)[1])
    assert found == {"appUrl": "voila/", "baseUrl": "/base/", "kernelId": "k1"}
