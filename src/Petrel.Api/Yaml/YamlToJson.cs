using System.Diagnostics.CodeAnalysis;
using System.Text;
using Petrel.Api.Json;
using YamlDotNet.Core;

namespace Petrel.Api.Yaml;

/// <summary>
/// Reads YAML as the API and kubectl do: YAML 1.1 scalars (<c>yes</c> is true, also as a name; <c>012</c> is ten), merge keys, anchors;
/// only the first document; names sorted.
/// </summary>
public static class YamlToJson
{
    /// <summary>
    /// Reads the first document; an empty text is null. <paramref name="error"/> is upstream's, beginning <c>yaml: </c>;
    /// <paramref name="strictError"/> names keys that are given twice in one mapping, of which otherwise the last counts.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<byte> yaml, [NotNullWhen(true)] out JsonTree? tree, [NotNullWhen(false)] out string? error, out string? strictError)
    {
        tree = null;
        strictError = null;
        error = YamlCharacters.FindError(yaml);
        if (error is not null)
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(yaml);
        var duplicates = new List<string>();
        try
        {
            var document = YamlNodeReader.ReadDocument(text);
            tree = new YamlNodeConverter(duplicates).Convert(document);
        }
        catch (YamlException exception)
        {
            error = YamlProblem.Describe(exception, text);
            return false;
        }
        catch (YamlContentException exception)
        {
            error = exception.Message;
            return false;
        }

        strictError = duplicates.Count == 0 ? null : $"yaml: unmarshal errors:\n  {string.Join("\n  ", duplicates)}";
        return true;
    }

    /// <summary>The first document as compact JSON; see <see cref="TryRead"/>.</summary>
    public static bool TryConvert(
        ReadOnlySpan<byte> yaml, [NotNullWhen(true)] out byte[]? json, [NotNullWhen(false)] out string? error, out string? strictError)
    {
        var read = TryRead(yaml, out var tree, out error, out strictError);
        json = tree?.ToUtf8();
        return read;
    }
}
