using Petrel.Api.Json;
using Petrel.Api.Schema;

namespace Petrel.Api.Patch;

/// <summary>
/// Kubernetes' own patch: a merge patch that, by the schema of the type, also merges lists (by a key, or as sets) and understands
/// directives: <c>$patch</c>, <c>$retainKeys</c>, <c>$setElementOrder/LIST</c>, <c>$deleteFromPrimitiveList/LIST</c>.
/// </summary>
public static class StrategicMergePatch
{
    public static PatchOutcome Apply(JsonMap document, ReadOnlySpan<byte> patch, TypeSchema schema)
    {
        var duplicates = new List<string>();
        if (!PatchBody.TryReadMap(patch, duplicates, out var map, out var failure))
        {
            return PatchOutcome.Refused(failure);
        }

        var merge = new StrategicMerge();
        var result = merge.MergeMap(document, map ?? JsonMap.Empty, PatchSchema.Of(schema));
        return merge.Failure is { } refused
            ? PatchOutcome.Refused(refused)
            : PatchOutcome.Patched(result, duplicates) with { Description = GoText.Print(map ?? JsonMap.Empty) };
    }
}
