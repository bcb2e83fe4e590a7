package io.millrace.jobs.fetch;

import java.net.URI;
import java.util.List;
import java.util.OptionalLong;

/**
 * A dataset that can be had from a public address.
 *
 * @param name what it is called here, e.g. {@code fashion-mnist}
 * @param from the public folder; ends in a slash
 * @param terms under which it is given, one sentence
 * @param files in the order in which they are fetched
 */
public record PublicDataset(String name, URI from, String terms, List<PublicFile> files) {
  /** The bytes of all files, if they are all known. */
  OptionalLong bytes() {
    return files.stream().allMatch(file -> file.bytes().isPresent())
        ? OptionalLong.of(files.stream().mapToLong(file -> file.bytes().getAsLong()).sum())
        : OptionalLong.empty();
  }
}
