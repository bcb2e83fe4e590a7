package io.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.augment.AugmentJob;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Classes;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PathProbe;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.source.SourceProbe;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.transform.Canvas;
import io.millrace.jobs.transform.Draws;
import io.millrace.jobs.transform.Editing;
import io.millrace.jobs.transform.Noise;
import io.millrace.jobs.transform.Transform;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.spec.FlagReader;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's source and transform, which a jar beside Millrace's lists, work like its own. */
class OwnChoicesTest {
  private static final int SIDE = 2;

  /** Files of grey pictures of two by two pixels, one after the other. */
  @Variant("tiny-gray")
  public record TinyGray(@Key("the file") Location path) implements Source {
    @Override
    public List<Location> places() {
      return List.of(path);
    }

    @Override
    public Optional<Split> split() {
      return Optional.empty();
    }

    @Override
    public List<String> classes() {
      return List.of();
    }

    @Override
    public Optional<Integer> perClassLimit() {
      return Optional.empty();
    }

    @Override
    public Share sample() {
      return new Share(1);
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public Contents open(URI inflated) throws IOException {
      URI file = JobFiles.uri(path.text());
      Part part = new Part(file, "tiny", Split.TRAIN, 0, 0, Files.size(Path.of(file)));
      return new Contents(
          Classes.named(List.of("gray")),
          List.of(part),
          List.of(),
          new IgnoredFiles(),
          0,
          List.of(),
          Map.of("format", "tiny-gray"),
          new TinyGrayLister());
    }
  }

  record TinyGrayLister() implements Lister {
    @Override
    public void list(Part part, Sink sink) throws IOException {
      int size = SIDE * SIDE;
      for (long at = 0; at + size <= part.length(); at += size) {
        sink.entry(
            new Entry(
                part.name() + "#" + at / size,
                part.split(),
                part.label(),
                part.file(),
                at,
                size,
                1,
                SIDE,
                SIDE));
      }
    }
  }

  /** Recognises such files by their names. */
  public static final class TinyGrayProbe implements SourceProbe {
    @Override
    public Optional<Recognition> in(PathProbe path) {
      return path.name().equals("tiny.bin")
          ? Optional.of(new Recognition("tiny-gray", path.place(), Map.of(), "tiny pictures"))
          : Optional.empty();
    }
  }

  /** Turns light into dark. */
  @Variant("negative")
  public record Negative(@Key(value = "levels taken off", or = "0") int less) implements Editing {
    @Override
    public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
      byte[] pixels = canvas.own();
      for (int i = 0; i < canvas.size(); i++) {
        pixels[i] = (byte) (255 - (pixels[i] & 0xFF) - less);
      }
    }
  }

  @TempDir Path folder;

  private void list(String where, Class<?> type, Class<?> own) throws IOException {
    Path place = folder.resolve("jar/META-INF").resolve(where).resolve(type.getName());
    Files.createDirectories(place.getParent());
    Files.writeString(place, own.getName() + "\n");
  }

  @Test
  void jarAddsSourceAndTransform() throws Exception {
    list("millrace", Source.class, TinyGray.class);
    list("millrace", Transform.class, Negative.class);
    list("services", SourceProbe.class, TinyGrayProbe.class);
    Path file = Files.write(folder.resolve("tiny.bin"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.resolve("jar").toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      assertThat(Recognition.of(file.toUri()))
          .hasValueSatisfying(found -> assertThat(found.format()).isEqualTo("tiny-gray"));
      JobRunner.Done shards =
          Ingests.run(folder, "shards", "source.format=tiny-gray", "source.path=" + file);
      assertThat(Ingests.rows(shards))
          .extracting(picture -> picture.id())
          .containsExactlyInAnyOrder("tiny#0", "tiny#1");
      Map<String, String> flags =
          Map.of("shards", shards.path(), "transforms", "[{ negative = 10 }]");
      JobRunner.Done made = run(new AugmentJob(), flags);
      assertThat(Ingests.rows(made))
          .extracting(picture -> List.of(picture.image()[0] & 0xFF, picture.image()[3] & 0xFF))
          .containsExactlyInAnyOrder(List.of(244, 241), List.of(240, 237));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private <P extends Record> JobRunner.Done run(Job<P> job, Map<String, String> flags)
      throws Exception {
    P parameters = job.parameters().cast(FlagReader.read(job, flags).parameters());
    return JobRunner.run(job, parameters, folder, "augmented");
  }
}
