package io.millrace.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.store.JsonText;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/** Millrace as a person starts it: the launcher or spark-submit, in a process of its own. */
public final class Launched {
  /** The checkout. */
  public static final Path ROOT = root();

  private static final long LIMIT_SECONDS = 180;
  private static final String LAUNCHER = ROOT.resolve("sbin/millrace").toString();
  private static boolean prepared;

  private final List<String> command = new ArrayList<>();
  private final Path folder;
  private Map<String, String> environment = Map.of();

  private Launched(Path folder, List<String> command) {
    this.folder = folder;
    this.command.addAll(command);
  }

  /** {@code sbin/millrace}, started in that folder. */
  public static Launched millrace(Path folder, String... arguments) {
    prepare();
    Launched launched = new Launched(folder, List.of(LAUNCHER));
    launched.command.addAll(List.of(arguments));
    return launched;
  }

  /** Does what the launcher does once after each build, so that no test sees it. */
  public static synchronized void prepare() {
    if (!prepared) {
      try {
        new Launched(ROOT, List.of(LAUNCHER, "--version")).run().expecting(0);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
      prepared = true;
    }
  }

  /**
   * Stock spark-submit in local mode: Java with only what spark-submit itself gives to every JVM
   * that it starts.
   *
   * @param jars in front of Spark's own
   * @param arguments behind {@code --master local[2]}
   */
  public static Launched sparkSubmit(Path folder, List<String> jars, List<String> arguments) {
    List<String> classPath = new ArrayList<>(jars);
    classPath.add(ROOT.resolve("jobs/target/spark/jars") + File.separator + "*");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    words.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
    words.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", "local[2]"));
    words.addAll(arguments);
    return new Launched(folder, words);
  }

  /** The one jar that people give to Spark. */
  public static String assembledJar() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("jobs/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("millrace.*-all\\.jar"))
          .findFirst()
          .orElseThrow()
          .toString();
    }
  }

  /** Any other command line. */
  public static Launched command(Path folder, List<String> words) {
    return new Launched(folder, words);
  }

  /** Puts words before the command: {@code setpriv ...}. */
  public Launched behind(String... words) {
    command.addAll(0, List.of(words));
    return this;
  }

  public Launched with(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("jobs/pom.xml")) ? here : here.getParent();
  }

  /** Starts it and returns at once. */
  public Running start() throws IOException {
    Path out = Files.createTempFile("millrace-it", ".out");
    Path err = Files.createTempFile("millrace-it", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .put("MILLRACE_JAVA_OPTS", "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  /** Runs it to its end. */
  public Ended run() throws IOException, InterruptedException {
    return start().end();
  }

  /** A process at work. */
  public record Running(Process process, Path out, Path err) {
    public Ended end() throws IOException, InterruptedException {
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      Ended result = new Ended(process.exitValue(), text(out), text(err));
      Files.delete(out);
      Files.delete(err);
      assertThat(ended).as("ended within %s s: %s", LIMIT_SECONDS, result).isTrue();
      return result;
    }

    /** Kills it. */
    public void kill() throws IOException, InterruptedException {
      process.destroyForcibly().waitFor();
      Files.delete(out);
      Files.delete(err);
    }

    private static String text(Path file) throws IOException {
      return Files.readString(file, StandardCharsets.UTF_8);
    }
  }

  /** How it ended. */
  public record Ended(int status, String out, String err) {
    public Ended expecting(int expected) {
      assertThat(status).as("exit status of %s", this).isEqualTo(expected);
      assertThat(out + err).doesNotContain("\tat ");
      return this;
    }

    /** The one JSON object on stdout. */
    public Map<String, Object> json() throws IOException {
      assertThat(out).startsWith("{").endsWith("}\n");
      return JsonText.object(out.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code name:outcome} of every stage. */
    public List<String> outcomes() throws IOException {
      return stages().stream().map(s -> s.get("name") + ":" + s.get("outcome")).toList();
    }

    /** The artifact of a stage. */
    public String artifact(String stage) throws IOException {
      return stages().stream()
          .filter(s -> s.get("name").equals(stage))
          .map(s -> (String) s.get("artifact"))
          .findFirst()
          .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> stages() throws IOException {
      return (List<Map<String, Object>>) json().get("stages");
    }
  }
}
