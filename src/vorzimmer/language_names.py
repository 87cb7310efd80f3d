"""The names of languages: German, English, French, and their own; and which is wished.

Those of the Unicode CLDR as Babel has them, which a test holds them to: Babel itself
reads thirty locales for them, half a second.
"""

from collections.abc import Mapping

LANGUAGES = ("de", "en")
"""Those that the program speaks."""
NAMES: dict[str, tuple[str, ...]] = {
    "ar": ("arabisch", "arabic", "arabe", "العربية"),
    "bg": ("bulgarisch", "bulgarian", "bulgare", "български"),
    "cs": ("tschechisch", "czech", "tchèque", "čeština"),
    "da": ("dänisch", "danish", "danois", "dansk"),
    "de": ("deutsch", "german", "allemand"),
    "el": ("griechisch", "greek", "grec", "ελληνικά"),
    "en": ("englisch", "english", "anglais"),
    "es": ("spanisch", "spanish", "espagnol", "español"),
    "fa": ("persisch", "persian", "persan", "فارسی"),
    "fi": ("finnisch", "finnish", "finnois", "suomi"),
    "fr": ("französisch", "french", "français"),
    "he": ("hebräisch", "hebrew", "hébreu", "עברית"),
    "hi": ("hindi", "हिन्दी"),
    "hr": ("kroatisch", "croatian", "croate", "hrvatski"),
    "hu": ("ungarisch", "hungarian", "hongrois", "magyar"),
    "it": ("italienisch", "italian", "italien", "italiano"),
    "ja": ("japanisch", "japanese", "japonais", "日本語"),
    "ko": ("koreanisch", "korean", "coréen", "한국어"),
    "nl": ("niederländisch", "dutch", "néerlandais", "nederlands"),
    "no": ("norwegisch", "norwegian", "norvégien", "norsk"),
    "pl": ("polnisch", "polish", "polonais", "polski"),
    "pt": ("portugiesisch", "portuguese", "portugais", "português"),
    "ro": ("rumänisch", "romanian", "roumain", "română"),
    "ru": ("russisch", "russian", "russe", "русский"),
    "sk": ("slowakisch", "slovak", "slovaque", "slovenčina"),
    "sv": ("schwedisch", "swedish", "suédois", "svenska"),
    "tr": ("türkisch", "turkish", "turc", "türkçe"),
    "uk": ("ukrainisch", "ukrainian", "ukrainien", "українська"),
    "zh": ("chinesisch", "chinese", "chinois", "中文"),
}
"""Names in small letters, by ISO 639-1 code."""


def environment_language(environment: Mapping[str, str], *, default: str = "en") -> str:
    """Return the language that the environment variables of POSIX name."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            tag = value.replace("-", "_").split("_", maxsplit=1)[0].split(".")[0]
            return tag.lower() if tag.lower() in LANGUAGES else default
    return default
