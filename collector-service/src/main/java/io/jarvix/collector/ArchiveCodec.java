package io.jarvix.collector;

/// How the archive's pages are compressed.
enum ArchiveCodec {
    /// Level 1: best in CPU per page.
    ZSTD,
    /// For readers that know nothing else; costs several times the CPU.
    GZIP,
    /// Cheapest, and larger.
    SNAPPY
}
