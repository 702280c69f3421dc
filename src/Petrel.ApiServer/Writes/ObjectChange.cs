using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.Api.Validation;

namespace Petrel.ApiServer.Writes;

/// <summary>How an update makes the new object from the stored one, and which rules it is held to.</summary>
internal abstract class ObjectChange
{
    /// <summary>Name of the subresource; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>Name of the object, where it is not the one of the URL.</summary>
    public virtual string? Name => null;

    /// <summary>The body replaces the whole object (PUT).</summary>
    public virtual bool IsReplace => false;

    /// <summary>Has to say which version it replaces, if the kind does not allow unconditional updates.</summary>
    public virtual bool NeedsVersion => IsReplace;

    /// <summary>The change already accounts for field ownership (server-side apply).</summary>
    public virtual bool TracksFields => false;

    /// <summary>A changed spec raises metadata.generation.</summary>
    public virtual bool CountsGeneration => Subresource != "status";

    /// <summary>Admission has agreed to the request already.</summary>
    public virtual bool IsAdmitted => false;

    /// <summary>Reads what admission made of <see cref="ForAdmission"/>, where that is no object of the kind.</summary>
    public virtual Func<ReadOnlyMemory<byte>, DecodeProblems, ApiObject>? DecodeBody => null;

    /// <summary>The client insists on the version it read: a lost race is its to handle.</summary>
    public bool IsConditional { get; set; }

    /// <summary>Makes the new object. May run several times, each time on a newer old object.</summary>
    public abstract ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken);

    /// <summary>Makes the object when there is none to change; null when this change cannot create.</summary>
    public virtual ValueTask<ApiObject?> CreateAsync(CancellationToken cancellationToken) => default;

    /// <summary>What admission sees of an object: what the client sees, which of some subresources is a kind of its own.</summary>
    public virtual ApiObject ForAdmission(ApiObject value) => value;

    /// <summary>The object with what admission made of it.</summary>
    /// <param name="value">The object before admission.</param>
    public virtual ApiObject WithAdmitted(ApiObject value, ApiObject admitted) => admitted;

    /// <summary>Restores what this update must not change.</summary>
    public virtual ApiObject Prepare(ApiObject value, ApiObject old)
    {
        if (Subresource == "status" && value is IHasStatus status)
        {
            return status.PrepareForStatusUpdate(old);
        }

        if (Subresource.Length > 0 && value is IHasUpdatableParts parts)
        {
            return parts.PrepareForPartUpdate(Subresource, old);
        }

        if (value is IPrepared prepared)
        {
            return prepared.PrepareForUpdate(old);
        }

        return value is IHasStatus withStatus ? withStatus.WithStatusOf(old) : value;
    }

    /// <summary>Checks the kind's rules for this update.</summary>
    public virtual void Validate(ApiObject value, ApiObject old, FieldErrors errors)
    {
        if (Subresource == "status")
        {
            (value as IValidatedStatus)?.ValidateStatusUpdate(old, errors);
            return;
        }

        if (Subresource.Length > 0 && value is IHasUpdatableParts parts)
        {
            parts.ValidatePartUpdate(Subresource, old, errors);
        }
        else if (value is IValidatedUpdate updated)
        {
            updated.ValidateUpdate(old, errors);
        }
        else
        {
            (value as IValidated)?.Validate(errors);
        }
    }
}
