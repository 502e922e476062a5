package io.jarvix.gateway;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Puts the parts together that know nothing of their surroundings.
@Singleton
final class GatewayBeans {

    @Produces
    @Singleton
    Transactions transactions(AgroalDataSource source) {
        return new Transactions(source);
    }

    @Produces
    @Singleton
    Intake intake(Transactions transactions, GatewayConfig config) {
        return new Intake(transactions, config.limits(), Clock.systemUTC());
    }

    @Produces
    @Singleton
    HostPace hostPace(GatewayConfig config) {
        GatewayConfig.Dispatch dispatch = config.dispatch();
        return new HostPace(
                dispatch.maxOutstandingPerHost(),
                dispatch.maxOutstanding(),
                dispatch.hostHorizon());
    }

    @Produces
    @Singleton
    Dispatcher dispatcher(
            Transactions transactions, KafkaOut kafka, GatewayConfig config, HostPace pace) {
        return new Dispatcher(transactions, kafka, Clock.systemUTC(), config.dispatch(), pace);
    }

    @Produces
    @Singleton
    RateLimit rateLimit(GatewayConfig config) {
        return new RateLimit(config.limits().requestsPerMinute(), Clock.systemUTC());
    }

    @Produces
    @Singleton
    LedgerSweep ledgerSweep(GatewayConfig config) {
        return new LedgerSweep(config.dispatch().leaseRenewals());
    }

    @Produces
    @Singleton
    ReportFigures reportFigures(
            GatewayConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        return new ReportFigures(config.reports(), Map.of("JARVIX", version));
    }
}
