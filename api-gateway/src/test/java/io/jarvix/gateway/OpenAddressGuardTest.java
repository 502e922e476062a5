package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OpenAddressGuardTest {

    @Test
    void anAddressThatOthersReachNeedsAKey() {
        assertThatThrownBy(() -> OpenAddressGuard.check("0.0.0.0", false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("jarvix keys create");
        assertThatCode(() -> OpenAddressGuard.check("0.0.0.0", true)).doesNotThrowAnyException();
    }

    @Test
    void aLoopbackAddressNeedsNone() {
        assertThatCode(() -> OpenAddressGuard.check("127.0.0.1", false)).doesNotThrowAnyException();
        assertThatCode(() -> OpenAddressGuard.check("::1", false)).doesNotThrowAnyException();
    }
}
