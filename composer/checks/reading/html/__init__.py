"""The finished HTML as a browser sees it, and whom it comes from."""
