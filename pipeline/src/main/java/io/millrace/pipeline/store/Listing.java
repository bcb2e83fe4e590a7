package io.millrace.pipeline.store;

/** What a source looked like. */
public record Listing(String root) {}
