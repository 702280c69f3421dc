using Petrel.Api;
using Petrel.Api.Meta;

namespace Petrel.Controllers.Ownership;

/// <summary>Reads and makes owner references (meta/v1 OwnerReference).</summary>
internal static class OwnerReferences
{
    /// <summary>The owner that controls the object, of which there is at most one; null when there is none.</summary>
    public static OwnerReference? Controller(this ApiObject value)
    {
        foreach (var reference in value.Metadata.OwnerReferences)
        {
            if (reference.Controller == true)
            {
                return reference;
            }
        }

        return null;
    }

    public static bool IsControlledBy(this ApiObject value, ApiObject owner) => value.Controller()?.Uid == owner.Metadata.Uid;

    /// <summary>A reference that makes <paramref name="owner"/> the controller and lets its foreground deletion wait.</summary>
    public static OwnerReference ControlledBy(ApiObject owner) => new()
    {
        ApiVersion = owner.GroupVersionKind.ApiVersion,
        Kind = owner.GroupVersionKind.Kind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };
}
