using System.Diagnostics.CodeAnalysis;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Patch;

namespace Petrel.Api.FieldManagement;

/// <summary>What became of a server-side apply: the object with its managers, or the failure.</summary>
public sealed record ApplyOutcome
{
    private ApplyOutcome(JsonMap? result, ApiList<ManagedFieldsEntry> managedFields, PatchFailure? failure)
    {
        Result = result;
        ManagedFields = managedFields;
        Failure = failure;
    }

    /// <summary>The live object with the applied fields, still to be decoded and given its defaults; metadata.managedFields is not in it.</summary>
    public JsonMap? Result { get; }

    /// <summary>The new metadata.managedFields.</summary>
    public ApiList<ManagedFieldsEntry> ManagedFields { get; }

    public PatchFailure? Failure { get; }

    [MemberNotNullWhen(true, nameof(Result))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsApplied => Result is not null;

    public static ApplyOutcome Applied(JsonMap result, ApiList<ManagedFieldsEntry> managedFields) => new(result, managedFields, null);

    public static ApplyOutcome Refused(PatchFailure failure) => new(null, default, failure);
}
