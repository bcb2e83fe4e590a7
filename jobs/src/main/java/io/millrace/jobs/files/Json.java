package io.millrace.jobs.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Records as JSON with keys in kebab-case. Unknown keys are ignored and missing ones are null, so
 * files of older and newer versions can be read. Components that are null are not written.
 */
public final class Json {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .setSerializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /** Indented, in UTF-8. */
  public static byte[] bytes(Record record) {
    try {
      return MAPPER.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of numbers and texts can be written", e);
    }
  }

  /** A record or a list of texts on one line. */
  public static String line(Object value) {
    try {
      return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of numbers and texts can be written", e);
    }
  }

  /** A record as the fields of an event. */
  public static Map<String, Object> fields(Record record) {
    return MAPPER.convertValue(record, OBJECT);
  }

  /**
   * Reads a record from a file.
   *
   * @throws IOException if it is not such JSON
   */
  public static <R extends Record> R read(InputStream in, Class<R> type) throws IOException {
    return MAPPER.readValue(in, type);
  }

  /**
   * Reads a record from the bytes of a file, in UTF-8.
   *
   * @throws com.fasterxml.jackson.core.JacksonException if it is not such JSON
   * @throws IOException never otherwise
   */
  public static <R extends Record> R read(byte[] json, Class<R> type) throws IOException {
    return MAPPER.readValue(json, type);
  }

  /**
   * Reads a record from a text.
   *
   * @throws IOException if it is not such JSON
   */
  public static <R extends Record> R read(String json, Class<R> type) throws IOException {
    return MAPPER.readValue(json, type);
  }

  /**
   * The keys and values of an object, in their order.
   *
   * @throws IOException if it is not such JSON
   */
  public static Map<String, Object> object(String json) throws IOException {
    Map<String, Object> object = MAPPER.readValue(json, OBJECT);
    if (object == null) {
      throw new IOException("null is not an object");
    }
    return object;
  }

  /** A record from the fields of an event, or from a part of a file. */
  public static <R extends Record> R of(Object fields, Class<R> type) {
    return MAPPER.convertValue(fields, type);
  }
}
