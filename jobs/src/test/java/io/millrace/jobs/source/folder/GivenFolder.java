package io.millrace.jobs.source.folder;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.testing.Ingests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder of pictures for the tests of its listing, beside which other things may lie. */
record GivenFolder(Path temp, Path root) {
  static GivenFolder in(Path temp) throws IOException {
    return new GivenFolder(temp, Files.createDirectory(temp.resolve("given")));
  }

  void pictures(String... names) throws IOException {
    for (String name : names) {
      file(root.resolve(name), jpeg(name.hashCode()));
    }
  }

  void text(String path, String text) throws IOException {
    file(root.resolve(path), text.getBytes(UTF_8));
  }

  Ingests.Found list(String... more) throws IOException {
    return listAt(root, more);
  }

  Ingests.Found listAt(Path path, String... more) throws IOException {
    List<String> pairs = new ArrayList<>(List.of("source.format=folder", "source.path=" + path));
    pairs.addAll(List.of(more));
    Source source = Ingests.parameters(pairs.toArray(String[]::new)).source();
    return Ingests.list(source, temp.resolve("inflated"));
  }

  /** {@code id -> split class} of every picture. */
  static Map<String, String> told(Ingests.Found found) {
    Map<String, String> told = new LinkedHashMap<>();
    List<String> names = found.contents().classes().names();
    for (Entry entry : found.entries()) {
      String label = entry.label() < 0 ? "none" : names.get(entry.label());
      if (told.put(entry.id(), entry.split() + " " + label) != null) {
        throw new AssertionError(entry.id() + " is there twice");
      }
    }
    return told;
  }
}
