using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission;

/// <summary>A write on its way into the store, as admission plugins see it.</summary>
public sealed class AdmissionRequest(AdmissionOperation operation, ResourceType type, RequestContext request)
{
    public AdmissionOperation Operation { get; } = operation;

    public ResourceType Type { get; } = type;

    public string Subresource { get; init; } = "";

    public string Namespace { get; init; } = "";

    /// <summary>Empty while a create with generateName has no name yet.</summary>
    public string Name { get; init; } = "";

    /// <summary>The name, also one that was generated meanwhile; empty while there is none.</summary>
    public string EffectiveName => Name.Length > 0 ? Name : Object?.Metadata.Name ?? "";

    /// <summary>The namespace of the object; of a namespace, its own name.</summary>
    public string EffectiveNamespace => Type.ClrType == typeof(Api.Core.Namespace) ? EffectiveName : Namespace;

    public bool DryRun { get; init; }

    /// <summary>The object after the write; null for deletes. Mutating plugins replace it. For subresources with a body of their own, that body.</summary>
    public ApiObject? Object { get; set; }

    /// <summary>The stored object of updates and deletes.</summary>
    public ApiObject? OldObject { get; init; }

    /// <summary>The options of the operation, e.g. a CreateOptions; null where the operation has none.</summary>
    public RawJson Options { get; init; } = RawJson.Null;

    /// <summary>Reads a changed body of a subresource, where that is no object of the kind.</summary>
    internal Func<ReadOnlyMemory<byte>, DecodeProblems, ApiObject>? DecodeBody { get; init; }

    /// <summary>Whether the write goes through mutating admission twice.</summary>
    public Reinvocation Reinvocation { get; } = new();

    /// <summary>Kept by the mutating webhooks from one round to the next.</summary>
    internal AskedAgain WebhooksAgain => field ??= new AskedAgain();

    /// <summary>Kept by the mutating policies from one round to the next.</summary>
    internal AskedAgain PoliciesAgain => field ??= new AskedAgain();

    public UserInfo User => request.User;

    /// <summary>The answer 403 to the write. What has no name yet is called by the beginning of the one that it will get.</summary>
    /// <param name="why">Completes "X is forbidden: ".</param>
    public StatusException Refusal(string why)
    {
        var name = EffectiveName.Length > 0 ? EffectiveName : Object is { Metadata.GenerateName: { Length: > 0 } prefix } ? prefix : "Unknown";
        return new StatusException(Statuses.Forbidden(Type.Info.GroupResource, name, why));
    }

    /// <summary>The kind of what is written, when the object is looked at as one of another version.</summary>
    public GroupVersionKind KindAs(ResourceType target) =>
        (Object ?? OldObject) is { } body && body.GetType() != Type.ClrType ? body.ShownKind : target.Info.GroupVersionKind;

    /// <summary>Somebody else was asked for so long.</summary>
    public void AddWait(TimeSpan time) => request.AddWait(time);

    public void Warn(string text) => request.Warn(text);

    /// <summary>Notes something in the audit log.</summary>
    public void Annotate(string key, string value) => request.Annotate(key, value);

    /// <summary>The write is of the object itself and of the given kind.</summary>
    public bool Is<T>() where T : ApiObject => Type.ClrType == typeof(T) && Subresource.Length == 0;
}
