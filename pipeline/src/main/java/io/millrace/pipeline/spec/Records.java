package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Keys;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads and makes records by reflection. A wrongly declared record is an IllegalStateException. */
final class Records {
  private Records() {}

  /** Whether the component stands for the keys of its own record. */
  static boolean holdsKeys(RecordComponent component) {
    return component.isAnnotationPresent(Keys.class);
  }

  /** The components of a record that are keys, those of records that stand for theirs included. */
  static List<RecordComponent> keysOf(Class<?> record) {
    List<RecordComponent> keys = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      if (holdsKeys(component)) {
        keys.addAll(keysOf(component.getType()));
      } else {
        keys.add(component);
      }
    }
    return keys;
  }

  static Key keyOf(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    if (key == null) {
      throw new IllegalStateException(
          component.getDeclaringRecord() + "." + component.getName() + " carries no @Key");
    }
    return key;
  }

  static ConfigValue defaultOf(Key key, String path) {
    String description = "default of " + path;
    if (key.or().isEmpty()) {
      return ConfigValueFactory.fromAnyRef("", description);
    }
    ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(description);
    return ConfigFactory.parseString("default = " + key.or(), options).getValue("default");
  }

  /**
   * @throws IllegalArgumentException if the record's constructor throws it
   */
  static <P extends Record> P create(Class<P> type, Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<P> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException(type + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  static Object read(Record record, RecordComponent component) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no value of " + component + " can be read", e);
    }
  }
}
