"""Printers and uses: what each takes, as data; one TOML file a profile, and a project may add its own."""

from anthology.printers.load import FOLDER as FOLDER
from anthology.printers.load import PROFILES as PROFILES
from anthology.printers.load import known_profiles as known_profiles
from anthology.printers.load import load_profile as load_profile
from anthology.printers.model import Colour as Colour
from anthology.printers.model import CoverRules as CoverRules
from anthology.printers.model import Forbidden as Forbidden
from anthology.printers.model import GutterBand as GutterBand
from anthology.printers.model import Paper as Paper
from anthology.printers.model import Profile as Profile
from anthology.printers.model import Sides as Sides
