package io.jarvix.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The wire form of every message, pinned. After a deliberate change run with
/// `-Djarvix.golden.write=true` and read the diff: a field may be added, never renamed or retyped.
class WireTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<String> names() {
        return Samples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void writesAsTheGoldenFile(String name) throws IOException {
        JsonNode written = JSON.readTree(Wire.write(sample(name)));
        Path golden = GOLDEN.resolve(name + ".json");
        if (Boolean.getBoolean("jarvix.golden.write")) {
            Files.writeString(golden, written.toPrettyString() + "\n");
        }
        assertThat(written).isEqualTo(JSON.readTree(Files.readString(golden)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsTheGoldenFileBack(String name) throws Exception {
        byte[] golden = Files.readAllBytes(GOLDEN.resolve(name + ".json"));
        assertThat(Wire.read(golden, messageType(name))).isEqualTo(sample(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsTheFormOfANewerVersion(String name) throws Exception {
        ObjectNode newer = golden(name);
        newer.put("aFieldOfTheFuture", "unknown");
        newer.putObject("anObjectOfTheFuture").put("x", 1);
        assertThat(Wire.read(JSON.writeValueAsBytes(newer), messageType(name)))
                .isEqualTo(sample(name));
    }

    /// What was added after the first version is absent in messages that wait in Kafka during an
    /// update.
    @Test
    void readsRecordsAndScoresThatSayNothingOfTheirHost() throws Exception {
        ObjectNode raw = golden("raw-record-fetched");
        raw.remove("host");
        ObjectNode score = golden("page-score-scored");
        ((ObjectNode) score.get("fetch")).remove("host");

        RawRecord record = Wire.read(JSON.writeValueAsBytes(raw), RawRecord.class);
        PageScore page = Wire.read(JSON.writeValueAsBytes(score), PageScore.class);
        assertThat(record.host()).isNull();
        assertThat(page.fetch().host()).isNull();
        assertThat(FetchFacts.of(record).host()).isNull();
        assertThat(record)
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .ignoringFields("host")
                .isEqualTo(sample("raw-record-fetched"));
    }

    @Test
    void goldenFilesAreThoseOfTheSamples() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(Samples.all().keySet());
        }
    }

    /// The list of messages is derived: every sealed variant and every record that a topic carries
    /// has a sample.
    @Test
    void everyVariantOfEveryMessageHasASample() {
        Set<Class<?>> pinned =
                Samples.all().values().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(pinned)
                .contains(UrlTask.class, RawRecord.class, PageScore.class, ReportRequest.class)
                .contains(ReportResult.class.getPermittedSubclasses());
        assertThat(variants(RawRecord.class, sample -> ((RawRecord) sample).outcome().getClass()))
                .containsExactlyInAnyOrder(FetchOutcome.class.getPermittedSubclasses());
        assertThat(variants(PageScore.class, sample -> ((PageScore) sample).result().getClass()))
                .containsExactlyInAnyOrder(PageResult.class.getPermittedSubclasses());
    }

    @Test
    void aFailureKindOfTheFutureReadsAsUnknown() throws Exception {
        ObjectNode newer = golden("raw-record-failed");
        ((ObjectNode) newer.get("outcome")).put("kind", "EATEN_BY_A_GRUE");
        RawRecord record = Wire.read(JSON.writeValueAsBytes(newer), RawRecord.class);
        assertThat(record.outcome())
                .isEqualTo(new Failed(FailureKind.UNKNOWN, "No answer within 30 s."));
    }

    @Test
    void theFirstFormOfATaskHadNoOptions() throws Exception {
        ObjectNode older = golden("url-task");
        older.remove("options");
        UrlTask task = Wire.read(JSON.writeValueAsBytes(older), UrlTask.class);
        assertThat(task.options()).isEqualTo(FetchOptions.NONE);
    }

    @ParameterizedTest
    @MethodSource("optionalFields")
    void anOlderFormWithoutOptionalFieldsIsRead(String name, String field) throws Exception {
        ObjectNode older = golden(name);
        assertThat(older.has(field)).as(name + " has " + field).isTrue();
        older.remove(field);
        assertThat(Wire.read(JSON.writeValueAsBytes(older), messageType(name))).isNotNull();
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> optionalFields() {
        return Stream.of(
                        "raw-record-fetched:redirects",
                        "raw-record-fetched:headers",
                        "raw-record-fetched:charset",
                        "raw-record-fetched:truncated",
                        "report-request:trend",
                        "report-request:statistics",
                        "report-request:appendix",
                        "report-request:versions",
                        "report-request:language")
                .map(pair -> pair.split(":"))
                .map(pair -> org.junit.jupiter.params.provider.Arguments.of(pair[0], pair[1]));
    }

    @Test
    void whatIsNoMessageIsRefusedWithTheReason() {
        assertThatThrownBy(() -> Wire.read("not json".getBytes(UTF_8), UrlTask.class))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("UrlTask");
        assertThatThrownBy(() -> Wire.read("{}".getBytes(UTF_8), UrlTask.class))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("runId");
        assertThatThrownBy(() -> Wire.read("null".getBytes(UTF_8), UrlTask.class))
                .isInstanceOf(UnreadableMessageException.class);
        assertThatThrownBy(() -> Wire.read(null, UrlTask.class))
                .isInstanceOf(UnreadableMessageException.class);
    }

    private static Set<Class<?>> variants(
            Class<?> message, java.util.function.Function<Object, Class<?>> variant) {
        return Samples.all().values().stream()
                .filter(message::isInstance)
                .map(variant)
                .collect(Collectors.toCollection(() -> new TreeSet<>(byName())));
    }

    private static java.util.Comparator<Class<?>> byName() {
        return java.util.Comparator.comparing(Class::getName);
    }

    private static Object sample(String name) {
        Object sample = Samples.all().get(name);
        if (sample == null) {
            throw new AssertionError("no sample " + name);
        }
        return sample;
    }

    private static Class<?> messageType(String name) {
        return sample(name) instanceof ReportResult ? ReportResult.class : sample(name).getClass();
    }

    private static ObjectNode golden(String name) throws IOException {
        return (ObjectNode) JSON.readTree(Files.readString(GOLDEN.resolve(name + ".json")));
    }
}
