using System.Diagnostics.CodeAnalysis;
using Petrel.Api.Json;

namespace Petrel.Api.Patch;

/// <summary>
/// JSON Patch (RFC 6902) as the API applies it, which is laxer than the RFC: negative and zero-padded indexes count, a missing value is
/// null, replace and copy do not mind a name that does not exist.
/// </summary>
public static class JsonPatch
{
    /// <summary>Most operations in one patch.</summary>
    public const int MaxOperations = 10_000;

    /// <summary>Most bytes that the copy operations of one patch may add.</summary>
    public const int MaxCopiedBytes = 3 * 1024 * 1024;

    public static PatchOutcome Apply(JsonMap document, ReadOnlySpan<byte> patch)
    {
        var duplicates = new List<string>();
        if (!PatchBody.TryRead(patch, duplicates, out var tree, out var failure) || !TryReadOperations(tree, out var operations, out failure))
        {
            return PatchOutcome.Refused(failure);
        }

        JsonTree? result = document;
        var copiedBytes = 0L;
        foreach (var operation in operations)
        {
            var before = result;
            result = operation.Apply(before, ref copiedBytes);
            if (result is null || copiedBytes > MaxCopiedBytes)
            {
                return PatchOutcome.Refused(PatchFailure.Unprocessable) with { Detail = operation.DescribeFailure(before) };
            }
        }

        return result is JsonMap map ? PatchOutcome.Patched(map, duplicates) : PatchOutcome.Refused(PatchFailure.Unprocessable);
    }

    private static bool TryReadOperations(
        JsonTree patch, [NotNullWhen(true)] out List<JsonPatchOperation>? operations, [NotNullWhen(false)] out PatchFailure? failure)
    {
        operations = null;
        failure = null;
        if (patch is not (JsonList or JsonNull))
        {
            failure = PatchBody.Mismatch(GoText.Kind(patch), "value of type []handlers.jsonPatchOp");
            return false;
        }

        var items = patch as JsonList ?? JsonList.Empty;
        operations = new List<JsonPatchOperation>(items.Count);
        foreach (var item in items)
        {
            if (!JsonPatchOperation.TryRead(item, out var operation, out failure))
            {
                return false;
            }

            operations.Add(operation);
        }

        failure = items.Count <= MaxOperations
            ? null
            : PatchFailure.TooLarge($"The allowed maximum operations in a JSON patch is {MaxOperations}, got {items.Count}");
        return failure is null;
    }
}
