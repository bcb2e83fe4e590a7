package io.millrace.jobs.source.imagenet;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.files;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static io.millrace.jobs.testing.SmallSources.tar;

import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.testing.Ingests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

abstract class ImageNetFolder {
  static final String FISH = "n01440764";
  static final String SHARK = "n01484850";
  static final String CRANE = "n02012849";
  static final String TRAIN = "ILSVRC2012_img_train.tar";
  static final String VAL = "ILSVRC2012_img_val.tar";

  @TempDir Path temp;
  Path root;

  @BeforeEach
  void root() throws IOException {
    root = Files.createDirectory(temp.resolve("imagenet"));
  }

  void twoTars() throws IOException {
    byte[] fish = tar(files(FISH + "_1.JPEG", jpeg(1)));
    byte[] shark = tar(files(SHARK + "_1.JPEG", jpeg(2)));
    file(root.resolve(TRAIN), tar(files(SHARK + ".tar", shark, FISH + ".tar", fish)));
    Map<String, byte[]> val = new LinkedHashMap<>();
    for (int i = 1; i <= 3; i++) {
      val.put("ILSVRC2012_val_%08d.JPEG".formatted(i), jpeg(10 + i));
    }
    file(root.resolve(VAL), tar(val));
  }

  Ingests.Found list(Path path, String... more) throws IOException {
    List<String> pairs = new ArrayList<>(List.of("source.format=imagenet", "source.path=" + path));
    pairs.addAll(List.of(more));
    Source source = Ingests.parameters(pairs.toArray(String[]::new)).source();
    return Ingests.list(source, temp.resolve("inflated"));
  }

  /** Split and synset by id. */
  static Map<String, String> told(Ingests.Found found) {
    Map<String, String> told = new LinkedHashMap<>();
    List<String> synsets = found.contents().classes().synsets();
    for (Entry entry : found.entries()) {
      String synset = entry.label() < 0 ? "none" : synsets.get(entry.label());
      told.put(entry.id(), entry.split() + " " + synset);
    }
    return told;
  }

  static byte[] bytes(Entry entry) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(entry.file()));
    int from = Math.toIntExact(entry.offset());
    return Arrays.copyOfRange(file, from, from + Math.toIntExact(entry.length()));
  }
}
