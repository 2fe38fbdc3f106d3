"""Failures that a person can act on."""

from toolkit.errors import EvaluationError, Problem
from toolkit.text import Text, both


def test_a_fault_names_its_file_line_and_remedy():
    fault = Problem(
        "trust.yaml", 14, "scales.trust", Text(fr="Faux.", en="Wrong."), both("check.add_it")
    )
    assert fault.say("en").startswith("trust.yaml:14 (scales.trust) Wrong. ")
    assert fault.say("fr").endswith(both("check.add_it").fr)


def test_a_failure_says_all_its_faults_a_line_each():
    fault = Problem("a.toml", 0, "", Text(fr="Faux.", en="Wrong."), Text(fr="Ôtez.", en="Remove."))
    error = EvaluationError(Text(fr="Inutilisable :", en="Unusable:"), (fault, fault))
    assert error.say("en") == "Unusable:\na.toml Wrong. Remove.\na.toml Wrong. Remove."


def test_a_notebook_shows_sentences_in_both_languages_and_no_stack():
    error = EvaluationError(both("folder.exists", folder="ici"))
    assert error._render_traceback_() == [error.say("fr"), error.say("en")]
