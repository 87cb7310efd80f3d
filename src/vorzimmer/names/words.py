"""Words around names: titles, degrees, particles, legal forms, and frequent names.

Facts, gathered by hand and kept small; in lower case and without accents.
"""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Return the words that stand between blanks."""
    return frozenset(words.split())


# Stand before a name, or between first and last name, and never are a name.
TITLES = word_set(
    """
    dr prof ddr dipl mag ing doz pd priv univ herr frau hr fr mr mrs ms sir dring
    drmed drphil drjur drrernat drhc dipling diplkfm diplkffr diplbw diplinf
    diplpsych dkfm dkffr profdr univprof hofrat mmag
    """
)

# Of these, the ones that are a name, too, unless written with a dot or in lower case.
MARKED_TITLES = word_set("mag ing pd fr hr priv univ doz dipl")

# Follow a title ("Dr. rer. nat."); with a dot or in lower case only, since Phil and
# Nat are first names, too.
TITLE_TAILS = word_set(
    """
    rer nat med phil jur iur oec pol habil hc techn mont theol vet dent agr ing univ
    soc sc paed psych et dr mult fh
    """
)

# Stand behind a name.
CREDENTIALS = word_set(
    """
    ba bba bsc bed beng barch bs llb llm ma mba mbr mbl mas msc mbchb md meng march
    mpa mph mphil ms mres mim emba phd dphil dba edd jd esq rn cpa cfa cma cia cisa
    cism cissp cipp cippe caia frm pmp psm csm cspo pmi itil prince six sigma acca
    aca fca fcca cima mcipd shrm sphr cipd ceng pe pgdip pgce dea habil fh mag dipl
    dr prof jun jr sr ii iii iv
    """
)

# Belong to the last name that follows.
PARTICLES = word_set(
    """
    von vom zu zum zur van vander den der ter ten te de del della dello di da do dos
    das du des la le las los lo af av al el bin ibn ben abu freiherr freifrau st san
    """
)
# Join two last names, in lower case ("Ortega y Gasset").
JOINERS = word_set("y e i und")
# Belong to the last name only when one of the particles follows: Graf is a name.
NOBLE = word_set("graf baron freiherr freifrau furst prinz ritter edler")

# How people call themselves, and what may stand in the passport.
CALL_NAMES: dict[str, tuple[str, ...]] = {
    "alex": ("alexander", "alexandra"),
    "andi": ("andreas",),
    "andy": ("andreas", "andrew"),
    "anni": ("anna",),
    "basti": ("sebastian",),
    "ben": ("benjamin",),
    "bernd": ("bernhard",),
    "bill": ("william",),
    "bob": ("robert",),
    "burgi": ("walburga", "notburga"),
    "chris": ("christian", "christopher", "christoph", "christina", "christine"),
    "conny": ("cornelia",),
    "dan": ("daniel",),
    "dave": ("david",),
    "ed": ("edward",),
    "ferdl": ("ferdinand",),
    "flo": ("florian",),
    "franzi": ("franziska",),
    "fritz": ("friedrich",),
    "gabi": ("gabriele",),
    "geri": ("gerhard", "gerald"),
    "gerti": ("gertrude", "gertraud"),
    "gitti": ("brigitte",),
    "gustl": ("august", "gustav"),
    "hannes": ("johannes", "johann"),
    "hans": ("johannes", "johann"),
    "hansi": ("johann", "johannes"),
    "heinz": ("heinrich",),
    "jim": ("james",),
    "jo": ("johannes", "johanna", "joseph"),
    "jochen": ("joachim",),
    "jon": ("jonathan",),
    "kate": ("katherine", "catherine"),
    "kathi": ("katharina",),
    "kati": ("katharina",),
    "klaus": ("nikolaus",),
    "lisi": ("elisabeth",),
    "lisl": ("elisabeth",),
    "liz": ("elizabeth",),
    "lois": ("alois",),
    "manu": ("manuel", "manuela"),
    "matt": ("matthew",),
    "max": ("maximilian",),
    "michi": ("michael", "michaela"),
    "mike": ("michael",),
    "mitzi": ("maria",),
    "moni": ("monika",),
    "nick": ("nicholas", "nicolas"),
    "niko": ("nikolaus", "nikolas"),
    "pepi": ("josef", "josefa", "josefine"),
    "poldi": ("leopold", "leopoldine"),
    "resi": ("theresia", "therese"),
    "rob": ("robert",),
    "rudi": ("rudolf",),
    "sam": ("samuel", "samantha"),
    "sandra": ("alexandra",),
    "schorsch": ("georg",),
    "seb": ("sebastian",),
    "sepp": ("josef",),
    "steffi": ("stefanie", "stephanie"),
    "steve": ("steven", "stephen"),
    "susi": ("susanne",),
    "tim": ("timothy",),
    "tobi": ("tobias",),
    "tom": ("thomas",),
    "toni": ("anton", "antonia"),
    "tony": ("anthony",),
    "traudl": ("gertraud", "waltraud"),
    "uli": ("ulrich", "ulrike"),
    "ute": ("uta",),
    "vroni": ("veronika",),
    "wastl": ("sebastian",),
    "will": ("william",),
    "willi": ("wilhelm",),
    "wolfi": ("wolfgang",),
    "xandl": ("alexander", "alexandra"),
}

COMMON_FIRST = word_set(
    """
    achim adam ahmad ahmed ahmet alex alexander alexandra ali alice amanda amit amy
    ana andrea andreas andrew angela angelika anil anita anja anke anna anne annette
    antonio anton arjun armin astrid barbara bastian beate ben benjamin bernd
    bernhard bettina bianca birgit bjorn boris brian brigitte bruno caroline carlos
    carmen carsten catherine charles charlotte chris christa christian christiane
    christina christine christoph christopher claudia claus clara cornelia dagmar
    daniel daniela david deepak denis dennis diana dieter dirk dominik doris eduard
    elena elizabeth elisabeth elke ellen emily emma emre eric erik erika eva fabian
    fatma felix fernando florian francesco frank franz franziska friedrich gabriel
    gabriele georg george gerald gerd gerhard gisela giovanni giuseppe guido gunter
    gunther hannah hanna hans harald hartmut heike heiko heinrich heinz helga helmut
    hendrik henning henry herbert hermann holger horst hubert ines ingo ingrid irina
    isabel jack jakob james jan jana jane janina jason jean jennifer jens jessica
    jing joachim joao joe johann johanna johannes john jonas jonathan jorg jose
    josef joseph juan julia julian jurgen jutta kai karen karin karl karsten kathrin
    katharina katja katrin kerstin kevin klaus konrad konstantin krzysztof kumar
    lars laura lea lena leon leonie linda lisa luca luis lukas lutz magdalena maik
    mandy manfred manuel manuela marc marcel marco marcus maria marie mario marion
    mark marko markus marta martin martina mary matthew matthias max maximilian
    mehmet melanie michael michaela michal michelle miguel mike min mirko mohamed
    mohammad mohammed monika moritz muhammad mustafa nadine nancy natalie nicole
    nico niklas nils nina norbert oksana olaf olga oliver olivia omar otto pablo
    pascal patricia patrick paul paula pavel pedro peter petra philip philipp pia
    piotr priya rahul rainer raj rajesh ralf ralph raphael rebecca regina reinhard
    rene renate ricardo richard robert roland rolf roman ronald ronny rudiger rudolf
    ruth ryan sabine sabrina sam samuel sandra sanjay sara sarah sascha sebastian
    sergio silke silvia simon simone sofia sonja soren stefan stefanie steffen
    stephan stephanie stephen steven sunil susan susanne sven svenja sylvia tanja
    tatiana theo theresa thomas thorsten tim timo tina tobias tom torsten udo ulf
    uli ulrich ulrike ursula ute uwe vanessa vera verena veronika victor viktor
    viktoria vikram vincent volker walter wei werner wilhelm william wolfgang yan
    yasmin yusuf yvonne zhang
    """
)

COMMON_LAST = word_set(
    """
    adams ahmed albrecht ali allen anderson arnold bach baker barth bauer baumann
    bayer beck becker berg berger bergmann bernard bianchi bohm bohme bottcher
    brandt braun brown brunner busch campbell carter chen choi clark collins costa
    cruz davies davis demir dietrich dubois edwards egger engel ernst esposito evans
    fernandez ferrari fischer frank franke friedrich fuchs garcia gartner geiger
    gomez gonzalez graf green gross gruber gunther gupta haas hahn hall hansen
    harris hartmann heinrich heinz hermann herrmann hernandez hill hofer hoffmann
    hofmann horn huang huber hughes hussain ivanov jackson jager jansen jensen
    johansson johnson jones jovanovic jung kaiser kaufmann kaya keller khan kim king
    klein kohler koch konig kovac kowalski kramer kraus krause kruger kuhn kumar
    lang lange larsen lee lehmann lewis li lin liu long lopez lorenz ludwig maier
    martin martinez mayer meier meyer miller mitchell moller moore moreau morgan
    morris moser muller murphy nelson neumann nguyen nielsen nowak otto parker patel
    pereira perez peters petersen peter pfeiffer phillips pichler pohl popov price
    rao reiter reinhardt richter roberts robinson rodriguez roman rossi roth russo
    sanchez santos sauer schafer schmid schmidt schmitt schmitz schneider scholz
    schreiber schroder schubert schulte schultz schulz schulze schumacher schuster
    schwarz scott seidel sharma silva simon singh smirnov smith sommer stein steiner
    stewart suzuki tanaka taylor thomas thompson torres tran turner vogel vogt
    wagner walker wallner walter wang ward watson weber wegner weiss werner white
    williams wilson winkler winter wolf wolff wood wright wu yang yildiz yilmaz
    young zhang zhao zimmermann
    """
)

# End the name of a company without being a part of it.
LEGAL_FORMS = word_set(
    """
    gmbh gesmbh mbh ag se kg kgaa ohg ug ev eg ek gbr partg partgmbb mbb co cokg inc
    incorporated ltd limited llc llp lp plc corp corporation company sa sas sarl
    sagl srl spa bv nv ab as asa oy oyj aps sp z oo kft zrt dd doo sro pty pvt pte
    kk haftung
    """
)
# So do these; "Siemens Deutschland" and "Siemens" are one employer.
COMPANY_TAILS = word_set(
    """
    group gruppe holding deutschland germany osterreich austria schweiz switzerland
    suisse international global europe europa worldwide dach
    """
)

# What people write into the field for the company when they have none.
NO_COMPANY = frozenset(
    {
        "selbststandig", "selbstandig", "selbststandige", "selbstandige", "freelance",
        "freelancer", "freiberuflich", "freiberufler", "self employed", "selfemployed",
        "independent", "independent consultant", "stealth", "stealth startup",
        "stealth mode", "confidential", "vertraulich", "privat", "private", "student",
        "rentner", "retired", "im ruhestand", "arbeitssuchend", "arbeitsuchend",
        "on sabbatical", "sabbatical", "elternzeit", "none", "keine", "n a", "na",
        "open to work", "career break", "auszeit", "various", "diverse", "startup",
        "looking for", "self", "home", "freie mitarbeit", "freier mitarbeiter",
    }
)  # fmt: skip
