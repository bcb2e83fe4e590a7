package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import java.util.List;
import java.util.function.UnaryOperator;

/** A choice that a person wrote by itself, in HOCON, outside of a pipeline file. */
public final class WrittenChoice {
  private WrittenChoice() {}

  /**
   * Reads a choice in any of its forms, such as <code>{ one-cycle { epochs = 5, lr = 0.2 } }</code>
   * .
   *
   * @param where it was written, for messages, e.g. {@code --schedule}
   * @throws ConfigurationException with all its problems
   */
  public static <T> T read(Class<T> type, String text, String where) {
    ConfigValue value;
    try {
      value = Overrides.value(text, where);
    } catch (ConfigException e) {
      throw new ConfigurationException(
          List.of(new Problem(where, "the value is not valid HOCON: " + Syntax.reason(e))));
    }
    Problems problems = new Problems();
    Binder binder = new Binder(new NamedOrigins(where), problems, UnaryOperator.identity());
    Object read = binder.choice(type, value).orElse(null);
    problems.throwIfAny();
    return type.cast(read);
  }
}
