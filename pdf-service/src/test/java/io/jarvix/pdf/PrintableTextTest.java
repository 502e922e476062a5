package io.jarvix.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PrintableTextTest {

    private static final Messages ENGLISH =
            new Messages("en", new Design(Optional.empty()).messages("en"));

    @Property
    void whatComesOutHasGlyphsAndFits(
            @ForAll String raw, @ForAll @IntRange(min = 1, max = 300) int limit) {
        String text = new PrintableText(ENGLISH).of(raw, limit);

        assertThat(text.length()).isLessThanOrEqualTo(limit + 1);
        assertThat(text).isEqualTo(text.strip()).doesNotContain("  ");
        assertThat(text.codePoints())
                .allMatch(
                        c -> {
                            for (Typeface typeface : Typeface.values()) {
                                if (typeface.covers(c)) {
                                    return true;
                                }
                            }
                            return false;
                        });
    }

    @Property
    void whatIsPrintableStaysAsItIs(@ForAll String raw) {
        PrintableText text = new PrintableText(ENGLISH);
        String once = text.of(raw, 10_000);

        assertThat(text.of(once, 10_000)).isEqualTo(once);
    }

    @Test
    void aTextIsCutBetweenCharactersThatAReaderSees() {
        assertThat(new PrintableText(ENGLISH).of("🚀🚀🚀", 3)).isEqualTo("🚀…");
        assertThat(new PrintableText(ENGLISH).of("lamp post", 5)).isEqualTo("lamp…");
    }

    @Test
    void onlyTheTypefacesThatATextNeedsAreAskedFor() {
        PrintableText text = new PrintableText(ENGLISH);
        text.of("Lámpara", 100);
        assertThat(text.typefaces()).containsExactly(Typeface.SANS, Typeface.SANS_BOLD);

        text.of("שלום 中文", 100);
        assertThat(text.typefaces())
                .containsExactly(
                        Typeface.SANS, Typeface.SANS_BOLD, Typeface.HEBREW, Typeface.HAN_AND_KANA);
        assertThat(text.hasRightToLeft()).isTrue();
    }

    @Test
    void aLetterWithoutAGlyphIsPrintedAsTheLetterItStandsFor() {
        assertThat(new PrintableText(ENGLISH).of("𝕷𝖆𝖒𝖕 ⼈", 100)).isEqualTo("Lamp 人");
    }
}
