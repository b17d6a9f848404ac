"""What ``fields`` and ``expand`` of BRK bevragen 2.0 may name, by kind of record; startup."""

from collections.abc import Mapping, Sequence

from sandbox.brk_selection import Tree, tree

CODED = "(code waarde)"
SHARE = "(teller noemer)"
AMOUNT = f"(som valuta{CODED})"
PERSON = "(identificatie omschrijving type)"
DEEDS = "stukIdentificaties isVermeldInStukdeelIdentificaties"
ON_PART = f"{DEEDS} isGebaseerdOpStukdeelIdentificatie"
ON_PARTS = f"{DEEDS} isGebaseerdOpStukdeelIdentificaties"
PLACE = f"""straat huisnummer huisletter huisnummertoevoeging postcode woonplaats
    nummeraanduidingIdentificatie adresregel1 adresregel2 adresregel3 land{CODED}"""
FILIATION = f"(aard{CODED} kadastraalOnroerendeZaken(identificatie type indicatieSluimerend))"
OWN = "identificatie domein"
KNOWN = f"""{OWN} omschrijving indicatieNietToonbareDiakriet beschikkingsbevoegdheid{CODED}
    woonadres({PLACE}) postadres({PLACE} postbusnummer) kadastraalOnroerendeZaakIdentificaties"""
NAME = "geslachtsnaam voornamen voorvoegsel"
NOTE = f"aard{CODED} omschrijving"

ZAAK = tree(f"""{OWN} type indicatieVervallen begrenzingPerceel perceelnummerRotatie
    plaatscoordinaten koopsom(koopsom koopjaar indicatieMetMeerObjectenVerkregen)
    toelichtingBewaarder aardCultuurBebouwd{CODED} aardCultuurOnbebouwd{CODED}
    kadastraleAanduiding kadastraleGrootte(soortGrootte{CODED} waarde)
    perceelnummerVerschuiving(deltax deltay)
    adressen({PLACE} koppelingswijze{CODED} adresseerbaarObjectIdentificatie)
    gesplitstZakelijkRecht zakelijkGerechtigdeIdentificaties hypotheekIdentificaties
    privaatrechtelijkeBeperkingIdentificaties beslagIdentificaties
    isOvergegaanIn{FILIATION} isOntstaanUit{FILIATION} bijbehorendeGrondpercelen(identificatie)
    bijbehorendeAppartementsrechten(identificatie volgnummer indicatieSluimerend)
    isVermeldInStukdeelIdentificaties stukIdentificaties indicatieSluimerend""")
GERECHTIGDE = tree(f"""identificatie type aanvangsdatum persoon{PERSON} zakelijkRecht({ON_PARTS})
    erfpachtCanon(soortErfpachtCanon{CODED} jaarlijksBedrag{AMOUNT} betrefMeerOnroerendeZaken
        einddatumAfkoop indicatieOudeOnroerendeZaakBetrokken {ON_PART})
    tenaamstelling(aandeel{SHARE} burgerlijkeStaatTenTijdeVanVerkrijging{CODED}
        verkregenNamensSamenwerkingsverband{CODED} gezamenlijkAandeel{SHARE}
        aantekeningen({NOTE} {OWN} einddatum einddatumRecht {ON_PART})
        betrokkenPartner{PERSON} betrokkenSamenwerkingsverband{PERSON}
        betrokkenGorzenEnAanwassen{PERSON} {ON_PARTS})""")
HYPOTHEEK = tree(f"""{OWN} aandeelInBetrokkenRecht{SHARE} gedeeltelijkeBezwaringOudObject
    omschrijvingBetrokkenRecht{CODED} toelichtingBewaarder betreftGedeelteVanPerceel
    aantekeningen({NOTE} betreftGedeelteVanPerceel) hypotheekhouders{PERSON}
    bedragZekerheidsstelling{AMOUNT} omschrijvingGekozenWoonplaats {ON_PART}""")
BESLAG = tree(f"""{OWN} aandeelInBetrokkenRecht{SHARE} gedeeltelijkeBezwaringOudObject
    omschrijvingBetrokkenRecht{CODED} toelichtingBewaarder aard{CODED} aantekeningen({NOTE})
    beslagleggers{PERSON} bedragVordering{AMOUNT} {ON_PART}""")
PRIVAAT = tree(f"{OWN} {NOTE} einddatum einddatumRecht {ON_PART}")
PUBLIEK = tree(
    f"{OWN} grondslag{CODED} datumInWerking datumBeeindiging bevoegdGezag{PERSON} {ON_PART}"
)
STUK = tree(f"""{OWN} toelichtingBewaarder stukdeelIdentificaties bewaardersVerklaring
    deelEnNummer(deel nummer reeks{CODED} registercode{CODED} soortRegister{CODED})
    indicatieTekeningBijgevoegd aard{CODED} status{CODED}
    equivalentieVerklaarder({NAME} standplaats)
    kadasterverzoeken(aard{CODED} redenenVerzoek(redenOmschrijving reden{CODED}))""")
STUKDEEL = tree(f"""{OWN} aard{CODED} bedragTransactiesomLevering{AMOUNT}
    omschrijvingKadastraleObjecten omschrijvingTopografischeMutatie""")
NATUURLIJK = tree(f"""{KNOWN} landWaarnaarVertrokken{CODED} geslachtsaanduiding
    heeftPartnerschap(naam({NAME})) naam({NAME} aanschrijfwijze aanhef gebruikInLopendeTekst)
    geboorte(plaats datum(dag datum jaar maand) land{CODED})
    overlijden(datum(dag datum jaar maand))""")
NIET_NATUURLIJK = tree(f"{KNOWN} statutaireNaam statutaireZetel rechtsvorm{CODED} kvkNummer rsin")

ALWAYS: Sequence[str] = ("identificatie", "domein", "type")
RELATIONS: Mapping[str, tuple[Tree, Sequence[str]]] = {
    "zakelijkGerechtigden": (GERECHTIGDE, ("identificatie", "type")),
    "privaatrechtelijkeBeperkingen": (PRIVAAT, ALWAYS),
}
OF_STUK: Mapping[str, tuple[Tree, Sequence[str]]] = {"stukdelen": (STUKDEEL, ALWAYS)}
