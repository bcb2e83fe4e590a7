package io.millrace.jobs.fetch;

import java.net.URI;
import java.util.List;
import java.util.OptionalLong;

/**
 * A dataset with a public address.
 *
 * @param name its name here, e.g. {@code fashion-mnist}
 * @param from the public folder; ends in a slash
 * @param terms of use, one sentence
 * @param files in the order in which they are fetched
 */
public record PublicDataset(String name, URI from, String terms, List<PublicFile> files) {
  /** The sum of the lengths of all files, if all are known. */
  OptionalLong bytes() {
    return files.stream().allMatch(file -> file.bytes().isPresent())
        ? OptionalLong.of(files.stream().mapToLong(file -> file.bytes().getAsLong()).sum())
        : OptionalLong.empty();
  }
}
