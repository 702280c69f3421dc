using Petrel.Api;
using Petrel.Api.Meta;

namespace Petrel.Controllers.StorageProtection;

/// <summary>A finalizer that stays on an object for as long as the object is used.</summary>
internal static class Protection
{
    /// <summary>The metadata that the object should have; null when it has it.</summary>
    /// <param name="isUsed">Asked only about an object that is being deleted and still protected.</param>
    public static async Task<ObjectMeta?> NextAsync(ObjectMeta metadata, string finalizer, Func<Task<bool>> isUsed)
    {
        var isProtected = metadata.Finalizers.Contains(finalizer);
        if (metadata.DeletionTimestamp is null)
        {
            // The API server protects what is created; this is for what was there before, or lost it.
            return isProtected ? null : metadata with { Finalizers = metadata.Finalizers.Append(finalizer).ToApiList() };
        }

        return isProtected && !await isUsed()
            ? metadata with { Finalizers = metadata.Finalizers.Where(each => each != finalizer).ToApiList() }
            : null;
    }
}
