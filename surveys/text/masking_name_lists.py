"""Which words are names of persons: Faker's lists of names in use, and everyday forms of them.

The lists are one heap. Nothing here or elsewhere tells where a name comes from.
"""

import importlib
import re
from functools import cache

# Faker (MIT) keeps the most common names of Swedish registers; its neighbours add the rest.
_PROVIDERS = "faker.providers.person."
_FIRST_CHOICE = ("sv_SE", "fi_FI", "no_NO", "da_DK")
_ALSO = ("tr_TR", "hr_HR", "pl_PL", "fr_DZ", "en_PK", "de_DE", "es_ES", "nl_NL", "ro_RO")

# Everyday forms and names that the registers' top lists leave out.
_GIVEN = """
Ing Abbe Adde Affe Agda Agneta Aina Ajsa Alfrida Algot Allan Alva Amanda Anette Ann Anna-Lena Annelie
Anneli Annika Ante Antti Arvo Assar Barbro Basse Bea Becka Bella Bengan Benke Bennet Berit Bertil
Berra Bettan Bibbi Birgitta Birgit Birger Bittan Björne Bobban Bobbo Bodil Boel Bojan Bosse Britta
Britt-Marie Brita Börje Cajsa Calle Camilla Carina Carola Catarina Catta Cattis Cecilia Charlie
Charlotta Chrille Christer Christina Clas Claes Conny Crille Curt Dagny Dagmar Danne Danny Davve
Dennis Doris Ebba Ebbe Edit Egon Einar Elis Elof Elsy Elvira Emil Emelie Enar Engla Erkki Erland
Ernst Evert Ewa Fabbe Fia Figge Fille Filippa Fredde Fredrika Frida Frippe Fritjof Gabbe Gerd Gerda
Gittan Gottfrid Greger Greta Gudrun Guje Gullan Gulli Gunborg Gunde Gunhild Gunilla Gunnar Gunnel
Gunvor Gurra Gustaf Gustav Gösta Göran Göta Göte Hanna Hannes Harriet Hasse Hatte Hedvig Heidi Helén
Helena Helge Helmer Henke Henrik Henning Henrietta Herbert Hildur Hilding Hilma Hjalmar Holger Håkan
Håkke Hånkan Ida Inga Inga-Lill Ingalill Ingegerd Ingela Ingemar Ingmar Ingrid Ingvar Ingvor Irene
Iréne Irma Isak Ivar Jack Jalle Janne Jari Jens Jennie Jenny Jerker Jerry Jessica Jimmie Jimmy Jocke
Jocken Johanna Johnny Jonna Jonny Josefin Josefine Jossan Judit Jukka Jörgen Kajsa Kalle Karin
Karl-Erik Katarina Katta Kenneth Kennet Kennie Kenny Kenta Kerstin Kettil Kicki Kim Kjell Klas Knutte
Krille Krister Kristin Kristina Kurt Käthe Lage Laila Lasse Leffe Leif Leila Lena Lennart Lill
Lillemor Linda Linnéa Linus Lisa Lisbeth Lisen Lollo Lotta Lottie Louise Lovisa Lubbe Ludde Ludvig
Maggan Magda Magnus Mahmoud Maj-Britt Maj-Lis Majbritt Majken Majlis Malin Malte Malou Mange Manne
Margareta Margit Margot Marianne Marie-Louise Marit Marita Marja Marléne Marta Martina Matte Mattias
Maud Mia Micke Mickan Mickael Mikael Milla Mimmi Minna Mirre Moa Mogge Molle Monica Monika Moppe
Morgan Märit Märta Måns Mårten Nadja Nalle Nanna Nathalie Nettan Nicke Nicklas Nikke Niklas Nisse
Noomi Ola Olle Ollo Olof Olov Orvar Osse Osvald Otto Ottilia Palle Patrik Patrick Peggy Pekka Pelle
Pernilla Pentti Petra Petronella Peppe Petter Pierre Pigge Pirjo Pirkko Poffe Ragnar Ragnhild Rasmus
Rebecka Reidar Reine Rickard Ricky Rigmor Rikard Ritva Robban Robert Robin Roffe Roger Rogge Roland
Rolf Rolle Ronnie Ronny Rosita Ruben Runar Rune Rutger Sanna Sara Seppo Sibban Sickan Sigge Signe
Sigvard Sillen Simon Sirkka Siv Siv-Britt Sivert Sixten Sladdan Sluggo Sofia Solbritt Solveig
Sonja Staffan Stefan Steffe Steffo Stellan Stickan Stina Sture Sune Susan Susanne Sussi Sussie Svante
Sven Sven-Erik Svenne Sverker Sylve Sylvia Sölve Tage Tanja Tanya Tarja Tatjana Teodor Terese Thea
Theo Therese Thomas Thor Thore Tilda Tilde Timmy Tina Tindra Tobbe Tobias Tomas Tommie Tommy Tompa
Tony Torbjörn Tord Torgny Torkel Torsten Torvald Totte Tova Tove Tubbe Tuija Tuomas Ture Turid Tyra
Ulf Uffe Ulla-Britt Ulla-Karin Ulrik Ulrika Uno Urban Urpo Valdemar Valfrid Valter Vanja Veijo Vendela
Verner Veronica Vesa Vidar Viggo Viktor Viktoria Vilgot Vilhelm Vilma Viveca Vivi Vivianne Volmar
Wille Willy Wiola Yngve Ylva Yvonne Åke Åsa Åsne Örjan Östen
Aaliyah Abdallah Abdalla Abdelrahman Abdi Abdiaziz Abdifatah Abdikadir Abdinasir Abdirahman
Abdirisak Abdiwahab Abdul Abdulkadir Abdullah Abdullahi Abdulrahman Abebe Abeba Abir Abu Adan Adel
Aden Adil Adis Admir Adnan Afrah Afsaneh Agnieszka Aicha Aida Aisha Akram Alaa Alaaddin Aleksandra
Aleksandar Alen Alham Alireza Alma Almir Amal Amanuel Amar Amel Amela Amer Amina Amine Amir Amira
Amna Amra Anas Anela Anwar Arash Ardita Aref Arian Ariana Arif Arjeta Armin Artan Arta Aryan Asad Asha
Ashkan Asma Asmaa Awad Ayaan Ayan Ayman Aysel Aysha Ayse Ayub Aziz Aziza Azra Babak Bahar Bana Bashar
Bashir Basel Basim Behrouz Beyan Biljana Bilal Binta Bisrat Blerim Blerta Bojana Boris Burhan Cabdi
Can Cemal Cihan Dalia Damir Dana Daniela Danijela Danuta Dejan Delal Denisa Deqa Dilan Dina Diyar
Dragan Dragana Dritan Dunja Dzenana Ebru Edin Edita Edvin Ehsan Elham Elif Elmedin Elmir Elvir Elvira
Elvis Emina Emine Emir Emre Enes Enis Ermias Esra Eyob Fadi Fadia Fadumo Fahad Faisal Fardowsa Farhad
Farhan Farid Farida Fariba Farzad Farzaneh Fatemeh Fathia Fatima Fatma Fatmir Fatou Fatuma Feven Fikret
Filsan Firas Fitsum Fowsiyo Ghada Ghassan Goran Gordana Guled Habib Habiba Habtom Hadi Hadia Hafsa Haider
Hala Halil Halima Hamdi Hamid Hamida Hamoudi Hamza Hana Hanaa Hanad Hanan Hani Harun Hasan Hasnaa Hassan
Hawa Heba Helat Henok Hiba Hibaq Hodan Hoda Hossein Houda Husam Husein Hussein Hussain Ibrahim Ibro Idil
Idris Ifrah Ikram Ilhan Ilir Iman Imad Imran Ines Isra Israa Ismail Ivana Ivica Iwona Jaber Jacek
Jalal Jama Jamal Jamila Jasmin Jasmina Jasna Jelena Jihad Joanna Josef Jovan Kadir Kamal Kamil
Kamran Karim Karima Karwan Katarzyna Kaveh Kemal Khadija Khadra Khaled Khalid Khalil Krzysztof Kurdistan
Laleh Lamia Layla Lejla Leyla Liban Lina Linh Ljiljana Lubna Luul Luwam Maha Mahad Mahdi Maher Mahir
Mahmod Mahmood Mahmut Majed Majid Maciej Malak Malgorzata Manal Marek Mariam Marija Marjan Marko
Marwa Marwan Maryam Masoud Mazen Medina Mehdi Mehmed Mehmet Mehrdad Meron Mersiha Milad Milan Milena
Milica Milos Mina Mirela Miriam Mirjana Mirza Mohamad Mohamed Mohammad Mohammed Mohamud Mohsen Mona
Mostafa Mourad Muhammad Muhammed Muna Munira Murat Musa Mustafa Mustaf Nabil Nada Nadia Nadifa Nadim
Naima Najma Narges Nasim Nasir Nasra Nasrin Nassim Natasa Navid Nawal Nazanin Nebojsa Nedim Negar Nenad
Nermin Nermina Niloufar Nima Noor Nora Noura Nour Nura Nuria Olga Omar Omid Osama Osman Parisa Parvin
Parwin Pawel Payam Piotr Poya Predrag Qasim Rabia Radwan Raed Rahel Rahma Rahim Rami Ramin Rana Rania
Ramzi Rashid Rasha Rawan Raza Reem Reza Rima Rita Roda Rojda Roza Rozerin Ruqia Saad Sabah Sabina
Sabrina Sadia Safa Safiya Saga Sahar Sahra Said Saida Salah Salam Salem Salim Salma Salman Samar Samer
Sami Samir Samira Samuel Sanaz Sanela Sanja Saman Sead Sediqa Selam Selma Semir Senad Senait Shabnam Shadi
Shahin Shahram Shilan Shirin Siham Simret Slavica Slobodan Sofija Soheila Soran Suad Suhayb Sulejman
Suleiman Suzana Taha Tahir Tarek Tariq Tekle Tesfay Tomasz Valon Vesna Vjollca Wael Wafa Waleed Walid
Warsame Wiktoria Xhevat Yahya Yara Yaser Yasin Yasmin Yasmine Yasser Yohannes Yonas Yonis Yosef Youssef
Yusra Yusuf Zahra Zainab Zaki Zara Zeinab Zeynep Zlatan Zlatko Zohra Zoran Zuhur Ömer
"""
_FAMILY = """
Wallin Wennberg Widmark Wigren Zackrisson Zetterlund Zetterström Öberg Öhman Östlund Hjort Rask Modig
Frisk Stål Dolk Svärd Lans Tapper Brask Trygg Stolt Glad Rapp Krook Ek Löv Falk Lo Moberg Ceder
Abdi Adan Aden Ahmadi Ahmed Al-Hassan Ali Amini Awad Awale Aydin Begovic Celik Demir Dogan Duale Elmi Farah
Ghebremedhin Haddad Haile Haji Hakimi Hamid Haydari Hosseini Hussaini Ibrahim Islamovic Jafari Jama
Karimi Kaya Khalil Khan Kovac Kovacevic Kowalski Krasniqi Lewandowska Mahamed Mahmoud Markovic Mehmedovic
Mohamud Mohammadi Moradi Mousavi Musa Nguyen Nikolic Nilsson Nowak Nur Omar Osman Petrovic Pham Qasim
Rahimi Rezai Sadiq Said Salah Saleh Sharif Sheikh Singh Tekle Tesfay Tran Warsame Wisniewski Yilmaz
Younis Yusuf Zaman Öztürk Kaplan Yildiz Virtanen Korhonen Niemi Mäkinen Nieminen Heikkinen
"""
# Names that are also everyday words, months, places or shops: alone they tell nothing.
_AMBIGUOUS = frozenset(
    """
    alba alf alm amen angel ann april ask august axel bahar bana bea ben berg bill björk björn blom blomma bo
    bodil borg bror can carl dag dan dana dal don ebba eden ek ellen en enis er esther falk fabian fia fred
    frej freja frid frisk fru glad gran gun hani hans hav hav helg hilda hope ida in inge ingen iris is ive
    jan jo joy juli julia juni kaj kaya karl kia kim klara klas knut kurt lage lans lars lena li lill lillemor
    lin lind linn liv ljung lo lotta lov lova love lund maj maja man mar mark mars max med mer mia mil milla min
    mina moa mod modig molly mona mulle musa my mån måns nadja nora nord nova nu nur ola olga olle ottar par
    per piga pil ping pål rami ran rapp rask rita roland ros rosa rose roy rut said saga sal salam sam
    samar sand sara selam sen sixten skog sky smed sol son stad star stella sten stig stolt storm stål sven
    svea svärd så tage tapper ted tim tina tom tor tora torn tove troy trygg tyr una ung valborg van vega
    vera vi vida vide vidar vilja vilma ville vina viola vit wille zara ängel åsa ös öst öster lucia kristi
    ing else nada ole line elif del may dina tone edit urban junior lone gro odd roar hala ritt adel bent
    luna rima lona sine vagn ana göta jack loke oda veta rena meta server thi clas finn sanna knutte marina lisa lasse hasse bosse medina sabah malta paris london florens victoria iman hiba rana ali islam jihad
    kurdistan palestina sofia milan adan bengan moppe figge mange mogge molle nalle palle poffe sillen
    sladdan sluggo svenne nicke matte
    """.split()
)
# Of these only the word itself, in small letters, is something else: with a capital they are names.
_NAMES_WHEN_CAPITAL = frozenset(
    """
    sanna finn clas lena lisa lasse hasse bosse lars jan måns mona moa maja molly ida ellen ebba sara julia tina lotta olle
    sven åsa klas kurt axel tove vera vilma ola carl alf bodil fabian hilda linn nadja olga ottar pål
    roland ted tora una vidar wille mange mogge molle palle nicke matte bengan poffe figge fia bea mia milla
    ali rami lillemor roy sam samar fred kaya hani iman rana sofia zara esther kia
    """.split()
)
_FAMILY_END = re.compile(
    r"(?:[^\W\d_]{2,}(?:sson|qvist|kvist|quist|ström|strøm|gren|stedt|feldt|lund|lind|blad|blom|bäck|hjelm"
    r"|crantz|krantz|sköld|skiöld|stierna|stjerna|elius|enius|zén|nen|ović|ovic|evic|ević|owski|owska"
    r"|ewski|oglu|oğlu|zadeh|pour|stam|hammar|quvist|löf|löv|ander|ndér|löw|stråle|swärd|rooth|roth|dahl"
    r"|sén|dén|lén|rén|mén))\Z",
    re.IGNORECASE,
)
_WEAK_FAMILY_END = re.compile(
    r"[^\W\d_]{2,}(?:berg|borg|mark|holm|man|sten|hag|back|sjö|vall|wall|rot|fors|sen|strand|dal|in|ing|é"
    r"|ell|ér|qvarn|näs|skog|ås|hall|vik|moen|ić|ic|ski|yan|ian|ur|ff|vej|by|rud|ell|ius|ryd|äng|bom"
    r"|torp|son|häll|nér|arv|kull|böle|veding|myra|hed|land|lid|storp|åker)\Z",
    re.IGNORECASE,
)


