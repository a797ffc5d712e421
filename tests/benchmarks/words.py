"""The vocabulary of the synthetic articles: enough different words that lines break and hyphenate as in real ones."""

# ruff: noqa: SIM905 - a vocabulary is read, and added to, as text

NOUNS = """
almanac anchorage apprentice aqueduct argument atlas auction bakery balcony ballad barometer bell blueprint
boathouse bookbinder botanist bottle boundary brickwork broadcast candle canal caravan cartographer cellar ceremony
chandelier chimney chronicle clockmaker coastline collection compass competition confession conservatory
controversy courtyard cupboard curiosity customs decision democracy diagram dialect dictionary embroidery
encyclopaedia engraving estuary examination ferry festival fisherman foundry fountain fragment furniture glacier
glossary granary greenhouse guidebook gunpowder handwriting harvest headland hospital hypothesis inheritance
innkeeper inscription insurance inventory invitation island jacket journey keeper landlord lantern laundry lecture
ledger legislation lighthouse locksmith loom magistrate marriage mathematics meadow merchant meridian microscope
migration mill miniature mountaineer museum mystery negotiation nursery observatory occupation omnibus orchard
ornament oyster painting pamphlet pasture pendulum performance pharmacist philosophy pilot plaster playground
portrait postcard pottery predecessor profession prophecy quarantine quarry rainfall reckoning recipe reputation
reservoir restaurant ritual sailmaker schoolroom sculpture secretary shadow shipwright silence smuggler society
specimen stable staircase statistics storehouse suitcase superstition surveyor tapestry telegram temperature
testimony theatre thunderstorm timetable toolbox tournament tradesman turbine typewriter umbrella upholstery
vineyard vocation voyage warehouse watchman waterfall wheelwright windmill witness
""".split()

ADJECTIVES = """
abandoned accurate ambitious ancient artificial autumnal awkward borrowed brilliant ceremonial cheerful circular
colonial comfortable commercial conspicuous corrugated crooked decorative democratic disputed domestic eccentric
elaborate elementary enormous exhausted extraordinary faithful fashionable ferocious fragile granite handmade hidden
hospitable illegible immovable impatient improbable industrious inexpensive inland invisible latest lopsided
mechanical melancholy mediterranean modest mysterious narrow neighbouring notorious obsolete official
old-fashioned ornamental painted parliamentary patient peculiar permanent philosophical picturesque portable
precarious prosperous rebuilt respectable restless rural scientific scrupulous seaside sensible seventeenth-century
shallow sleepless solitary splendid symmetrical temporary tidal transatlantic unassuming unfinished uninhabited
unusual upstairs vertical volcanic waterproof weathered wooden
""".split()

VERBS = """
admired advertised analysed announced arranged assembled avoided blamed carried catalogued celebrated collected
commissioned concealed condemned confirmed contradicted copied corrected counted deciphered dedicated delayed
delighted dismantled displayed divided documented dominated encouraged enlarged exaggerated exchanged excavated
financed forgave founded furnished glorified guarded illuminated imitated improved inherited inspected interrupted
invented justified labelled lengthened maintained manufactured memorised misunderstood mourned neglected numbered
observed outlived painted photographed postponed predicted protected purchased puzzled rebuilt reconsidered
regretted rehearsed remodelled replaced rescued resembled restored revealed ridiculed sheltered simplified sketched
supervised surrounded tolerated transported undermined unveiled visited weighed welcomed whitewashed
""".split()

ADVERBS = """
abruptly accidentally anxiously apparently brilliantly cheerfully conscientiously diligently elsewhere faithfully
finally generously gradually hastily incidentally inevitably meanwhile mysteriously obstinately officially
originally patiently presumably privately reluctantly reportedly secretly seldom somehow steadily subsequently
triumphantly unanimously
""".split()

PREPOSITIONS = "above along around behind below beneath beside beyond inside near opposite outside through within".split()

DETERMINERS = ("the", "the", "the", "the", "this", "that", "another", "his", "her", "its", "one", "some")

SEASONS = ("spring", "summer", "autumn", "winter")

SPEECH = ("said", "wrote", "replied", "recalled", "noted", "insisted")

GIVEN_NAMES = """
Adaeze Bertrand Carmen Davinia Esteban Fiona Gustav Henrike Ismael Jolanda Kwame Ludmila Magnus Noémie Ottilie
""".split()

FAMILY_NAMES = """
Abernathy Bielecki Castellanos Ferreira Grünwald Haverkamp Ivarsson Jephcott Kurosawa Mbeki Ó'Ceallaigh Žižka
""".split()
