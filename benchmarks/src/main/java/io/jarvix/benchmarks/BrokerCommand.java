package io.jarvix.benchmarks;

import io.jarvix.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The embedded broker as a process of its own, so that its processor time is told apart from a
/// service's.
@Command(name = "broker", hidden = true, description = "Runs a Kafka broker until stopped.")
final class BrokerCommand implements Callable<Integer> {

    static final String READY = "broker listening on ";

    @Option(names = "--data", required = true, description = "The folder of its data.")
    private Path data = Path.of("data");

    @Override
    public Integer call() throws IOException, InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(data);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        System.out.println(READY + broker.bootstrapServers());
        System.out.flush();
        new CountDownLatch(1).await();
        return 0;
    }
}
