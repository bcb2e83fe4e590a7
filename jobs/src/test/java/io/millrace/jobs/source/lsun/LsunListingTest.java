package io.millrace.jobs.source.lsun;

import static io.millrace.jobs.testing.SmallSources.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.container.LmdbBuilder;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LsunListingTest {
  private static final int PAGE = 4096;

  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    root = Files.createDirectory(temp.resolve("given"));
  }

  @Test
  void takesCategoryAndSplitFromFoldersAndCountsOtherFiles() throws Exception {
    lmdb("kitchen_train_lmdb", "k1", "k2");
    lmdb("bedroom_train_lmdb", "b1");
    lmdb("bedroom_val_lmdb", "v1");
    lmdb("dining_room", "d1");
    file(root.resolve("kitchen_train_lmdb/lock.mdb"), new byte[8]);
    file(root.resolve("bedroom_val_lmdb/notes.txt"), new byte[8]);
    file(root.resolve("category_indices.txt"), new byte[8]);
    Files.createDirectory(root.resolve("empty"));
    Ingests.Found found = list(root);

    assertThat(found.contents().classes().names())
        .containsExactly("bedroom", "dining_room", "kitchen");
    assertThat(told(found))
        .containsExactlyInAnyOrder(
            "bedroom_train_lmdb/b1 TRAIN bedroom",
            "bedroom_val_lmdb/v1 VAL bedroom",
            "dining_room/d1 TRAIN dining_room",
            "kitchen_train_lmdb/k1 TRAIN kitchen",
            "kitchen_train_lmdb/k2 TRAIN kitchen");
    assertThat(found.ignored()).isEqualTo(4);
    assertThat(found.rejects()).isEmpty();
  }

  @Test
  void entriesPointToTheirValues() throws Exception {
    lmdb("bedroom_train_lmdb", "small", "x".repeat(60));
    for (Entry entry : list(root).entries()) {
      byte[] file = Files.readAllBytes(Path.of(entry.file()));
      int from = Math.toIntExact(entry.offset());
      String key = entry.id().substring(entry.id().indexOf('/') + 1);
      assertThat(Arrays.copyOfRange(file, from, from + Math.toIntExact(entry.length())))
          .isEqualTo(value(key));
    }
  }

  @Test
  void sortsClassesOfSeveralPaths() throws Exception {
    Path kitchen = lmdb("kitchen_train_lmdb", "k");
    Path bedroom = lmdb("bedroom_train_lmdb", "b");
    Ingests.Found found = list(kitchen, bedroom.resolve("data.mdb"));
    assertThat(found.contents().classes().names()).containsExactly("bedroom", "kitchen");
    assertThat(told(found))
        .containsExactly(
            "kitchen_train_lmdb/k TRAIN kitchen", "bedroom_train_lmdb/b TRAIN bedroom");
  }

  @Test
  void writesBinaryKeysInHex() throws Exception {
    lmdb("bedroom_train_lmdb", "a b", "\u00fc", "plain");
    assertThat(list(root).entries())
        .extracting(Entry::id)
        .containsExactlyInAnyOrder(
            "bedroom_train_lmdb/612062", "bedroom_train_lmdb/c3bc", "bedroom_train_lmdb/plain");
  }

  @Test
  void refusesTruncatedFileInOneSentence() throws Exception {
    Path data = lmdb("bedroom_train_lmdb", "a", "b").resolve("data.mdb");
    byte[] whole = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(whole, whole.length - PAGE));
    refused(data + ": it is shorter", "the copy is not complete; fetch or copy it again");
  }

  @Test
  void refusesOtherAndEmptyFilesInOneSentence() throws Exception {
    Path data = root.resolve("bedroom_train_lmdb/data.mdb");
    for (byte[] bytes : List.of(new byte[0], new byte[100_000], "x".repeat(9000).getBytes(UTF_8))) {
      file(data, bytes);
      refused(data + ": it is not an LMDB data file; fetch or copy it again");
    }
  }

  @Test
  void refusesFolderWithoutLmdbInOneSentence() throws Exception {
    Files.createDirectory(root.resolve("bedroom_train_lmdb"));
    refused(root + ": there is no data.mdb in it; give the folder that LSUN's zip holds");
  }

  @Test
  void ignoresDataMdbThatIsNoFile() throws Exception {
    Files.createDirectories(root.resolve("a_train_lmdb/data.mdb"));
    Files.createDirectories(root.resolve("b_train_lmdb"));
    Files.createSymbolicLink(root.resolve("b_train_lmdb/data.mdb"), Path.of("nowhere"));
    refused("there is no data.mdb in it");
    lmdb("kitchen_train_lmdb", "k");
    assertThat(told(list(root))).containsExactly("kitchen_train_lmdb/k TRAIN kitchen");
  }

  @Test
  void damagedPageLosesItsRecordsAndCountsOne() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      keys.add("key%05d".formatted(i));
    }
    Path data = lmdb("bedroom_train_lmdb", keys.toArray(String[]::new)).resolve("data.mdb");
    byte[] bytes = Files.readAllBytes(data);
    // The flags of the first leaf, the page after the two meta pages.
    bytes[2 * PAGE + 10] = 0;
    Files.write(data, bytes);
    Ingests.Found found = list(root);
    assertThat(found.entries().size()).isBetween(100, 299);
    assertThat(found.rejects()).hasSize(1);
    assertThat(found.rejects().get(0).id()).isEqualTo("bedroom_train_lmdb");
  }

  private void refused(String... why) {
    assertThatThrownBy(() -> list(root))
        .isInstanceOf(CannotException.class)
        .hasMessageContainingAll(why);
  }

  private Path lmdb(String folder, String... keys) throws IOException {
    TreeMap<String, byte[]> records = new TreeMap<>();
    for (String key : keys) {
      records.put(key, value(key));
    }
    file(root.resolve(folder + "/data.mdb"), LmdbBuilder.of(PAGE, records));
    return root.resolve(folder);
  }

  /** Long keys have values on pages of their own. */
  private static byte[] value(String key) {
    return key.repeat(key.length() > 50 ? 100 : 3).getBytes(UTF_8);
  }

  private Ingests.Found list(Path... paths) throws IOException {
    String all =
        Arrays.stream(paths).map(path -> "\"" + path + "\"").collect(Collectors.joining(", "));
    Source source = Ingests.parameters("source.format=lsun", "source.path=[" + all + "]").source();
    return Ingests.list(source, temp.resolve("inflated"));
  }

  private static List<String> told(Ingests.Found found) {
    List<String> names = found.contents().classes().names();
    return found.entries().stream()
        .map(it -> it.id() + " " + it.split() + " " + names.get(it.label()))
        .toList();
  }
}
