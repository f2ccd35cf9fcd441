def test_a_browser_that_asks_for_an_icon_finds_one(client):
    answer = client.get("/favicon.ico", follow=True)

    assert answer.redirect_chain[0][0].startswith("/static/timeline/milepost")
    assert b"<svg" in answer.getvalue()  # read to its end, the file is closed
