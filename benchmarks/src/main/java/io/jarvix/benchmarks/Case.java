package io.jarvix.benchmarks;

/// One question that the suite answers with a table.
interface Case {

    /// What it is called on the command line.
    String name();

    /// One line for `--list`.
    String about();

    void run(Bench bench) throws Exception;
}
