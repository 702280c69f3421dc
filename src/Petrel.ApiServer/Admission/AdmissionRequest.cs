using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Requests;

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

    public UserInfo User => request.User;

    public void Warn(string text) => request.Warn(text);

    /// <summary>The write is of the object itself and of the given kind.</summary>
    public bool Is<T>() where T : ApiObject => Type.ClrType == typeof(T) && Subresource.Length == 0;
}
