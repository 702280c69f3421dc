using System.Diagnostics.CodeAnalysis;
using Petrel.Api.Json;

namespace Petrel.Api.Patch;

/// <summary>Reads the bodies of patches.</summary>
internal static class PatchBody
{
    /// <summary>Reads a patch that must be an object; null stands for itself.</summary>
    public static bool TryReadMap(
        ReadOnlySpan<byte> utf8, List<string> duplicates, out JsonMap? patch, [NotNullWhen(false)] out PatchFailure? failure)
    {
        patch = null;
        if (!TryRead(utf8, duplicates, out var tree, out failure))
        {
            return false;
        }

        patch = tree as JsonMap;
        failure = tree is JsonMap or JsonNull ? null : Mismatch(GoText.Kind(tree), "value of type map[string]interface {}");
        return failure is null;
    }

    public static bool TryRead(
        ReadOnlySpan<byte> utf8, List<string> duplicates, [NotNullWhen(true)] out JsonTree? patch, [NotNullWhen(false)] out PatchFailure? failure)
    {
        var read = JsonTree.TryParse(utf8, duplicates, out patch, out var error);
        failure = read ? null : PatchFailure.BadRequest($"error decoding patch: {error}");
        return read;
    }

    public static PatchFailure Mismatch(string kind, string target) =>
        PatchFailure.BadRequest($"error decoding patch: json: cannot unmarshal {kind} into Go {target}");
}
