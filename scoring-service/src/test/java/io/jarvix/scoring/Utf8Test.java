package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// UTF-8 is read as the JDK reads it, valid or not.
class Utf8Test {

    private static final List<String> PIECES =
            List.of(
                    "a",
                    "plain ASCII of more than eight bytes",
                    "é",
                    "灯",
                    "\ufffd",
                    "\ud7ff\ue000\uffff",
                    "\u0080\u07ff\u0800",
                    "💡\ud800\udc00\udbff\udfff");

    @Test
    void everyCharacterIsReadAsItself() {
        Utf8 utf8 = new Utf8();
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                continue;
            }
            String text = "x" + Character.toString(codePoint) + "y";
            byte[] bytes = text.getBytes(UTF_8);
            char[] chars = new char[bytes.length];
            utf8.read(bytes, 0, chars);
            assertThat(utf8.bytes()).isEqualTo(bytes.length);
            assertThat(new String(chars, 0, utf8.chars())).isEqualTo(text);
        }
    }

    @Property(tries = 5_000)
    void anyBytesAreReadAsTheJdkReadsThem(@ForAll("bodies") byte[] body) {
        TextDecoder decoder = new TextDecoder();
        decoder.decode(body, "utf-8", false);
        assertThat(new String(decoder.chars(), 0, decoder.length()))
                .isEqualTo(new String(body, UTF_8));
    }

    /// Text with some bytes changed, taken out or put in.
    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.randomValue(Utf8Test::body);
    }

    private static byte[] body(Random random) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write('<');
        int pieces = random.nextInt(12);
        boolean broken = random.nextBoolean();
        for (int i = 0; i < pieces; i++) {
            byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
            int length =
                    broken && random.nextInt(4) == 0 ? random.nextInt(piece.length) : piece.length;
            body.write(piece, 0, length);
            if (broken && random.nextInt(4) == 0) {
                body.write(random.nextInt(0x100));
            }
        }
        return body.toByteArray();
    }
}
