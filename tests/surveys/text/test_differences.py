"""What has changed between two texts, word by word."""

from surveys.text.differences import Change, Paragraph, Piece, compare_paragraphs, compare_words


def words(pieces: tuple[Piece, ...], change: Change) -> list[str]:
    return [piece.text.strip() for piece in pieces if piece.change is change]


def test_changed_words_stand_beside_the_kept_ones() -> None:
    pieces = compare_words("Fler kör moped i centrum.", "Många kör moped i hamnen.")
    assert words(pieces, Change.TAKEN_OUT) == ["Fler", "centrum."]
    assert words(pieces, Change.ADDED) == ["Många", "hamnen."]
    read = "".join(p.text for p in pieces if p.change is not Change.TAKEN_OUT)
    assert read == "Många kör moped i hamnen."


def test_a_rewritten_paragraph_is_one_and_a_new_one_is_another() -> None:
    before = [Paragraph("claim", "Fler kör moped i centrum."), Paragraph("claim", "Det är mörkt.")]
    after = [
        Paragraph("claim", "Fler kör moped i hamnen."),
        Paragraph("claim", "Belysningen vid stationen är trasig igen."),
        Paragraph("claim", "Det är mörkt."),
    ]
    found = compare_paragraphs(before, after)
    assert [paragraph.is_changed for paragraph in found] == [True, True, False]
    assert words(found[0].pieces, Change.TAKEN_OUT) == ["centrum."]
    assert [piece.change for piece in found[1].pieces] == [Change.ADDED]


def test_every_word_of_both_texts_is_there_in_order() -> None:
    before = [Paragraph("area", f"Stycke {n} som står kvar") for n in range(30)]
    after = [Paragraph("area", f"Stycke {n} som är nytt") for n in range(29, -1, -1)]
    found = compare_paragraphs(before, after)

    def read(without: Change) -> list[str]:
        texts = [
            "".join(p.text for p in paragraph.pieces if p.change is not without)
            for paragraph in found
        ]
        return [text for text in texts if text]

    assert read(Change.TAKEN_OUT) == [paragraph.text for paragraph in after]
    assert read(Change.ADDED) == [paragraph.text for paragraph in before]


def test_nothing_has_changed_in_the_same_text() -> None:
    text = [Paragraph("claim", "Lika.")]
    assert not any(paragraph.is_changed for paragraph in compare_paragraphs(text, text))
