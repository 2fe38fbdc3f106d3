"""The links that an evaluator hands out from a notebook, whatever serves them."""

import pytest

from toolkit import SetupPage
from toolkit.errors import LinkError
from toolkit.evaluation.serving import Lock
from toolkit.text import say

LAN = "http://192.168.1.20:9000/lien/"


def test_links_made_in_a_notebook_point_where_the_folder_is_served(opened):
    opened.links.make("group", "r1")
    asleep = say("setup.links_asleep", "fr")
    with Lock(opened.folder, 9000) as server:
        server.tell(LAN)
        page = SetupPage(opened)
        assert page._links.state["links"][0]["address"].startswith(LAN)
        assert asleep not in page._links.state["text"]
    again = SetupPage(opened)
    assert again._links.state["links"][0]["address"].startswith("http://127.0.0.1:8866/lien/")
    assert asleep in again._links.state["text"]


@pytest.mark.parametrize("more", ["", "?lang=en", "/", " ", "\n", "\u200b"])
def test_a_whole_copied_address_is_the_link_that_it_is(opened, more):
    token = opened.links.make("group", "r1")[0]
    assert opened.links.enter(f" {LAN}{token}{more}", "group").role == "group"


def test_an_address_with_another_token_opens_nothing(opened):
    token = opened.links.make("group", "r1")[0]
    for wrong in (f"{LAN}{token[:-1]}", LAN, f"{LAN}{token}/{token[:-1]}"):
        with pytest.raises(LinkError):
            opened.links.enter(wrong, "group")
