package io.millrace.jobs.cli;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.files;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static io.millrace.jobs.testing.SmallSources.tar;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.cli.CommandPrompt.Ended;
import io.millrace.jobs.docs.CodeBlock;
import io.millrace.jobs.docs.MarkdownPage;
import io.millrace.jobs.testing.CifarFiles;
import io.millrace.jobs.testing.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that a code block of the documentation shows is run, one after another in one
 * folder, as a reader would who goes through the pages. Numbers of pictures and epochs are smaller
 * here. A block that begins with {@code <!-- not run: WHY -->} is left out: it needs a cluster, a
 * GPU or the network. Takes about a minute: nearly all of Millrace runs once.
 */
class ShownCommandsIT {
  private static final String LEFT_OUT = "not run: ";
  private static final Path REFERENCE = MarkdownPage.ROOT.resolve("docs/reference.md");
  private static final List<String> FIRST = List.of("README.md", "docs/getting-started.md");
  private static final Pattern STARTS = Pattern.compile("(\\$ )?([A-Z_]+=\\S* )*sbin/millrace .*");

  /** What is large in a page, and what it is here. */
  private static final Map<String, String> SMALLER =
      Map.of(
          "--train 4000 --test 1000", "--train 80 --test 20",
          "--steps 200", "--steps 30",
          "--epochs 5", "--epochs 1",
          " --open", "");

  @TempDir Path folder;
  private boolean hasLsun;

  @BeforeEach
  void whatThePagesName() throws Exception {
    for (int i = 0; i < 20; i++) {
      for (String name : List.of("pets/cat", "pets/dog", "new-pictures")) {
        file(folder.resolve(name + "/" + i + ".jpg"), jpeg(i + name.length()));
      }
    }
    for (String name : List.of("cat.1", "cat.2", "dog.1")) {
      file(folder.resolve("dogscats/train/" + name + ".jpg"), jpeg(name.hashCode()));
    }
    Path lsun = Launched.ROOT.resolveSibling("shared/data/lsun-bedroom/bedroom_val_lmdb");
    hasLsun = Files.exists(lsun);
    if (hasLsun) {
      Files.createSymbolicLink(folder.resolve("bedroom_train_lmdb"), lsun);
    } else {
      System.out.println("skipped: commands on LSUN, since there is no " + lsun);
    }
    byte[] synset = tar(files("n01440764_1.JPEG", jpeg(1), "n01440764_2.JPEG", jpeg(2)));
    file(folder.resolve("ILSVRC2012_img_train.tar"), tar(files("n01440764.tar", synset)));
    byte[] batch = CifarFiles.records(60, 1);
    byte[] cifar = CifarFiles.tar(files("data_batch_1.bin", batch, "test_batch.bin", batch));
    file(folder.resolve("cifar-10-binary.tar.gz"), CifarFiles.gzip(cifar));
    small("quickstart.conf", "train = 4000, test = 1000", "train = 80, test = 40");
    small("cifar10.conf", "[16, 32, 64, 128, 256]", "[4, 8]");
  }

  private void small(String name, String large, String small) throws IOException {
    String text = Files.readString(Launched.ROOT.resolve("conf").resolve(name));
    assertThat(text).contains(large).containsPattern("epochs += \\d");
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        folder.resolve("conf").resolve(name),
        text.replace(large, small).replaceAll("epochs( +)= \\d", "epochs$1= 1"));
  }

  @Test
  void everyCommandOfThePagesEndsWell() throws Exception {
    Set<String> lines = new LinkedHashSet<>();
    lines.add(
        "sbin/millrace ingest --format cifar10 --path cifar-10-binary.tar.gz --output shards/cifar10");
    // Two runs, which can be compared.
    lines.add("sbin/millrace run conf/quickstart.conf --set params.epochs=2");
    lines.addAll(shown());
    assertThat(lines).hasSizeGreaterThan(25);
    assertThat(failures(lines)).isEmpty();
  }

  @Test
  void everyExampleOfTheReferenceEndsWell() throws Exception {
    // The page has the jobs in alphabetical order.
    List<String> order =
        List.of("synthesize", "ingest", "augment", "stats", "lr-find", "train", "evaluate");
    List<String> lines = new ArrayList<>(shown(MarkdownPage.read(REFERENCE)));
    lines.removeIf(line -> line.startsWith("sbin/millrace fetch "));
    // These need a file of weights; ImportedModelIT has some.
    lines.removeIf(line -> line.contains(" resnet34.pth "));
    lines.sort(Comparator.comparing(line -> order.indexOf(command(line))));
    assertThat(lines).hasSizeGreaterThan(10).allMatch(line -> order.contains(command(line)));
    assertThat(failures(lines)).isEmpty();
  }

  private static String command(String line) {
    return ShownCommand.in(line).get(0).words().get(0);
  }

  private List<String> failures(Collection<String> lines) throws IOException {
    List<String> failures = new ArrayList<>();
    try (CommandPrompt prompt = new CommandPrompt(folder)) {
      for (String line : lines) {
        if (line.contains("lsun") && !hasLsun) {
          continue;
        }
        List<String> arguments = arguments(line);
        Ended ended = prompt.run(arguments);
        if (ended.status() != 0 || ended.text().isEmpty()) {
          failures.add(arguments + " ended with " + ended.status() + "\n" + ended.text());
        }
      }
    }
    return failures;
  }

  /** Each line once: pages repeat some. */
  private static Set<String> shown() throws IOException {
    Set<String> lines = new LinkedHashSet<>();
    for (String first : FIRST) {
      lines.addAll(shown(MarkdownPage.read(MarkdownPage.ROOT.resolve(first))));
    }
    for (MarkdownPage page : MarkdownPage.all()) {
      if (!page.path().equals(REFERENCE)) {
        lines.addAll(shown(page));
      }
    }
    return lines;
  }

  private static List<String> shown(MarkdownPage page) {
    return page.code().stream()
        .filter(block -> !block.mark().startsWith(LEFT_OUT))
        .map(CodeBlock::commands)
        .flatMap(List::stream)
        .filter(line -> STARTS.matcher(line).matches())
        .map(ShownCommandsIT::smaller)
        .toList();
  }

  private static String smaller(String line) {
    String smaller = line.replaceFirst(" +#.*", "");
    for (Map.Entry<String, String> size : SMALLER.entrySet()) {
      smaller = smaller.replace(size.getKey(), size.getValue());
    }
    return smaller;
  }

  /** What stands behind {@code sbin/millrace}, with names of results in place of capitals. */
  private List<String> arguments(String line) throws IOException {
    List<String> words = new ArrayList<>();
    List<String> runs = children("work/quickstart/runs");
    for (String word : ShownCommand.in(line).get(0).words()) {
      words.add(
          switch (word) {
            case "RUN" -> runs.remove(0);
            case "PATH", "DATASET" -> "shards/cifar10";
            default ->
                word.replaceAll("^['\"]|['\"]$", "")
                    .replace("FINGERPRINT", newest("work/pets/artifacts/model"));
          });
    }
    return words;
  }

  private String newest(String parent) throws IOException {
    return children(parent).stream().findFirst().orElse("FINGERPRINT");
  }

  /** Names of folders, the newest first. */
  private List<String> children(String parent) throws IOException {
    Path path = folder.resolve(parent);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(path)) {
      return new ArrayList<>(
          all.filter(Files::isDirectory)
              .map(child -> child.getFileName().toString())
              .sorted(Comparator.reverseOrder())
              .toList());
    }
  }
}
