package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.RawRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TLS with certificates of an authority that the collector was told to trust.
@QuarkusTest
@QuarkusTestResource(KafkaForTests.class)
@TestProfile(HastyCollector.class)
class TlsOriginTest {

    private final CollectorConfig config;
    private final Fetches fetches;
    private final FixedNames names;
    private final Vertx vertx;

    TlsOriginTest(CollectorConfig config, Collector collector, FixedNames names, Vertx vertx) {
        this.config = config;
        this.fetches = new Fetches(collector);
        this.names = names;
        this.vertx = vertx;
    }

    private TestCertificates certificates() {
        Path authority = config.trustedCertificates().orElseThrow().getFirst();
        return new TestCertificates(Objects.requireNonNull(authority.getParent()));
    }

    @BeforeEach
    void namesHaveAddresses() throws Exception {
        List<InetAddress> address = List.of(InetAddress.getByName("127.77.3.1"));
        for (String name : List.of("good", "wrong", "expired", "self")) {
            names.answer(name + ".example", address);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "good, wrong.example",
        "good, 127.77.3.2",
        "expired, expired.example",
        "self, self.example",
    })
    void aCertificateThatDoesNotProveTheNameIsATlsFailureAndNotRetried(
            String certificate, String host) throws Exception {
        try (TlsOrigin origin = new TlsOrigin(certificates(), certificate, true)) {
            RawRecord raw = fetches.fetch(origin.url(host, "/page")).raw();

            assertThat(raw.outcome())
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> {
                                assertThat(failed.kind()).isEqualTo(FailureKind.TLS);
                                assertThat(failed.message())
                                        .startsWith("The TLS handshake with " + host + " failed: ");
                            });
            await().atMost(Duration.ofSeconds(20)).until(() -> origin.failedHandshakes() > 0);
            assertThat(origin.failedHandshakes()).isEqualTo(1);
            assertThat(origin.pages()).isEmpty();
        }
    }

    @Test
    void whatSpeaksNoTlsIsATlsFailureAndNotRetried() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.77.3.3"))) {
            Thread.ofVirtual().start(() -> refuseTls(server, connections));

            RawRecord raw =
                    fetches.fetch("https://127.77.3.3:" + server.getLocalPort() + "/page").raw();

            assertThat(Fetches.kindOf(raw.outcome())).isEqualTo("TLS");
            assertThat(connections).hasValue(1);
        }
    }

    private static void refuseTls(ServerSocket server, AtomicInteger connections) {
        while (true) {
            try (Socket socket = server.accept()) {
                connections.incrementAndGet();
                socket.getInputStream().read();
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                socket.shutdownOutput();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, h2", "false, http/1.1"})
    void http2IsUsedWhereItIsOffered(boolean offered, String version) throws Exception {
        try (TlsOrigin origin = new TlsOrigin(certificates(), "good", offered)) {
            RawPage page = fetches.fetch(origin.url("good.example", "/page"));

            assertThat(Fetches.kindOf(page.raw().outcome())).isEqualTo("FETCHED");
            assertThat(Fetches.body(page)).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 4"})
    void aHostsConnectionsAreReused(boolean http2, int atMost) throws Exception {
        try (TlsOrigin origin = new TlsOrigin(certificates(), "good", http2)) {
            fetches.fetch(origin.url("good.example", "/first"));
            List<CompletableFuture<RawPage>> pages =
                    IntStream.range(0, 40)
                            .mapToObj(i -> fetches.start(origin.url("good.example", "/" + i)))
                            .toList();
            for (CompletableFuture<RawPage> page : pages) {
                assertThat(Fetches.kindOf(page.get(60, TimeUnit.SECONDS).raw().outcome()))
                        .isEqualTo("FETCHED");
            }

            assertThat(origin.pages()).hasSize(41);
            assertThat(origin.connections()).isBetween(1, atMost);
        }
    }

    /// The native libraries are in the build for Linux; [BuiltCollectorIT] shows the way without.
    @Test
    void theNativeTlsServesWhereItsLibraryIs() throws Exception {
        boolean linux =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
                        && List.of("amd64", "aarch64").contains(System.getProperty("os.arch"));
        try (TlsOrigin origin = new TlsOrigin(certificates(), "good", true);
                HttpClients clients = new HttpClients(vertx, config)) {
            Target target = Target.of(origin.url("good.example", "/page"));
            HttpClientRequest request =
                    clients.of(target)
                            .request(
                                    new RequestOptions()
                                            .setHost(target.host())
                                            .setPort(target.port())
                                            .setSsl(true)
                                            .setServer(
                                                    SocketAddress.inetSocketAddress(
                                                            target.port(), "127.77.3.1")))
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS);

            String session = request.connection().sslSession().getClass().getName();
            request.reset();

            assertThat(HttpClients.nativeTls()).isEqualTo(linux);
            assertThat(session.contains("OpenSsl")).as(session).isEqualTo(linux);
        }
    }
}
