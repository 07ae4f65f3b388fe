"""The newsletter's folder: which issues exist, number N, the earlier ones inside its window, the standing files."""

from composer.home.folder import Home
from composer.home.pictures import PictureError
from composer.home.standing import StandingFiles
from composer.home.window import inside_window

__all__ = ["Home", "PictureError", "StandingFiles", "inside_window"]