# Of these the other meaning is written with a capital too.
_PLACES_AND_BRANDS = frozenset(
    """
    can dag may edit line del else tone thi ritt urban junior göta luna loke dina mina
    alba eden medina malta paris london florens milan adan kurdistan palestina islam jihad svea vega nora kia victoria
    viktoria sofia rosa storm nova stella max lucia valborg kristi stad nord öst öster skog hav angel mars april juni
    juli maj august sol polisen klara marina isa hope grace iris astrid opel sala lund
    """.split()
)


@cache
def given_names() -> frozenset[str]:
    """Given names in small letters that are common or that people call each other."""
    return frozenset(_read("first_names", _FIRST_CHOICE) | _words(_GIVEN))


@cache
def rarer_given_names() -> frozenset[str]:
    """Further given names in small letters, which count only beside something that tells."""
    return frozenset(name for name in _read("first_names", _ALSO) if len(name) > 3)


@cache
def core_family_names() -> frozenset[str]:
    """Family names in small letters that are common in Sweden."""
    return frozenset(_read("last_names", _FIRST_CHOICE) | _words(_FAMILY))


@cache
def family_names() -> frozenset[str]:
    """Family names in small letters."""
    also = {name for name in _read("last_names", _ALSO) if len(name) > 3}
    return core_family_names() | also


