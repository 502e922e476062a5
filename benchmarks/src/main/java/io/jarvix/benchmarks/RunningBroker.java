package io.jarvix.benchmarks;

/// The broker's process and where clients connect.
record RunningBroker(ManagedProcess process, String bootstrapServers) implements AutoCloseable {

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
