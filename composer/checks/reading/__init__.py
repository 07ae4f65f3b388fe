"""How rules read what they look at; every module here serves several of them."""
