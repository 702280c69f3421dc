namespace Petrel.Api.Yaml;

/// <summary>A well-formed YAML document that cannot become JSON. Stays inside this folder; <see cref="YamlToJson"/> turns it into a value.</summary>
internal sealed class YamlContentException(string message) : Exception(message);
