from contextlib import closing


def test_a_browser_that_asks_for_an_icon_finds_one(client):
    with closing(client.get("/favicon.ico", follow=True)) as answer:
        assert answer.redirect_chain[0][0].startswith("/static/timeline/milepost")
        assert answer.status_code == 200
