"""The people and places of the sandbox that examples and tests may count on; constants of every
phase.

They are registered first, so that they are the same for every seed. `sandbox.showcase_people`
writes them.
"""

# A family of four at Raadhuisplein 1; the mother is the citizen of the demonstration.
BURGER_BSN = "999900018"  # Sanne Maria Weidevinder, married to
PARTNER_BSN = "999900031"  # Emre Karabey, born in Türkiye, two nationalities, parents without BSN
DAUGHTER_BSN = "999900043"  # Elif Johanna Karabey, twelve years old
SON_BSN = "999900055"  # Daan Karabey, nine years old
HOME_NUMMERAANDUIDING = "0999200000000001"
HOME_OBJECT = "0999010000000001"
HOME_PAND = "0999100000000001"
HOME_POSTCODE, HOME_HUISNUMMER = "8995AA", 1

GRANDMOTHER_BSN = "999900067"  # Johanna van der Lisveld, mother of the mother, widow
DECEASED_BSN = "999900079"  # Pieter Hendrik Weidevinder, her husband, died in 2024

CONFIDENTIAL_BSN = "999900080"  # geheimhouding, and a predicaat: jonkvrouw Iris Kuipersloot
NEVENADRES_BSN = "999900092"  # registered at the nevenadres Raadhuisplein 5
NEVENADRES_NUMMERAANDUIDING = "0999200000000004"
LONE_PARENT_BSN = "999900109"  # eenhoofdig ouderlijk gezag over Romeo, 999900110
SHARED_OBJECT = "0999010000000006"  # six residents of six heritages, Raadhuisplein 7B

GUARDIAN_BSN = "999900195"  # Marieke van der Lisveld: voogdij and gezamenlijk gezag
WARD_BSN = "999900213"  # voogdij by two known derden
INSTITUTION_WARD_BSN = "999900225"  # voogdij by nobody known
NO_CUSTODY_BSN = "999900237"  # tijdelijk geen gezag
SHARED_CUSTODY_BSN = "999900249"  # gezamenlijk gezag of a parent and a known derde
UNCLEAR_CUSTODY_BSN = "999900250"  # gezag niet te bepalen, in onderzoek
UNKNOWN_THIRD_BSN = "999900262"  # gezamenlijk gezag of a parent and an unknown derde

CARE_HOME_OBJECT = "0999010000000008"  # thirty-four residents: tooManyResults
CARE_HOME_NUMMERAANDUIDING = "0999200000000009"
OFFICE_OBJECT = "0999010000000009"  # the town hall: one briefadres, nobody lives there

ABROAD_BSN = "999900663"  # emigrated; three address lines and a country; rni, verificatie
UNTRACEABLE_BSN = "999900675"  # verblijfplaats onbekend
LOCATION_BSN = "999900687"  # lives on a ship without an address
STATELESS_BSN = "999900699"  # staatloos, verblijfstitel, briefadres, birth date unknown
TREATED_AS_DUTCH_BSN = "999900705"
FOUND_FOREIGN_BSN = "999900717"  # vastgesteld niet-Nederlander; an address without BAG ids
NATIONALITY_UNKNOWN_BSN = "999900729"
EU_CITIZEN_BSN = "999900730"  # excluded from the European vote until 2029
DOUBTED_BSN = "999900742"  # nearly everything in onderzoek; does not live at the address; curatele
MINISTERIAL_BSN = "999900754"  # suspended by ministerieel besluit; a baron
NON_RESIDENT_BSN = "999900766"  # only ever in the RNI
UNKNOWN_SEX_BSN = "999900778"  # geslacht onbekend, birth date without day

# Valid by the elfproef, but nobody has it.
NOBODY_BSN = "999999990"

