package io.jarvix.benchmarks;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// What the origin saw since it was last reset. A request is in flight from its arrival until its
/// answer's last byte is handed to the network. Thread rule: the origin's only event loop.
final class OriginCounters {

    private final int[] inFlightPerHost;
    private final int[] peakPerHost;
    private final Map<Integer, Integer> requestsPerPage = new HashMap<>();
    private final EnumMap<Behaviour, Integer> requestsPerBehaviour = new EnumMap<>(Behaviour.class);
    private long requests;
    private long robots;
    private long bytes;
    private int connections;
    private int peakConnections;
    private int inFlight;
    private int peak;

    OriginCounters(int hosts) {
        inFlightPerHost = new int[hosts];
        peakPerHost = new int[hosts];
    }

    /// The counters as they are read over HTTP.
    ///
    /// @param requests all but those for counters
    /// @param pages requests for pages; `distinctPages` of them different
    /// @param peakInFlight the most requests at once in all, `peakInFlightPerHost` the most at any
    ///     one host
    /// @param peakConnections the most connections that were open at once
    /// @param trespasses requests for pages that robots.txt forbids
    /// @param bytes of the bodies sent
    /// @param cpuMillis processor time of the origin's process since it was started
    record Snapshot(
            long requests,
            long pages,
            int distinctPages,
            long robots,
            int peakConnections,
            int inFlight,
            int peakInFlight,
            int peakInFlightPerHost,
            int trespasses,
            long bytes,
            long cpuMillis,
            Map<Behaviour, Integer> requestsPerBehaviour) {}

    void connected() {
        connections++;
        peakConnections = Math.max(peakConnections, connections);
    }

    void disconnected() {
        connections--;
    }

    void arrived(int host) {
        requests++;
        inFlight++;
        inFlightPerHost[host]++;
        peak = Math.max(peak, inFlight);
        peakPerHost[host] = Math.max(peakPerHost[host], inFlightPerHost[host]);
    }

    void answered(int host) {
        inFlight--;
        inFlightPerHost[host]--;
    }

    void sent(long bodyBytes) {
        bytes += bodyBytes;
    }

    void robotsAsked() {
        robots++;
    }

    /// Counts a request for a page.
    ///
    /// @return how many times it was asked for before
    int pageAsked(SitePlan.Page page) {
        requestsPerBehaviour.merge(page.behaviour(), 1, Integer::sum);
        return requestsPerPage.merge(page.number(), 1, Integer::sum) - 1;
    }

    Snapshot snapshot() {
        int peakPerAnyHost = 0;
        for (int peakOfHost : peakPerHost) {
            peakPerAnyHost = Math.max(peakPerAnyHost, peakOfHost);
        }
        long pages = requestsPerBehaviour.values().stream().mapToLong(Integer::longValue).sum();
        return new Snapshot(
                requests,
                pages,
                requestsPerPage.size(),
                robots,
                peakConnections,
                inFlight,
                peak,
                peakPerAnyHost,
                requestsPerBehaviour.getOrDefault(Behaviour.PRIVATE, 0),
                bytes,
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis(),
                Map.copyOf(requestsPerBehaviour));
    }

    /// Forgets what was seen; requests in flight stay counted as such.
    void reset() {
        requestsPerPage.clear();
        requestsPerBehaviour.clear();
        requests = 0;
        robots = 0;
        bytes = 0;
        peakConnections = connections;
        peak = inFlight;
        System.arraycopy(inFlightPerHost, 0, peakPerHost, 0, peakPerHost.length);
    }
}
