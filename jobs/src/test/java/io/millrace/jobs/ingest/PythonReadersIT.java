package io.millrace.jobs.ingest;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.docs.CodeBlock;
import io.millrace.jobs.docs.MarkdownPage;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import io.millrace.jobs.testing.RealData;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dataset as Python's libraries read it, with a damaged picture in its quarantine and class names
 * that would break a careless YAML file. Skipped without {@code MILLRACE_PYTHON}.
 */
class PythonReadersIT {
  private static final String ROWS =
      "[('test', 0, '3.jpg'), ('train', 0, '1.jpg'), ('train', 1, '0.jpg'), ('train', 1, '2.jpg')]";

  @TempDir static Path temp;
  private static JobRunner.Done done;

  @BeforeAll
  static void ingest() throws Exception {
    Path source = temp.resolve("source");
    StringBuilder labels = new StringBuilder("path,label,split\n");
    for (int i = 0; i < 5; i++) {
      byte[] picture = i == 4 ? "no picture".getBytes(UTF_8) : jpeg(i);
      file(source.resolve(i + ".jpg"), picture);
      labels.append(i).append(".jpg,").append(i % 2 == 0 ? "- a: b" : "\"\"\"#c\"");
      labels.append(i < 3 ? ",train\n" : i < 4 ? ",test\n" : ",train\n");
    }
    file(temp.resolve("labels.csv"), labels.toString().getBytes(UTF_8));
    done =
        Ingests.run(
            temp,
            "out",
            "source.format=folder",
            "source.path=" + source,
            "source.labels.csv=" + temp.resolve("labels.csv"),
            "max-quarantine=100%");
    assertThat(Ingests.quarantine(done)).hasSize(1);
  }

  @Test
  void huggingFaceLoadsSplitsClassNamesAndPictures() throws Exception {
    assertThat(read("datasets"))
        .containsExactlyInAnyOrder(
            "train 3 ['0.jpg', '1.jpg', '2.jpg'] [0, 1, 1]",
            "test 1 ['3.jpg'] [0]",
            "ClassLabel ['\"#c', '- a: b'] Image (8, 8)",
            "ClassLabel ['\"#c', '- a: b'] Image (8, 8)",
            "streamed ['0.jpg', '1.jpg', '2.jpg']");
  }

  @Test
  void polarsReadsTypedRowsAndNoQuarantine() throws Exception {
    assertThat(read("polars"))
        .containsExactly(
            ROWS,
            "{'id': 'String', 'label': 'Int32', 'height': 'Int32', 'width': 'Int32',"
                + " 'channels': 'Int32', 'encoding': 'String', 'image': 'Binary',"
                + " 'split': 'String'}");
  }

  @Test
  void pyArrowReadsTypedRowsAndNoQuarantine() throws Exception {
    assertThat(read("pyarrow"))
        .containsExactly(
            ROWS,
            "{'id': 'string', 'label': 'int32', 'height': 'int32', 'width': 'int32',"
                + " 'channels': 'int32', 'encoding': 'string', 'image': 'binary',"
                + " 'split': 'string'}");
  }

  @Test
  void pyTorchTrainsAsThePageShows() throws Exception {
    Path python = RealData.ownPython("torch", "pyarrow", "numpy", "PIL");
    Path script = temp.resolve("train.py");
    CodeBlock example =
        MarkdownPage.read(MarkdownPage.ROOT.resolve("docs/pytorch.md")).code().get(0);
    Files.writeString(script, example.text());
    Ended training = run(python, script.toString(), done.folder().toString());
    assertThat(training.out().lines())
        .hasSize(3)
        .allMatch(line -> line.matches("epoch \\d: \\d+\\.\\d% of 1 pictures right"));
  }

  private static List<String> read(String library) throws Exception {
    Path python = RealData.ownPython(library);
    Path script = temp.resolve("readers.py");
    try (InputStream in = PythonReadersIT.class.getResourceAsStream("readers.py")) {
      Files.write(script, in.readAllBytes());
    }
    return run(python, script.toString(), library, done.folder().toString()).out().lines().toList();
  }

  private static Ended run(Path python, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(python.toString()));
    words.addAll(List.of(arguments));
    // Caches and leftovers of the libraries, and no look at the network.
    Map<String, String> environment =
        Map.of(
            "HF_HOME", temp.resolve("cache").toString(),
            "HF_HUB_OFFLINE", "1",
            "TMPDIR", temp.toString());
    Ended ended = Launched.command(temp, words).with(environment).run();
    assertThat(ended.status()).as("%s", ended).isZero();
    return ended;
  }
}
