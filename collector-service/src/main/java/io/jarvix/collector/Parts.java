package io.jarvix.collector;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The parts that are not beans themselves, made from the configuration.
@ApplicationScoped
class Parts {

    @Produces
    @Singleton
    @DefaultBean
    AddressLookup nameServers(Vertx vertx, CollectorConfig config) {
        return new NameServers(
                ((VertxInternal) vertx).getEventLoopGroup().next(), config.dnsTimeout());
    }

    @Produces
    @Singleton
    Attempt attempt(
            Vertx vertx, AddressLookup lookup, CollectorConfig config, MeterRegistry registry) {
        HttpClients clients = new HttpClients(vertx, config);
        BodyPlaces places = new BodyPlaces(config.maxLargeBodies());
        Gauge.builder("jarvix.collector.connections", clients, HttpClients::open)
                .description("Open connections to servers")
                .register(registry);
        Gauge.builder("jarvix.collector.bodies.waiting", places, BodyPlaces::waiting)
                .description("Large bodies that wait for a place in memory")
                .register(registry);
        return new Attempt(vertx, clients, lookup, AddressGuard.of(config), places, config);
    }
}
