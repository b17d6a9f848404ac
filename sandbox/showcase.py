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
