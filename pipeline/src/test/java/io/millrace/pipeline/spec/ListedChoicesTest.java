package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Choices of an open interface, which jars list in a resource. */
class ListedChoicesTest {
  interface Shape {}

  @Variant("circle")
  record Circle(@Key("how wide") int width) implements Shape {}

  @Variant("square")
  record Square() implements Shape {}

  @Variant("circle")
  record OtherCircle() implements Shape {}

  record NoShape() {}

  record Drawing(@Key("what") Shape shape) {}

  @TempDir Path folder;

  private String resource(String jar, Object... lines) throws IOException {
    Path place = folder.resolve(jar).resolve("META-INF/millrace").resolve(Shape.class.getName());
    Files.createDirectories(place.getParent());
    StringBuilder text = new StringBuilder("# shapes\n\n");
    for (Object line : lines) {
      text.append(line instanceof Class<?> type ? type.getName() : line).append(" # one\n");
    }
    Files.writeString(place, text);
    return place.toUri().toURL().toString();
  }

  /** With the jars on the thread's class path. */
  private Shape read(String shape, String... jars) throws IOException {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = folder.resolve(jars[i]).toUri().toURL();
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls, before)) {
      thread.setContextClassLoader(loader);
      ConfigObject source = ConfigFactory.parseString("shape = " + shape).root();
      Problems problems = new Problems();
      Binder binder = new Binder(new NamedOrigins(""), problems, location -> location);
      var drawing = binder.bind(Drawing.class, source, List.of(), source);
      problems.throwIfAny();
      return drawing.orElseThrow().shape();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private List<String> problems(String... jars) {
    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, () -> read("square", jars));
    return thrown.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void readsChoicesOfEveryJar() throws IOException {
    resource("a", Circle.class);
    resource("b", Square.class);
    assertThat(read("{ circle = 3 }", "a", "b")).isEqualTo(new Circle(3));
    assertThat(read("square", "a", "b")).isEqualTo(new Square());
  }

  @Test
  void reportsMissingOrUnsuitableClassWithItsLine() throws IOException {
    String place = resource("a", Square.class, "io.example.Gone", NoShape.class);
    assertThat(problems("a"))
        .containsExactly(
            place
                + ":4: Cannot use io.example.Gone as a choice: the class is not on the class path",
            place
                + ":5: Cannot use "
                + NoShape.class.getName()
                + " as a choice: it is not a record that implements "
                + Shape.class.getName());
  }

  @Test
  void refusesTwoChoicesOfOneName() throws IOException {
    resource("a", Square.class, Circle.class);
    resource("b", OtherCircle.class);
    assertThat(problems("a", "b"))
        .containsExactly(
            "Cannot use "
                + OtherCircle.class.getName()
                + " as a choice: it has the name 'circle' of "
                + Circle.class.getName());
  }
}
