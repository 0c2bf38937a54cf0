"""A client of Quietline written from docs/protocol.md alone, in Python, on another MLS implementation (AWS mls-rs).

It imports nothing of the server and nothing of the browser's code: where it and they disagree, one of them or the page is wrong.
What the binding of mls-rs cannot do stands in group.py.
"""
