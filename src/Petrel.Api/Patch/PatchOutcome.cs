using System.Diagnostics.CodeAnalysis;
using Petrel.Api.Json;

namespace Petrel.Api.Patch;

/// <summary>What became of a patch: the patched object or the failure.</summary>
public sealed record PatchOutcome
{
    private PatchOutcome(JsonMap? result, PatchFailure? failure, IReadOnlyList<string> duplicates)
    {
        Result = result;
        Failure = failure;
        Duplicates = duplicates;
    }

    /// <summary>The patched object; null when the patch was refused.</summary>
    public JsonMap? Result { get; }

    public PatchFailure? Failure { get; }

    /// <summary>Paths that the patch gives twice, for strict field validation: <c>data.x</c>.</summary>
    public IReadOnlyList<string> Duplicates { get; }

    /// <summary>A strategic merge patch as upstream prints it in errors about the patched object (<c>map[data:map[a:1]]</c>).</summary>
    public string Description { get; init; } = string.Empty;

    [MemberNotNullWhen(true, nameof(Result))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsPatched => Result is not null;

    /// <summary>Which operation of a JSON patch does not fit and why, in the words of upstream's library; empty when that is not known.</summary>
    public string Detail { get; init; } = string.Empty;

    public static PatchOutcome Patched(JsonMap result, IReadOnlyList<string> duplicates) => new(result, null, duplicates);

    public static PatchOutcome Refused(PatchFailure failure) => new(null, failure, []);
}
