package io.jarvix.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    /// The example of the Standard Webhooks reference libraries.
    @Test
    void itIsTheOneOfTheSpecificationsOwnExample() {
        assertThat(
                        WebhookSignature.of(
                                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                1_614_265_330,
                                "{\"test\": 2432232314}".getBytes(UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aSecretWithoutThePrefixIsTheKeyItself() {
        byte[] body = "{}".getBytes(UTF_8);

        assertThat(WebhookSignature.of("sixteen letters!", "id", 1, body))
                .isEqualTo(WebhookSignature.of("whsec_c2l4dGVlbiBsZXR0ZXJzIQ==", "id", 1, body));
    }
}
