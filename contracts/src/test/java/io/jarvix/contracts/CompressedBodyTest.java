package io.jarvix.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CompressedBodyTest {

    @Property
    void anyBodyComesBackIdentical(@ForAll byte[] body) throws UnreadableMessageException {
        assertThat(CompressedBody.open(CompressedBody.compress(body), body.length)).isEqualTo(body);
    }

    @Test
    void aBombIsRefusedBeforeItIsOpened() {
        byte[] bomb = Zstd.compress(new byte[64 * 1024 * 1024]);
        assertThatThrownBy(() -> CompressedBody.open(bomb, 1_000))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("67108864");
    }

    @Test
    void aDamagedFrameIsRefused() {
        byte[] frame = CompressedBody.compress("some body that is long enough".getBytes(UTF_8));
        frame[frame.length - 3] ^= 0x5a;
        byte[] cut = java.util.Arrays.copyOf(frame, frame.length - 2);
        assertThatThrownBy(() -> CompressedBody.open(cut, 29))
                .isInstanceOf(UnreadableMessageException.class);
        assertThatThrownBy(() -> CompressedBody.open("no frame".getBytes(UTF_8), 8))
                .isInstanceOf(UnreadableMessageException.class);
    }
}
