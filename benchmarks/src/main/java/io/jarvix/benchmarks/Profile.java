package io.jarvix.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/// What a Flight Recorder file says about where processor time went. A sample belongs to the first
/// step that one of its frames names, from the innermost outwards; library code that several steps
/// share belongs to who called it.
final class Profile {

    private static final int HOTTEST = 25;

    /// Frame prefixes in the order of the flow; the first match of a frame counts.
    private static final List<Rule> RULES =
            List.of(
                    new Rule("org.apache.parquet", "archive"),
                    new Rule("io.jarvix.collector.Archive", "archive"),
                    new Rule("io.jarvix.collector", "fetch"),
                    new Rule("org.jsoup", "parse"),
                    new Rule("io.jarvix.scoring", "score"),
                    new Rule("io.jarvix.pdf", "report"),
                    new Rule("com.openhtmltopdf", "report"),
                    new Rule("org.apache.pdfbox", "report"),
                    new Rule("io.jarvix.gateway", "ledger"),
                    new Rule("org.postgresql", "ledger"),
                    new Rule("org.hibernate", "ledger"),
                    new Rule("kafka.", "Kafka broker"),
                    new Rule("org.apache.kafka.server", "Kafka broker"),
                    new Rule("org.apache.kafka.storage", "Kafka broker"),
                    new Rule("org.apache.kafka.coordinator", "Kafka broker"),
                    new Rule("org.apache.kafka.raft", "Kafka broker"),
                    new Rule("org.apache.kafka.image", "Kafka broker"),
                    new Rule("org.apache.kafka.clients", "Kafka clients"),
                    new Rule("io.smallrye.reactive.messaging", "Kafka clients"));

    private final Map<String, Integer> samplesPerStep = new HashMap<>();
    private final Map<String, Integer> samplesPerFrame = new HashMap<>();
    private final Map<String, Long> bytesPerStep = new HashMap<>();
    private final Map<String, Long> bytesPerType = new HashMap<>();
    private int samples;
    private long bytes;

    private record Rule(String prefix, String step) {}

    /// Reads samples of processor time (`jdk.CPUTimeSample`) and of allocation
    /// (`jdk.ObjectAllocationSample`).
    static Profile read(Path recording) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                switch (event.getEventType().getName()) {
                    case "jdk.CPUTimeSample" -> profile.add(event);
                    case "jdk.ObjectAllocationSample" -> profile.addAllocation(event);
                    default -> {}
                }
            }
        }
        return profile;
    }

    int samples() {
        return samples;
    }

    /// The steps and their shares of all samples, largest first.
    List<Map.Entry<String, Double>> steps() {
        return shares(samplesPerStep, Integer.MAX_VALUE, samples);
    }

    /// Bytes allocated, as estimated from the samples.
    long allocated() {
        return bytes;
    }

    /// The steps and their shares of the allocated bytes, largest first.
    List<Map.Entry<String, Double>> allocatingSteps() {
        return shares(bytesPerStep, Integer.MAX_VALUE, bytes);
    }

    /// Who allocates what, with the shares of the allocated bytes.
    List<Map.Entry<String, Double>> allocators() {
        return shares(bytesPerType, HOTTEST, bytes);
    }

    /// The methods in which most samples fell, with their shares.
    List<Map.Entry<String, Double>> hottest() {
        return shares(samplesPerFrame, HOTTEST, samples);
    }

    private static List<Map.Entry<String, Double>> shares(
            Map<String, ? extends Number> counts, int limit, double total) {
        return counts.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().doubleValue() / total))
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(limit)
                .toList();
    }

    private void addAllocation(RecordedEvent event) {
        List<RecordedFrame> frames = framesOf(event);
        long weight = event.getLong("weight");
        bytes += weight;
        bytesPerStep.merge(stepOf(frames, event.getThread("eventThread")), weight, Long::sum);
        String owner =
                frames.stream()
                        .map(Profile::nameOf)
                        .filter(name -> !name.startsWith("java."))
                        .findFirst()
                        .orElse("java");
        bytesPerType.merge(
                event.getClass("objectClass").getName() + " in " + owner, weight, Long::sum);
    }

    private static List<RecordedFrame> framesOf(RecordedEvent event) {
        return event.getStackTrace() == null ? List.of() : event.getStackTrace().getFrames();
    }

    private void add(RecordedEvent event) {
        List<RecordedFrame> frames = framesOf(event);
        samples++;
        samplesPerStep.merge(stepOf(frames, event.getThread("eventThread")), 1, Integer::sum);
        if (!frames.isEmpty()) {
            samplesPerFrame.merge(nameOf(frames.getFirst()), 1, Integer::sum);
        }
    }

    private static String stepOf(List<RecordedFrame> frames, @Nullable RecordedThread thread) {
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            for (Rule rule : RULES) {
                if (type.startsWith(rule.prefix())) {
                    return rule.step();
                }
            }
        }
        return byThread(thread == null ? "" : String.valueOf(thread.getJavaName()));
    }

    private static String byThread(String thread) {
        if (thread.startsWith("vert.x-eventloop")) {
            return "fetch";
        }
        if (thread.startsWith("data-plane") || thread.startsWith("kafka-1")) {
            return "Kafka broker";
        }
        return thread.startsWith("kafka") || thread.startsWith("smallrye-kafka")
                ? "Kafka clients"
                : "other Java threads";
    }

    private static String nameOf(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }
}
