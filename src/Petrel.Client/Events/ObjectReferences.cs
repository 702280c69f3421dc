using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Client.Events;

/// <summary>Makes core/v1 references to objects, as events carry them.</summary>
public static class ObjectReferences
{
    /// <param name="fieldPath">The part of the object that is meant, e.g. <c>spec.containers{web}</c>.</param>
    public static ObjectReference Of(ApiObject value, string fieldPath = "") => new()
    {
        Kind = value.GroupVersionKind.Kind,
        ApiVersion = value.GroupVersionKind.ApiVersion,
        Namespace = value.Metadata.Namespace,
        Name = value.Metadata.Name,
        Uid = value.Metadata.Uid,
        ResourceVersion = value.Metadata.ResourceVersion,
        FieldPath = fieldPath,
    };
}