# The Handelsregister: bakkerij, jachthaven and coöperatie also take part in zaken.
BAKKERIJ_KVK, BAKKERIJ_RSIN = "99900100", "888800009"
BAKKERIJ_VESTIGING = "000099900000"
VOF_KVK, VOF_RSIN = "99900135", "888800058"  # a partnership: a RSIN, and no rechtspersoon
STICHTING_KVK = "99900107"  # a vestiging that is not commercial
COOPERATIE_KVK = "99900149"  # twenty-five vestigingen
EENMANSZAAK_KVK, EENMANSZAAK_VESTIGING = "99901000", "000099901000"  # the citizen's, at home
AFGESCHERMD_KVK, AFGESCHERMD_VESTIGING = "99901028", "000099901028"  # the address is shielded
OPGEHEVEN_KVK, OPGEHEVEN_VESTIGING = "99900800", "000099900800"  # ended; dates not wholly known
BUITENLAND_KVK, BUITENLAND_RSIN = "99900807", "888800150"  # an address abroad, no vestiging
NERGENS_KVK, NERGENS_VESTIGING = "99999999", "999999999999"  # nobody has these

# Customers, what they hold, and places: the citizen is a customer of five contacts, four products.
KLANT_UUID = "39df0ea2-c61b-472d-9e3c-ab6d5e897142"  # the citizen at Klantinteracties
OVERGENOMEN_VESTIGING = "000099900000"  # of the bakkerij, and once of STICHTING_KVK
HOME_LOCATIE = "adr-c5db7aa1bacdd5d08966b49fe75b1d94"  # Raadhuisplein 1 at the Locatieserver
HOME_PERCEEL = "pcl-1454b2903de673b6817e5e28d300496d"  # the ground under it, there as well

# The Kadaster: the family owns its home together, with a mortgage and both kinds of restrictions.
HOME_ZAAK = "99980000010000"
HOME_AANDUIDING, HOME_AANDUIDING_CODE = "Weidevaart A 1", "WDV00 A 1"
SEIZED_ZAAK = "99980000020000"  # of the grandmother; the municipality has seized it
SPLIT_ZAAK, FLAT_ZAAK = "99980000110000", "99980000110001"  # a perceel and its first flat
KADASTER_PERSOON = "99972000"  # lives abroad and is not in the BRP
KADASTER_BANK = "99971000"  # holds the mortgages
KADASTER_STICHTING = "99973000"  # owns too much to be given

HOME_WOZ_OBJECT = "099900000001"  # an objection, a revision and an annulment
WOONSTICHTING_RSIN, WOONSTICHTING_KVK = "888800101", "99900163"  # owns some three hundred homes

# Papers of the citizen: a permit that was asked for, and a parking permit that was given.
PERMIT_ZAAK = "105d4d25-d597-490c-9ed6-0bc9d70e8bae"  # open; a drawing in three versions
PARKING_ZAAK = "78c7d55b-56d1-4a5f-9c89-4c9c3aca232a"  # closed; refused, by a besluit with a letter
DRAWING_DOCUMENT = "c25dc0f9-33c9-44b0-8d1b-dd722fa5cdb1"  # 2,5 MB in its last version
SKETCH_DOCUMENT = "41f9ff51-e796-47af-86dd-007c48a0891a"  # HTML, under a name made to trip over
PARKING_BESLUIT = "48cd91d5-a078-410b-80e2-d24cb84d1d4c"

# Objects: a laadpaal before the home of the family, repaired on 1 November 2025; two
# parkeervergunningen of the citizen, the second given in a zaak, and one of the partner.

# Travel documents, and who lived where before: the home of the family stood empty in 2005, the
# town hall took in more than a hundred people in the winter of 2021.
BURGER_PASPOORT, BURGER_IDENTITEITSKAART = "NX0000100", "IX0000111"
VERMIST_PASPOORT = "NX0000122"  # of the citizen, who has it no longer
ONBEKEND_REISDOCUMENT = "NX9999999"  # nobody has it
GRANDMOTHERS_OBJECT = "0999010000000002"  # the citizen grew up here
CROWDED_OBJECT = "0999010000000010"  # moved in and out of; a mogelijke bewoner in March 2023
