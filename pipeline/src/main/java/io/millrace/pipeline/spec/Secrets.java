package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Hides values that must not be shown, by the names of their keys. */
public final class Secrets {
  /** Shown instead of a secret. */
  public static final String REDACTED = "*********(redacted)";

  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|secret|token|key).*", Pattern.DOTALL);

  private Secrets() {}

  /** Whether a setting with that name is a secret. */
  public static boolean isSecret(String key) {
    return SECRET.matcher(key).matches();
  }

  /** A setting's value, or {@link #REDACTED} for a secret. */
  public static String shown(String key, String value) {
    return isSecret(key) ? REDACTED : value;
  }

  /** Settings with secrets replaced. */
  public static Map<String, String> shown(Map<String, String> settings) {
    Map<String, String> shown = new TreeMap<>(settings);
    shown.replaceAll(Secrets::shown);
    return shown;
  }

  /**
   * A configuration with every secret's value replaced.
   *
   * @param hocon resolved
   */
  public static String redacted(String hocon) {
    return rendered(hocon, value -> Optional.of(ConfigValueFactory.fromAnyRef(REDACTED)));
  }

  /** A configuration without secrets, to be sent elsewhere; secrets are sent in another way. */
  public static String without(String hocon) {
    return rendered(hocon, value -> Optional.empty());
  }

  /** A {@code key=value} of a command line with a secret replaced. */
  public static String shownOverride(String override) {
    int equals = override.indexOf('=');
    return equals > 0 && isSecret(override.substring(0, equals))
        ? override.substring(0, equals + 1) + REDACTED
        : override;
  }

  private static String rendered(
      String hocon, Function<ConfigValue, Optional<ConfigValue>> replacement) {
    return replaced(ConfigFactory.parseString(hocon).root(), replacement)
        .render(ConfigRenderOptions.defaults().setJson(false).setOriginComments(false));
  }

  private static ConfigObject replaced(
      ConfigObject object, Function<ConfigValue, Optional<ConfigValue>> replacement) {
    ConfigObject shown = object;
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      ConfigValue value = entry.getValue();
      if (value instanceof ConfigObject inner) {
        shown = shown.withValue(entry.getKey(), replaced(inner, replacement));
      } else if (isSecret(entry.getKey())) {
        Optional<ConfigValue> instead = replacement.apply(value);
        shown =
            instead.isPresent()
                ? shown.withValue(entry.getKey(), instead.get())
                : shown.withoutKey(entry.getKey());
      }
    }
    return shown;
  }
}
