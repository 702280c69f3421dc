using Petrel.Api;
using Petrel.Api.Meta;

namespace Petrel.ApiServer.Writes;

/// <summary>What every object's metadata goes through on its way into the store.</summary>
internal static class ObjectMetaRules
{
    /// <summary>The metadata of a new object: the server's fields set, the client's attempts at them dropped.</summary>
    public static ObjectMeta ForCreate(ApiObject value, DateTimeOffset now) => value.Metadata with
    {
        Uid = Guid.NewGuid().ToString(),
        CreationTimestamp = now,
        DeletionTimestamp = null,
        DeletionGracePeriodSeconds = null,
        SelfLink = "",
    };

    /// <summary>The metadata of an update: what the client left out or cannot set is the stored object's.</summary>
    public static ObjectMeta ForUpdate(ObjectMeta value, ObjectMeta old) => value with
    {
        Uid = value.Uid.Length == 0 ? old.Uid : value.Uid,
        ResourceVersion = value.ResourceVersion is "" or "0" ? old.ResourceVersion : value.ResourceVersion,
        CreationTimestamp = old.CreationTimestamp,
        DeletionTimestamp = old.DeletionTimestamp ?? value.DeletionTimestamp,
        DeletionGracePeriodSeconds = value.DeletionGracePeriodSeconds ?? old.DeletionGracePeriodSeconds,
        Generation = old.Generation,
        SelfLink = "",
    };
}
