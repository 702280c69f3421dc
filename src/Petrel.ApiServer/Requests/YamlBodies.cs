using System.Diagnostics.CodeAnalysis;
using Petrel.Api.Json;
using Petrel.Api.Yaml;

namespace Petrel.ApiServer.Requests;

/// <summary>YAML in and out: requests are read as JSON, answers are JSON written as YAML.</summary>
internal static class YamlBodies
{
    /// <summary>Reads the first document of a body.</summary>
    public static bool TryRead(ReadOnlySpan<byte> yaml, [NotNullWhen(true)] out byte[]? json, [NotNullWhen(false)] out string? error) =>
        YamlToJson.TryConvert(yaml, out json, out error, out _);

    public static byte[] Write(ReadOnlySpan<byte> json) => JsonToYaml.Convert(JsonTree.Parse(json));
}
