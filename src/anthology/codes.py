"""Every code that a problem can carry, and what it means. A code is stable: editors and scripts rely on it."""

from __future__ import annotations

from anthology.checking.codes import CODES as CHECKING_CODES
from anthology.config.codes import CODES as CONFIG_CODES
from anthology.cover.codes import CODES as COVER_CODES
from anthology.importers.codes import CODES as IMPORTER_CODES
from anthology.importers.web.codes import CODES as WEB_CODES
from anthology.importing.codes import CODES as IMPORTING_CODES
from anthology.indexes.codes import CODES as INDEX_CODES
from anthology.people.codes import CODES as PEOPLE_CODES
from anthology.plan.codes import CODES as PLAN_CODES
from anthology.preview.codes import CODES as PREVIEW_CODES
from anthology.printers.codes import CODES as PRINTER_CODES
from anthology.proofs.codes import CODES as PROOF_CODES
from anthology.read.codes import CODES as READING_CODES
from anthology.relate.codes import CODES as RELATE_CODES
from anthology.style.codes import CODES as STYLE_CODES
from anthology.verify.epub.codes import CODES as E_BOOK_CODES
from anthology.verify.lints.codes import CODES as LINT_CODES
from anthology.verify.preflight.codes import CODES as PREFLIGHT_CODES

CODES: dict[str, str] = {
    "A001": "error: two articles have one id",
    "A002": "error: there are no articles",
    "A003": "warning: a folder of content/ is in no section",
    "A004": "warning: a section has no articles",
    "A005": "warning: a section lists an article that is not there",
    "A006": "warning: an article names a section that does not exist",
    "A007": "error: an introduction belongs to no section",
    "B001": "error: there is no anthology.toml",
    "B002": "error: there is no such edition",
    "B003": "error: there is no such article",
    "B004": "error: the folder for a new anthology is not empty",
    "B005": "error: the disk refuses to be written to",
    "B006": "error: Pango is missing on this machine",
    "B007": "error: a file of the project lies outside it, is a pipe or a device, is too large, or may not be read",
    "B008": "error: SOURCE_DATE_EPOCH is no day",
    "B009": "error: no edition is listed",
    "B010": "error: an article takes too much time or memory to read, or ends the process that reads it",
    "B011": "error: Dask is missing on this machine, which a cluster needs",
    "B012": "error: there is no cluster at an address, or it has no workers, or was lost",
    "B013": "error: a worker of a cluster has other versions of what makes a book",
    "B014": "warning: an e-book lists no pages, since the edition that has them cannot be made",
    "B015": "error: a proof or an article alone is not handed over",
    "B016": "error: an edition asks for what its printer does not take",
    "B017": "error: the colour profile of a press is missing, or is for other colours",
    "B018": "error: there is no such code of a problem",
    "B019": "warning: an article is left out of a book, because of its errors",
    "B020": "error: a folder to be handed over holds other files",
    "B021": "warning: an edition that is handed over has no ISBN",
    "B022": "error: an e-book that is to be handed over breaks the rules of EPUB",
    "B023": "error: a PDF that is to be handed over breaks a standard that it claims",
    "B024": "error: an edition is handed over without the cover that its printer wants",
    "B031": "warning: others may write into the folder of a cache, and it is not used",
    "B032": "error: a file that was to be written was changed by somebody else meanwhile",
    "B033": "error: no folder for temporary files can be written to",
    **PREVIEW_CODES,
    **CONFIG_CODES,
    **CHECKING_CODES,
    **E_BOOK_CODES,
    **LINT_CODES,
    **PROOF_CODES,
    **PLAN_CODES,
    **STYLE_CODES,
    "I008": "error: the cover picture is missing or cannot be used",
    "I009": "warning: the cover lacks characters that no typeface has",
    "I013": "warning: the cover picture is too small for shops",
    **RELATE_CODES,
    **COVER_CODES,
    **IMPORTER_CODES,
    **WEB_CODES,
    **IMPORTING_CODES,
    "L005": "warning: a link leads to nothing in the book",
    "L006": "warning: a link leads to a place that is not in its article",
    **PEOPLE_CODES,
    "P001": "error: a block of an article does not stand in an edition, or not whole, or nobody sees it",
    "P002": "error: no typeface has a character that an edition needs",
    "P003": "warning: the typesetter complained",
    "P004": "error: page numbers do not settle, because printing them moves what they point to",
    "P005": "warning: a block of an article stands in an edition more than once",
    "P006": "error: an article takes too much time or memory to set, or ends the process that sets it",
    "P007": "error: a picture of an article cannot be printed",
    "P008": "warning: an e-book does not claim the conformance that is stated, for something speaks against it",
    "P009": "error: a picture of an article cannot be made fit for the e-book",
    "P010": "warning: an article is longer in an e-book than some e-readers open",
    "P011": "warning: an edition on paper leaves out addresses that its articles link to",
    "R001": "error: the rights to an article are not cleared; in a proof, a warning",
    "R002": "error: the rights to a picture are not cleared; in a proof, a warning",
    "R003": "warning: a record of rights names a picture that is not there",
    "R004": "warning: nothing shows a picture of whose rights a record tells",
    **READING_CODES,
    "S001": "error: a template of the project is at fault",
    "S002": "error: a style sheet of the project cannot be read",
    "S003": "warning: nothing uses a template or style sheet of the project",
    "S004": "error: a template or style sheet is not UTF-8",
    "S005": "error: the styles print in a margin what cannot be written there late",
    "S006": "error: a template of the project makes what an e-book may not hold",
    "S007": "warning: something in the styles of the project is left out of the e-book",
    **INDEX_CODES,
    "S008": "warning: something in the styles of the project is left out of a PDF, or does nothing there",
    "S009": "error: an edition asks for a theme that is not there",
    **PRINTER_CODES,
    **PREFLIGHT_CODES,
}
