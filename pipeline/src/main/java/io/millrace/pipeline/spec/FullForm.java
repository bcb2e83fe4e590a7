package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.Variant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The form of a choice in an artifact: its name and all its keys, so that the artifact means the
 * same when a default changes. A key that was added to the choice later is not in it and has its
 * default.
 */
public final class FullForm {
  private FullForm() {}

  /**
   * A choice of an interface that has a discriminator, without locations.
   *
   * @return plain values as in {@link Canonical}
   */
  public static Map<String, Object> of(Class<?> type, Record choice) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put(type.getAnnotation(Variant.class).discriminator(), Kebab.choice(choice.getClass()));
    form.putAll(Canonical.inFull(choice));
    return form;
  }

  /**
   * Reads a choice in any of its forms.
   *
   * @param json an object
   * @throws ConfigurationException with all its problems
   */
  public static <T> T read(Class<T> type, String json) {
    Problems problems = new Problems();
    ConfigParseOptions syntax =
        ConfigParseOptions.defaults()
            .setSyntax(ConfigSyntax.JSON)
            .setOriginDescription("the " + type.getSimpleName().toLowerCase(Locale.ROOT));
    ConfigObject source = ConfigFactory.parseString(json, syntax).root();
    Binder binder = new Binder(new NamedOrigins(""), problems, UnaryOperator.identity());
    Object read = binder.choice(type, source).orElse(null);
    problems.throwIfAny();
    return type.cast(read);
  }
}
