package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jarvix.contracts.Cidr;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTargetTest {

    private static final String PUBLIC = "93.184.215.14";

    /// Answers each look-up with the next answer, and remembers what was asked.
    private static final class RecordingLookup implements WebhookTarget.Lookup {

        private final Deque<List<String>> answers;
        private final List<String> asked = new ArrayList<>();

        RecordingLookup(List<List<String>> answers) {
            this.answers = new ArrayDeque<>(answers);
        }

        @Override
        public InetAddress[] addressesOf(String name) throws java.io.IOException {
            asked.add(name);
            List<InetAddress> addresses = new ArrayList<>();
            for (String address : answers.removeFirst()) {
                addresses.add(InetAddress.ofLiteral(address));
            }
            return addresses.toArray(InetAddress[]::new);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://2130706433/",
                "http://0x7f.1/",
                "http://10.1.2.3/",
                "http://169.254.169.254/latest/meta-data/",
                "http://100.100.100.200/",
                "http://[::1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[64:ff9b::a00:1]/",
                "http://[fd00::1]/",
                "http://0.0.0.0/"
            })
    void anAddressThatIsNotPublicIsRefusedHoweverItIsWritten(String url) {
        String canonical = new WebhookOptions(url, null).url();
        WebhookTarget.Lookup literals = name -> new InetAddress[] {InetAddress.ofLiteral(name)};

        assertThatThrownBy(() -> WebhookTarget.check(canonical, literals, List.of()))
                .isInstanceOf(WebhookTarget.RefusedException.class)
                .hasMessage("The target's address is not a public one.");
    }

    @Test
    void aNameIsRefusedWhereOneOfItsAddressesIsNotPublic() {
        RecordingLookup lookup = new RecordingLookup(List.of(List.of(PUBLIC, "192.168.1.1")));

        assertThatThrownBy(() -> WebhookTarget.check("https://hooks.example/", lookup, List.of()))
                .isInstanceOf(WebhookTarget.RefusedException.class);
    }

    @Test
    void aNameThatIsBoundAnewIsLookedUpOnceForEachAttemptAndRefusedThen() throws Exception {
        RecordingLookup lookup =
                new RecordingLookup(List.of(List.of(PUBLIC), List.of("127.0.0.1")));

        WebhookTarget first = WebhookTarget.check("https://hooks.example/a?b", lookup, List.of());

        assertThat(lookup.asked).containsExactly("hooks.example");
        assertThat(first)
                .isEqualTo(
                        new WebhookTarget(
                                "hooks.example", 443, true, "/a?b", InetAddress.ofLiteral(PUBLIC)));
        assertThatThrownBy(
                        () -> WebhookTarget.check("https://hooks.example/a?b", lookup, List.of()))
                .isInstanceOf(WebhookTarget.RefusedException.class);
    }

    @Test
    void whatTheOperatorAllowedIsCalled() throws Exception {
        RecordingLookup lookup = new RecordingLookup(List.of(List.of("10.1.2.3")));

        WebhookTarget target =
                WebhookTarget.check(
                        "http://hooks.internal:8080/", lookup, List.of(Cidr.parse("10.0.0.0/8")));

        assertThat(target.address()).isEqualTo(InetAddress.ofLiteral("10.1.2.3"));
        assertThat(target.port()).isEqualTo(8080);
    }
}
