package io.millrace.pipeline.job;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Makes one object of each class that the resources {@code META-INF/services/<type>} on the class
 * path name, with {@link ServiceLoader}.
 */
public final class ListedServices {
  private ListedServices() {}

  /**
   * The objects of the class path and of a jar that a user gave to Spark, in the order of their
   * lists.
   *
   * @param what their name in an error: {@code jobs}
   * @throws ConfigurationException if a listed class does not exist or is not of that type
   */
  public static <T> List<T> of(Class<T> type, String what) {
    return of(type, what, loader(type));
  }

  /**
   * The objects that a loader sees, in the order of their lists.
   *
   * @param what their name in an error: {@code jobs}
   * @throws ConfigurationException if a listed class does not exist or is not of that type
   */
  public static <T> List<T> of(Class<T> type, String what, ClassLoader loader) {
    try {
      List<T> services = new ArrayList<>();
      ServiceLoader.load(type, loader).forEach(services::add);
      return services;
    } catch (ServiceConfigurationError e) {
      throw new ConfigurationException(
          List.of(
              new Problem(
                  "META-INF/services/" + type.getName(),
                  "Cannot load the " + what + " in this list: " + e.getMessage())));
    }
  }

  /**
   * The loader that sees all implementations of a type: only the thread's own loader sees a jar
   * that a user gave to Spark.
   */
  public static ClassLoader loader(Class<?> type) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try {
      return context != null && context.loadClass(type.getName()) == type
          ? context
          : type.getClassLoader();
    } catch (ClassNotFoundException e) {
      return type.getClassLoader();
    }
  }
}
