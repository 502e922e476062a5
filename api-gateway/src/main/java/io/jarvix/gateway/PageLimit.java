package io.jarvix.gateway;

import jakarta.inject.Singleton;

/// Rows of one page of an answer.
@Singleton
final class PageLimit {

    private final int most;

    PageLimit(GatewayConfig config) {
        this.most = config.limits().pageSize();
    }

    int check(int limit) {
        if (limit < 1 || limit > most) {
            throw Problem.invalidField("limit", "must be 1 to " + most);
        }
        return limit;
    }
}