def is_ambiguous(name: str) -> bool:
    """Whether the name, as written, is as likely something else."""
    lowered = name.lower()
    if lowered not in _AMBIGUOUS:
        return False
    return not (name[0].isupper() and lowered in _NAMES_WHEN_CAPITAL)


def is_rare_word(name: str) -> bool:
    """Whether the name, in small letters, is a word that is seldom written."""
    return name.lower() in _NAMES_WHEN_CAPITAL


def is_common_given(lowered: str) -> bool:
    """Whether the name is shared with an everyday word only, which no capital begins."""
    return lowered in given_names() and lowered in _AMBIGUOUS and lowered not in _PLACES_AND_BRANDS


def ends_like_family(word: str) -> bool:
    """Whether the word is built as Swedish family names are and little else is."""
    return _FAMILY_END.search(word) is not None


def may_end_family(word: str) -> bool:
    """Whether the word is built as many family names are, and as many places too."""
    return _WEAK_FAMILY_END.search(word) is not None


def _words(text: str) -> set[str]:
    return set(text.lower().split())


def _read(attribute: str, locales: tuple[str, ...]) -> set[str]:
    # Loaded when the first text is masked: the package brings 14 MB that most processes never use.
    names: set[str] = set()
    for locale in locales:
        provider = importlib.import_module(_PROVIDERS + locale).Provider
        names.update(str(name).lower() for name in getattr(provider, attribute, ()))
    return {name for name in names if " " not in name and "." not in name}
