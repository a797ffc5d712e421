"""Rights: what is known of the right to print each piece and picture of a book, and whether it may be printed."""

from anthology.rights.clearance import bars_from_print
from anthology.rights.credit import credit_of
from anthology.rights.permissions import permissions_csv, permissions_of
from anthology.rights.pictures import PictureRight, given_covers, project_path, rights_of_pictures

__all__ = [
    "PictureRight",
    "bars_from_print",
    "credit_of",
    "given_covers",
    "permissions_csv",
    "permissions_of",
    "project_path",
    "rights_of_pictures",
]
